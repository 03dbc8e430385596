// Which fozzy this is.
#ifndef FOZZY_CLI_VERSION_TEXT_H_
#define FOZZY_CLI_VERSION_TEXT_H_

#include "cli/output.h"

namespace fozzy {

// Prints "fozzy 0.1.0 (30ef888219e3)", or {"version":...,"commit":...}.
void PrintVersion(Output& output);

}  // namespace fozzy

#endif  // FOZZY_CLI_VERSION_TEXT_H_

// Texts of others on a terminal.
#ifndef FOZZY_CLI_PRINTABLE_H_
#define FOZZY_CLI_PRINTABLE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Returns `text` with control characters shown as "\\x1b", so that a file name
// or the output of a program cannot steer the terminal; newlines and tabs are
// kept.
std::string Printable(absl::string_view text);

// The same for what must stay one line: newlines and tabs are shown, too.
std::string PrintableLine(absl::string_view text);

}  // namespace fozzy

#endif  // FOZZY_CLI_PRINTABLE_H_

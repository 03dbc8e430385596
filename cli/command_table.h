// The commands of fozzy.
#ifndef FOZZY_CLI_COMMAND_TABLE_H_
#define FOZZY_CLI_COMMAND_TABLE_H_

#include "cli/command.h"

namespace fozzy {

// Returns all commands, sorted by name, with the global flags.
CommandTable Commands();

}  // namespace fozzy

#endif  // FOZZY_CLI_COMMAND_TABLE_H_

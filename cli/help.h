// Help texts, made from the table of commands.
#ifndef FOZZY_CLI_HELP_H_
#define FOZZY_CLI_HELP_H_

#include <string>

#include "absl/strings/string_view.h"
#include "cli/command.h"

namespace fozzy {

// Whether help shows the flag.
bool IsShown(const FlagSpec& flag);

// Returns the flag with its value and other spellings, "--help, -h" or
// "--seed N".
std::string FlagLabel(const FlagSpec& flag);

// Returns the positionals as one writes them, "SCENARIO" or "[GLOB]...".
std::string PositionalsLabel(const Command& command);

// Returns how the command is called, "fozzy run [FLAGS] SCENARIO".
std::string Synopsis(const Command& command);

// Returns what `fozzy COMMAND --help` prints.
std::string CommandHelp(const Command& command);

// Returns what `fozzy trace` prints: the commands that begin with `group`.
std::string GroupHelp(const CommandTable& table, absl::string_view group);

// Returns what `fozzy --help` prints.
std::string Overview(const CommandTable& table);

// Returns what `fozzy usage` prints: how each command is called.
std::string UsageText(const CommandTable& table);

}  // namespace fozzy

#endif  // FOZZY_CLI_HELP_H_

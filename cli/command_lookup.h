// Finds commands and flags by name.
#ifndef FOZZY_CLI_COMMAND_LOOKUP_H_
#define FOZZY_CLI_COMMAND_LOOKUP_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/command.h"

namespace fozzy {

// Whether `flag` is called `name`, by its name or an alias.
bool IsCalled(const FlagSpec& flag, absl::string_view name);

// Returns the flag of `command` called `name`, a global one included, or
// null.  With a null command: the flag of any command.
const FlagSpec* FindFlag(const CommandTable& table, const Command* command,
                         absl::string_view name);

// Returns all flags of `command`, then the global ones.
std::vector<const FlagSpec*> FlagsOf(const CommandTable& table,
                                     const Command& command);

// What the words of a command line begin with.
struct CommandMatch {
  const Command* command = nullptr;
  // If there is no command: the first word of several commands, "trace"; as
  // long as the words are there.
  absl::string_view group = "";
  size_t words = 0;  // how many of the words name it
};

// Errors: INVALID_ARGUMENT for an unknown name, with the nearest one;
// UNIMPLEMENTED for one that is not offered.
absl::StatusOr<CommandMatch> FindCommand(const CommandTable& table,
                                         const std::vector<std::string>& words);

// Returns the commands whose names begin with the word `group`.
std::vector<const Command*> CommandsOf(const CommandTable& table,
                                       absl::string_view group);

// Returns the names of these commands without the word `group`, "diff, show".
std::string SecondWords(const CommandTable& table, absl::string_view group);

}  // namespace fozzy

#endif  // FOZZY_CLI_COMMAND_LOOKUP_H_

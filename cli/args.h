// Turns a command line into values, by a table of commands.
#ifndef FOZZY_CLI_ARGS_H_
#define FOZZY_CLI_ARGS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/command.h"
#include "sim/virtual_clock.h"

namespace fozzy {

// A checked command line.  Asking for a flag that the command does not have
// aborts: it is a mistake in the command.
class ParsedArgs {
 public:
  struct FlagValue {
    const FlagSpec* flag = nullptr;
    std::string text;     // as given; empty for a switch
    uint64_t number = 0;  // kU64; kDuration in milliseconds
  };

  ParsedArgs() = default;
  ParsedArgs(const CommandTable& table, const Command* command);

  // Null if no command was named: there are only global flags, or a group.
  const Command* command() const { return command_; }

  // The first word of several commands, "trace", with no second; or empty.
  absl::string_view group() const { return group_; }

  // The values of the positionals, in order.
  const std::vector<std::string>& positionals() const { return positionals_; }

  // Whether the command has the flag, given or not.
  bool Knows(absl::string_view flag) const;

  // Whether the flag was given.  `flag` is its name, "--det".
  bool Has(absl::string_view flag) const { return Find(flag) != nullptr; }

  // Each returns the value of a flag, or nothing if it was not given.
  std::optional<std::string> Text(absl::string_view flag) const;
  std::optional<uint64_t> U64(absl::string_view flag) const;
  std::optional<Millis> Duration(absl::string_view flag) const;

 private:
  friend class ArgsParser;
  const FlagValue* Find(absl::string_view flag) const;

  CommandTable table_;
  const Command* command_ = nullptr;
  std::string group_;
  std::vector<FlagValue> values_;
  std::vector<std::string> positionals_;
};

// Parses `args`, which leaves out the name of the program.  Flags stand
// anywhere: before the command, after it, between positionals; "--" ends
// them.  The parsed values refer to `table`.
//
// Errors: INVALID_ARGUMENT for an unknown command or flag, a missing, bad or
// repeated value, too few or too many positionals; UNIMPLEMENTED for what is
// known and not offered.
absl::StatusOr<ParsedArgs> ParseArgs(std::span<const std::string> args,
                                     const CommandTable& table);

// Whether switch `flag` is among `args`, which may be wrong otherwise: how to
// say what is wrong with a command line depends on it.
bool HasSwitch(std::span<const std::string> args, absl::string_view flag);

}  // namespace fozzy

#endif  // FOZZY_CLI_ARGS_H_

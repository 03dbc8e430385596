// Commands as data: what the parser accepts, what --help and the man pages
// say, and which function does it.
#ifndef FOZZY_CLI_COMMAND_H_
#define FOZZY_CLI_COMMAND_H_

#include <cstdint>
#include <span>

#include "absl/strings/string_view.h"

namespace fozzy {

struct Context;

enum class FlagType : uint8_t {
  kSwitch,      // takes no value
  kText,        // any text
  kU64,         // decimal digits
  kDuration,    // digits and a unit: "10ms", "5s", "2m", "1h"
  kChoice,      // one of the words of `value`
  kNotOffered,  // takes a value; using it is an error that says so
};

struct FlagSpec {
  absl::string_view name;  // "--seed"
  FlagType type = FlagType::kSwitch;
  // What stands for the value in help, "N".  For kChoice the words
  // themselves, "a|b".  Empty for a switch.
  absl::string_view value = "";
  absl::string_view help = "";     // one line
  absl::string_view aliases = "";  // other spellings, space-separated
};

// Flags shown together in help.
struct FlagGroup {
  absl::string_view title;
  std::span<const FlagSpec> flags;
};

enum class Arity : uint8_t {
  kOne,
  kOptional,  // none or one
  kAny,       // none or more
  kSome,      // one or more
};

// Only the last positional of a command may be other than kOne.
struct PositionalSpec {
  absl::string_view name;  // "SCENARIO"
  Arity arity = Arity::kOne;
  absl::string_view help;
};

struct Command {
  absl::string_view name;      // "run", "trace verify"
  absl::string_view help;      // one line
  absl::string_view examples;  // command lines, newline-separated
  std::span<const FlagGroup> groups = {};
  std::span<const PositionalSpec> positionals = {};
  // Returns the exit code.
  int (*run)(Context& context) = nullptr;
  absl::string_view alias = "";  // another name, or empty
  bool is_hidden = false;        // left out of overviews
};

// All that can be asked of a program.
struct CommandTable {
  std::span<const Command> commands;  // sorted by name
  FlagGroup global;                   // accepted by all of them
  // Names of commands, or first words of names, that are known but answered
  // with "not offered".
  std::span<const absl::string_view> not_offered;
};

}  // namespace fozzy

#endif  // FOZZY_CLI_COMMAND_H_

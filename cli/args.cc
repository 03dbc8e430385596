#include "cli/args.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command_lookup.h"
#include "cli/did_you_mean.h"
#include "cli/flag_value.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// Has the global flags only.
constexpr Command kNoCommand;

bool TakesValue(const FlagSpec& flag) { return flag.type != FlagType::kSwitch; }

bool LooksLikeFlag(absl::string_view arg) {
  return arg.size() > 1 && arg[0] == '-';
}

absl::Status UnknownFlag(const CommandTable& table, const Command* command,
                         absl::string_view name) {
  std::vector<absl::string_view> names;
  const auto add = [&names](const FlagSpec& flag) {
    if (flag.type != FlagType::kNotOffered) names.push_back(flag.name);
  };
  for (const FlagSpec& flag : table.global.flags) add(flag);
  for (const Command& any : table.commands) {
    if (command != nullptr && command != &any) continue;
    for (const FlagSpec* flag : FlagsOf(table, any)) add(*flag);
  }
  const std::string guess = DidYouMean(name, names);
  const std::string where =
      command == nullptr ? "" : absl::StrCat(" of ", command->name);
  const std::string help =
      command == nullptr
          ? ", see fozzy --help"
          : absl::StrCat(", see fozzy ", command->name, " --help");
  return absl::InvalidArgumentError(
      absl::StrCat("unknown flag ", name, where, guess.empty() ? help : guess));
}

// FozzyLang is another tool that shares our name in some command lines.
absl::Status CheckNotFozzyLang(const std::vector<std::string>& words) {
  // We start it ourselves, with paths of the user's.
  if (!words.empty() && words[0] == "confirm") return absl::OkStatus();
  bool is_fozzy_lang =
      words.size() > 1 && words[0] == "doctor" && words[1] == "project";
  for (const std::string& word : words) {
    if (word == "fozzyc" || absl::EndsWith(word, ".fzy")) is_fozzy_lang = true;
  }
  if (!is_fozzy_lang) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", absl::StrJoin(words, " "),
      "\" belongs to the FozzyLang toolchain (fozzyc), not to fozzy"));
}

absl::Status CheckPositionals(const Command& command,
                              const std::vector<std::string>& given) {
  size_t needed = 0;
  bool is_open = false;
  size_t most = command.positionals.size();
  for (const PositionalSpec& positional : command.positionals) {
    const Arity arity = positional.arity;
    const bool is_needed = arity == Arity::kOne || arity == Arity::kSome;
    if (is_needed && given.size() <= needed) {
      return absl::InvalidArgumentError(absl::StrCat(
          command.name, " needs ", positional.name, ": ", positional.help));
    }
    if (is_needed) ++needed;
    if (arity == Arity::kAny || arity == Arity::kSome) is_open = true;
  }
  if (is_open || given.size() <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(command.name, ": unexpected \"", given[most],
                   "\", expected ", most == 0 ? "flags only" : "no more"));
}

}  // namespace

ParsedArgs::ParsedArgs(const CommandTable& table, const Command* command)
    : table_(table), command_(command) {}

bool ParsedArgs::Knows(absl::string_view flag) const {
  return FindFlag(table_, command_, flag) != nullptr;
}

const ParsedArgs::FlagValue* ParsedArgs::Find(absl::string_view flag) const {
  for (const FlagValue& value : values_) {
    if (value.flag->name == flag) return &value;
  }
  FOZZY_CHECK(command_ == nullptr ||
              FindFlag(table_, command_, flag) != nullptr);
  return nullptr;
}

std::optional<std::string> ParsedArgs::Text(absl::string_view flag) const {
  const FlagValue* value = Find(flag);
  if (value == nullptr) return std::nullopt;
  return value->text;
}

std::optional<uint64_t> ParsedArgs::U64(absl::string_view flag) const {
  const FlagValue* value = Find(flag);
  if (value == nullptr) return std::nullopt;
  FOZZY_CHECK(value->flag->type == FlagType::kU64);
  return value->number;
}

std::optional<Millis> ParsedArgs::Duration(absl::string_view flag) const {
  const FlagValue* value = Find(flag);
  if (value == nullptr) return std::nullopt;
  FOZZY_CHECK(value->flag->type == FlagType::kDuration);
  return value->number;
}

// Three steps: sort the arguments into words and flags, which needs no more
// than to know which flags take a value; find the command among the words;
// let CLI11 parse the rest with the flags of that one command registered.
// Where a flag takes a value in one command and none in another, the first two
// are tried both ways.
class ArgsParser {
 public:
  explicit ArgsParser(const CommandTable& table) : table_(table) {}

  absl::StatusOr<ParsedArgs> Parse(std::span<const std::string> args) {
    absl::StatusOr<CommandMatch> found = Find(args, false);
    if (!Agrees(found)) found = Find(args, true);
    if (!Agrees(found)) found = Find(args, false);
    FOZZY_RETURN_IF_ERROR(found.status());
    const CommandMatch match = *found;
    parsed_ = ParsedArgs(table_, match.command);
    parsed_.group_ = std::string(match.group);
    FOZZY_RETURN_IF_ERROR(CheckFlagsKnown());
    FOZZY_RETURN_IF_ERROR(ReadFlags());
    parsed_.positionals_.assign(
        words_.begin() + static_cast<std::ptrdiff_t>(match.words),
        words_.end());
    if (match.command != nullptr && !parsed_.Has("--help")) {
      FOZZY_RETURN_IF_ERROR(
          CheckPositionals(*match.command, parsed_.positionals_));
    }
    return std::move(parsed_);
  }

 private:
  absl::StatusOr<CommandMatch> Find(std::span<const std::string> args,
                                    bool is_second);
  bool Agrees(const absl::StatusOr<CommandMatch>& found) const;
  const FlagSpec* FlagOfAny(absl::string_view name) const;
  absl::Status Sort(std::span<const std::string> args);
  absl::Status SortFlag(std::span<const std::string> args, size_t& i);
  absl::Status CheckFlagsKnown() const;
  absl::Status ReadFlags();
  absl::Status KeepValues(const FlagSpec& flag,
                          const std::vector<std::string>& given);

  const CommandTable& table_;
  // Whether flags are taken for the other thing they may be.
  bool is_second_ = false;
  std::vector<std::string> words_;
  std::vector<std::string> flags_;  // "--seed", "7", "--det", ...
  std::vector<std::string> names_;  // of the flags given
  std::vector<bool> take_values_;   // whether each was taken to have one
  std::string unknown_;             // the first flag that no command has
  bool is_unknown_first_ = false;   // it stands before all words
  ParsedArgs parsed_;
};

absl::StatusOr<CommandMatch> ArgsParser::Find(std::span<const std::string> args,
                                              bool is_second) {
  is_second_ = is_second;
  words_.clear();
  flags_.clear();
  names_.clear();
  take_values_.clear();
  unknown_.clear();
  is_unknown_first_ = false;
  FOZZY_RETURN_IF_ERROR(Sort(args));
  FOZZY_RETURN_IF_ERROR(CheckNotFozzyLang(words_));
  if (is_unknown_first_) return UnknownFlag(table_, nullptr, unknown_);
  return FindCommand(table_, words_);
}

// Whether the flags were sorted as the command that was found has them.
bool ArgsParser::Agrees(const absl::StatusOr<CommandMatch>& found) const {
  if (!found.ok()) return false;
  const Command* command =
      found->command == nullptr ? &kNoCommand : found->command;
  for (size_t i = 0; i < names_.size(); ++i) {
    const FlagSpec* flag = FindFlag(table_, command, names_[i]);
    if (flag != nullptr && TakesValue(*flag) != take_values_[i]) return false;
  }
  return true;
}

// Returns the flag of that name, of some command, or null.
const FlagSpec* ArgsParser::FlagOfAny(absl::string_view name) const {
  const FlagSpec* first = FindFlag(table_, nullptr, name);
  if (first == nullptr || !is_second_) return first;
  for (const Command& command : table_.commands) {
    const FlagSpec* flag = FindFlag(table_, &command, name);
    if (flag != nullptr && TakesValue(*flag) != TakesValue(*first)) {
      return flag;
    }
  }
  return first;
}

absl::Status ArgsParser::Sort(std::span<const std::string> args) {
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "--") {
      words_.insert(words_.end(), args.begin() + static_cast<long>(i) + 1,
                    args.end());
      break;
    }
    if (LooksLikeFlag(args[i])) {
      FOZZY_RETURN_IF_ERROR(SortFlag(args, i));
    } else {
      words_.push_back(args[i]);
    }
  }
  return absl::OkStatus();
}

absl::Status ArgsParser::SortFlag(std::span<const std::string> args,
                                  size_t& i) {
  const absl::string_view arg = args[i];
  const size_t equals = arg.find('=');
  const bool has_equals = equals != absl::string_view::npos;
  const absl::string_view name = arg.substr(0, equals);
  const FlagSpec* flag = FlagOfAny(name);
  if (flag == nullptr) {
    if (unknown_.empty()) {
      unknown_ = std::string(name);
      is_unknown_first_ = words_.empty();
    }
    return absl::OkStatus();
  }
  names_.push_back(std::string(name));
  take_values_.push_back(TakesValue(*flag));
  flags_.push_back(std::string(flag->name));
  if (!TakesValue(*flag)) {
    if (!has_equals) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrCat(name, " takes no value, found \"", arg, "\""));
  }
  if (has_equals) {
    flags_.push_back(std::string(arg.substr(equals + 1)));
    return absl::OkStatus();
  }
  if (i + 1 == args.size()) {
    // Whether it would take a value is no matter then.
    if (flag->type == FlagType::kNotOffered) {
      return CheckFlagValue(*flag, "").status();
    }
    return absl::InvalidArgumentError(
        absl::StrCat(name, " needs a value: ", flag->value));
  }
  flags_.push_back(args[++i]);
  return absl::OkStatus();
}

absl::Status ArgsParser::CheckFlagsKnown() const {
  const Command* command = parsed_.command();
  if (!unknown_.empty()) return UnknownFlag(table_, command, unknown_);
  for (const std::string& name : names_) {
    const Command* owner = command == nullptr ? &kNoCommand : command;
    if (FindFlag(table_, owner, name) == nullptr)
      return UnknownFlag(table_, command, name);
  }
  return absl::OkStatus();
}

absl::Status ArgsParser::ReadFlags() {
  const Command* command = parsed_.command();
  const std::vector<const FlagSpec*> flags =
      FlagsOf(table_, command == nullptr ? kNoCommand : *command);
  try {
    CLI::App app;
    app.set_help_flag();
    std::vector<const CLI::Option*> options;
    for (const FlagSpec* flag : flags) {
      const std::string name(flag->name);
      CLI::Option* option =
          TakesValue(*flag) ? app.add_option(name) : app.add_flag(name);
      option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
      options.push_back(option);
    }
    // CLI11 takes its arguments from the end of the list.
    app.parse(std::vector<std::string>(flags_.rbegin(), flags_.rend()));
    for (size_t i = 0; i < flags.size(); ++i) {
      if (options[i]->count() == 0) continue;
      FOZZY_RETURN_IF_ERROR(KeepValues(*flags[i], options[i]->results()));
    }
  } catch (const CLI::Error& error) {
    return absl::InvalidArgumentError(error.what());
  }
  return absl::OkStatus();
}

absl::Status ArgsParser::KeepValues(const FlagSpec& flag,
                                    const std::vector<std::string>& given) {
  ParsedArgs::FlagValue value;
  value.flag = &flag;
  if (TakesValue(flag)) {
    if (given.size() > 1) {
      return absl::InvalidArgumentError(
          absl::StrCat(flag.name, " is given twice, \"", given[0], "\" and \"",
                       given[1], "\""));
    }
    FOZZY_ASSIGN_OR_RETURN(value.number, CheckFlagValue(flag, given[0]));
    value.text = given[0];
  }
  parsed_.values_.push_back(std::move(value));
  return absl::OkStatus();
}

absl::StatusOr<ParsedArgs> ParseArgs(std::span<const std::string> args,
                                     const CommandTable& table) {
  return ArgsParser(table).Parse(args);
}

bool HasSwitch(std::span<const std::string> args, absl::string_view flag) {
  const auto end = std::find(args.begin(), args.end(), "--");
  return std::find(args.begin(), end, flag) != end;
}

}  // namespace fozzy

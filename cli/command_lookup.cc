#include "cli/command_lookup.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/did_you_mean.h"

namespace fozzy {
namespace {

const FlagSpec* FindIn(const FlagGroup& group, absl::string_view name) {
  for (const FlagSpec& flag : group.flags) {
    if (IsCalled(flag, name)) return &flag;
  }
  return nullptr;
}

const FlagSpec* FindIn(const Command& command, absl::string_view name) {
  for (const FlagGroup& group : command.groups) {
    if (const FlagSpec* flag = FindIn(group, name)) return flag;
  }
  return nullptr;
}

const Command* FindByName(const CommandTable& table, absl::string_view name) {
  for (const Command& command : table.commands) {
    if (command.name == name) return &command;
    if (!command.alias.empty() && command.alias == name) return &command;
  }
  return nullptr;
}

bool IsNotOffered(const CommandTable& table, absl::string_view name) {
  return std::find(table.not_offered.begin(), table.not_offered.end(), name) !=
         table.not_offered.end();
}

absl::Status NotOffered(absl::string_view name) {
  return absl::UnimplementedError(
      absl::StrCat(name, " is not offered by this version"));
}

// Says what `name` may have been meant to be.
absl::Status UnknownCommand(const CommandTable& table, absl::string_view name) {
  std::vector<absl::string_view> names;
  for (const Command& command : table.commands) {
    if (command.is_hidden) continue;
    names.push_back(command.name);
    if (absl::EndsWith(command.name, absl::StrCat(" ", name))) {
      return absl::InvalidArgumentError(absl::StrCat(
          "unknown command ", name, ", did you mean ", command.name, "?"));
    }
  }
  const std::string guess = DidYouMean(name, names);
  return absl::InvalidArgumentError(absl::StrCat(
      "unknown command ", name, guess.empty() ? ", see fozzy --help" : guess));
}

}  // namespace

bool IsCalled(const FlagSpec& flag, absl::string_view name) {
  // Start-up looks at every flag there is, few of which have another name.
  if (flag.name == name) return true;
  if (flag.aliases.empty()) return false;
  for (const absl::string_view alias :
       absl::StrSplit(flag.aliases, ' ', absl::SkipEmpty())) {
    if (alias == name) return true;
  }
  return false;
}

const FlagSpec* FindFlag(const CommandTable& table, const Command* command,
                         absl::string_view name) {
  if (const FlagSpec* flag = FindIn(table.global, name)) return flag;
  if (command != nullptr) return FindIn(*command, name);
  for (const Command& any : table.commands) {
    if (const FlagSpec* flag = FindIn(any, name)) return flag;
  }
  return nullptr;
}

std::vector<const FlagSpec*> FlagsOf(const CommandTable& table,
                                     const Command& command) {
  std::vector<const FlagSpec*> flags;
  for (const FlagGroup& group : command.groups) {
    for (const FlagSpec& flag : group.flags) flags.push_back(&flag);
  }
  for (const FlagSpec& flag : table.global.flags) flags.push_back(&flag);
  return flags;
}

absl::StatusOr<CommandMatch> FindCommand(
    const CommandTable& table, const std::vector<std::string>& words) {
  if (words.empty()) return CommandMatch{};
  const absl::string_view first = words[0];
  if (const Command* command = FindByName(table, first)) {
    return CommandMatch{.command = command, .words = 1};
  }
  if (IsNotOffered(table, first)) return NotOffered(first);
  if (CommandsOf(table, first).empty()) return UnknownCommand(table, first);
  if (words.size() == 1) return CommandMatch{.group = first, .words = 1};
  const std::string name = absl::StrCat(first, " ", words[1]);
  if (const Command* command = FindByName(table, name)) {
    return CommandMatch{.command = command, .words = 2};
  }
  if (IsNotOffered(table, name)) return NotOffered(name);
  return absl::InvalidArgumentError(
      absl::StrCat("unknown command ", name, ", expected one of ", first, " ",
                   SecondWords(table, first)));
}

std::vector<const Command*> CommandsOf(const CommandTable& table,
                                       absl::string_view group) {
  const std::string prefix = absl::StrCat(group, " ");
  std::vector<const Command*> commands;
  for (const Command& command : table.commands) {
    if (absl::StartsWith(command.name, prefix)) commands.push_back(&command);
  }
  return commands;
}

std::string SecondWords(const CommandTable& table, absl::string_view group) {
  std::vector<absl::string_view> words;
  for (const Command* command : CommandsOf(table, group)) {
    words.push_back(command->name.substr(group.size() + 1));
  }
  return absl::StrJoin(words, ", ");
}

}  // namespace fozzy

#include "cli/help.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/command_lookup.h"

namespace fozzy {
namespace {

// A longer label has its text on the next line.
constexpr size_t kLabelWidthMax = 30;
constexpr size_t kLabelWidthMin = 12;

using Rows = std::vector<std::pair<std::string, absl::string_view>>;

// Returns two columns, the first as wide as its labels.
std::string Columns(const Rows& rows) {
  size_t width = kLabelWidthMin;
  for (const auto& [label, text] : rows) {
    if (label.size() <= kLabelWidthMax) width = std::max(width, label.size());
  }
  std::string lines;
  for (const auto& [label, text] : rows) {
    if (label.size() <= kLabelWidthMax) {
      const std::string gap(width - label.size() + 2, ' ');
      absl::StrAppend(&lines, "  ", label, gap, text, "\n");
    } else {
      const std::string gap(width + 4, ' ');
      absl::StrAppend(&lines, "  ", label, "\n", gap, text, "\n");
    }
  }
  return lines;
}

std::string Section(const FlagGroup& group) {
  Rows rows;
  for (const FlagSpec& flag : group.flags) {
    if (IsShown(flag)) rows.emplace_back(FlagLabel(flag), flag.help);
  }
  if (rows.empty()) return {};
  return absl::StrCat("\n", group.title, ":\n", Columns(rows));
}

std::string CommandList(const std::vector<const Command*>& commands) {
  Rows rows;
  for (const Command* command : commands) {
    if (command->is_hidden) continue;
    rows.emplace_back(std::string(command->name), command->help);
  }
  return Columns(rows);
}

std::string PositionalLabel(const PositionalSpec& positional) {
  switch (positional.arity) {
    case Arity::kOne:
      break;
    case Arity::kOptional:
      return absl::StrCat("[", positional.name, "]");
    case Arity::kAny:
      return absl::StrCat("[", positional.name, "]...");
    case Arity::kSome:
      return absl::StrCat(positional.name, "...");
  }
  return std::string(positional.name);
}

}  // namespace

bool IsShown(const FlagSpec& flag) {
  return flag.type != FlagType::kNotOffered;
}

std::string FlagLabel(const FlagSpec& flag) {
  std::string label(flag.name);
  for (const absl::string_view alias :
       absl::StrSplit(flag.aliases, ' ', absl::SkipEmpty())) {
    absl::StrAppend(&label, ", ", alias);
  }
  if (!flag.value.empty()) absl::StrAppend(&label, " ", flag.value);
  return label;
}

std::string PositionalsLabel(const Command& command) {
  return absl::StrJoin(command.positionals, " ",
                       [](std::string* out, const PositionalSpec& positional) {
                         out->append(PositionalLabel(positional));
                       });
}

std::string Synopsis(const Command& command) {
  std::string synopsis = absl::StrCat("fozzy ", command.name);
  if (!command.groups.empty()) absl::StrAppend(&synopsis, " [FLAGS]");
  if (!command.positionals.empty()) {
    absl::StrAppend(&synopsis, " ", PositionalsLabel(command));
  }
  return synopsis;
}

std::string CommandHelp(const Command& command) {
  std::string help = absl::StrCat("fozzy ", command.name, ": ", command.help,
                                  "\n\nUsage: ", Synopsis(command), "\n");
  if (!command.alias.empty()) {
    absl::StrAppend(&help, "Also called: fozzy ", command.alias, "\n");
  }
  if (!command.positionals.empty()) {
    Rows rows;
    for (const PositionalSpec& positional : command.positionals) {
      rows.emplace_back(std::string(positional.name), positional.help);
    }
    absl::StrAppend(&help, "\n", Columns(rows));
  }
  for (const FlagGroup& group : command.groups) {
    absl::StrAppend(&help, Section(group));
  }
  absl::StrAppend(&help, "\nGlobal flags: see fozzy --help\n\nExamples:\n");
  for (const absl::string_view example :
       absl::StrSplit(command.examples, '\n')) {
    absl::StrAppend(&help, "  ", example, "\n");
  }
  return help;
}

std::string GroupHelp(const CommandTable& table, absl::string_view group) {
  return absl::StrCat("Usage: fozzy ", group, " COMMAND\n\n",
                      CommandList(CommandsOf(table, group)), "\nMore: fozzy ",
                      group, " COMMAND --help\n");
}

std::string Overview(const CommandTable& table) {
  std::vector<const Command*> commands;
  for (const Command& command : table.commands) commands.push_back(&command);
  return absl::StrCat(
      "fozzy: deterministic simulation and replay testing\n"
      "\nUsage: fozzy COMMAND [FLAGS] ...\n"
      "\nCommands:\n",
      CommandList(commands), Section(table.global),
      "\nExit codes: 0 pass, 1 finding, 2 usage or bad input, 3 timeout, "
      "4 crash\n"
      "More: fozzy COMMAND --help\n");
}

std::string UsageText(const CommandTable& table) {
  std::string usage;
  for (const Command& command : table.commands) {
    if (!command.is_hidden) absl::StrAppend(&usage, Synopsis(command), "\n");
  }
  return usage;
}

}  // namespace fozzy

#include "cli/man_page.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cli/help.h"

namespace fozzy {
namespace {

// Returns one line of text that roff takes literally.
std::string Escape(absl::string_view text) {
  std::string escaped =
      absl::StrReplaceAll(text, {{"\\", "\\e"}, {"-", "\\-"}});
  const bool is_request =
      !escaped.empty() && (escaped[0] == '.' || escaped[0] == '\'');
  return is_request ? absl::StrCat("\\&", escaped) : escaped;
}

std::string Name(const Command& command) {
  return absl::StrCat("fozzy-",
                      absl::StrReplaceAll(command.name, {{" ", "-"}}));
}

std::string Title(absl::string_view name, absl::string_view help,
                  absl::string_view version) {
  return absl::StrCat(".TH ", absl::AsciiStrToUpper(Escape(name)),
                      " 1 \"\" \"fozzy ", Escape(version), "\"\n.SH NAME\n",
                      Escape(name), " \\- ", Escape(help), "\n");
}

std::string Synopsis(absl::string_view usage) {
  return absl::StrCat(".SH SYNOPSIS\n.B ", Escape(usage), "\n");
}

std::string Entry(absl::string_view label, absl::string_view help) {
  return absl::StrCat(".TP\n.B ", Escape(label), "\n", Escape(help), "\n");
}

std::string Options(absl::string_view heading, const FlagGroup& group) {
  std::string options;
  for (const FlagSpec& flag : group.flags) {
    if (IsShown(flag)) {
      absl::StrAppend(&options, Entry(FlagLabel(flag), flag.help));
    }
  }
  if (options.empty()) return {};
  return absl::StrCat(heading, options);
}

constexpr absl::string_view kExitStatus =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\npass\n"
    ".TP\n.B 1\na finding, or a check that failed\n"
    ".TP\n.B 2\nusage, bad input, or a strict violation\n"
    ".TP\n.B 3\ntimeout\n"
    ".TP\n.B 4\ncrash\n";

}  // namespace

std::string MainManPage(const CommandTable& table, absl::string_view version) {
  std::string page = absl::StrCat(
      Title("fozzy", "deterministic simulation and replay testing", version),
      Synopsis("fozzy COMMAND [FLAGS] ..."), ".SH COMMANDS\n");
  for (const Command& command : table.commands) {
    if (command.is_hidden) continue;
    absl::StrAppend(&page, Entry(fozzy::Synopsis(command),
                                 absl::StrCat(command.help, ", see ",
                                              Name(command), "(1)")));
  }
  absl::StrAppend(&page, Options(".SH GLOBAL OPTIONS\n", table.global),
                  kExitStatus);
  return page;
}

std::string CommandManPage(const Command& command, absl::string_view version) {
  std::string page = absl::StrCat(Title(Name(command), command.help, version),
                                  Synopsis(fozzy::Synopsis(command)));
  if (!command.positionals.empty()) absl::StrAppend(&page, ".SH ARGUMENTS\n");
  for (const PositionalSpec& positional : command.positionals) {
    absl::StrAppend(&page, Entry(positional.name, positional.help));
  }
  if (!command.groups.empty()) absl::StrAppend(&page, ".SH OPTIONS\n");
  for (const FlagGroup& group : command.groups) {
    absl::StrAppend(&page,
                    Options(absl::StrCat(".SS ", group.title, "\n"), group));
  }
  absl::StrAppend(&page, ".SH EXAMPLES\n.nf\n");
  for (const absl::string_view example :
       absl::StrSplit(command.examples, '\n')) {
    absl::StrAppend(&page, Escape(example), "\n");
  }
  absl::StrAppend(&page, ".fi\n", kExitStatus, ".SH SEE ALSO\n.BR fozzy (1)\n");
  return page;
}

}  // namespace fozzy

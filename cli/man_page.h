// Manual pages, made from the table of commands.
#ifndef FOZZY_CLI_MAN_PAGE_H_
#define FOZZY_CLI_MAN_PAGE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "cli/command.h"

namespace fozzy {

// Returns fozzy(1), in roff with the macros of man(7).
std::string MainManPage(const CommandTable& table, absl::string_view version);

// Returns the page of one command, fozzy-run(1) say.
std::string CommandManPage(const Command& command, absl::string_view version);

}  // namespace fozzy

#endif  // FOZZY_CLI_MAN_PAGE_H_

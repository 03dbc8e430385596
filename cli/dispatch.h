// From a command line to the handler of a command.
#ifndef FOZZY_CLI_DISPATCH_H_
#define FOZZY_CLI_DISPATCH_H_

#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "cli/args.h"
#include "cli/command.h"
#include "cli/output.h"

namespace fozzy {

// Does what `args` (without the name of the program) say.  Returns the exit
// code.
int Dispatch(std::span<const std::string> args, const CommandTable& table,
             Output& output);

// Answers a call that needs no handler: help, the version, or nothing named.
// Returns the exit code.
int Introduce(const ParsedArgs& args, const CommandTable& table,
              Output& output);

// Prints help, or as JSON {"help":...}.
void PrintHelp(absl::string_view help, Output& output);

}  // namespace fozzy

#endif  // FOZZY_CLI_DISPATCH_H_

// Runs the fozzy program as a user does, and reads what it says.
#ifndef FOZZY_CLI_TESTING_RUN_PROGRAM_H_
#define FOZZY_CLI_TESTING_RUN_PROGRAM_H_

#include <string>
#include <vector>

#include "cli/testing/run_fozzy.h"

namespace fozzy {

// Returns the path of the program.
std::string ProgramPath();

// Runs `fozzy ARGS` in a process of its own, in the current folder; `env` has
// "K=V" on top of our environment.  A signal is the code -1.
Outcome RunProgram(const std::vector<std::string>& args,
                   const std::vector<std::string>& env = {});

// As above; `line` is split as SplitWords does.
Outcome RunProgram(const std::string& line);

// Runs `script` in /bin/sh, where `fozzy` is the program.
Outcome RunShell(const std::string& script);

// Writes a scenario of steps, a JSON text without the brackets around it, named
// after the file; makes its folder.
void WriteScenario(const std::string& path, const std::string& steps);

// Returns the value at `path` of a JSON text, as QueryJson has it: a string
// without its quotes, anything else as written; several in lines.  "" if there
// is none, "no JSON" if it is not one document.
std::string Get(const std::string& json, const std::string& path);

// Returns the paths of all files below `folder`, sorted; folders are listed,
// too, with a '/' at their end, if they are empty.
std::vector<std::string> FilesBelow(const std::string& folder);

}  // namespace fozzy

#endif  // FOZZY_CLI_TESTING_RUN_PROGRAM_H_

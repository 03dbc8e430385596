// What the handler of a command is given.
#ifndef FOZZY_CLI_CONTEXT_H_
#define FOZZY_CLI_CONTEXT_H_

#include "cli/args.h"
#include "cli/command.h"
#include "cli/config_file.h"
#include "cli/output.h"

namespace fozzy {

// The working directory is that of --cwd; all relative paths are meant so.
struct Context {
  const ParsedArgs& args;
  const CommandTable& table;
  const ConfigFile& config;
  Output& output;

  bool is_strict() const { return !args.Has("--unsafe"); }
};

}  // namespace fozzy

#endif  // FOZZY_CLI_CONTEXT_H_

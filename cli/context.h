// What the handler of a command is given.
#ifndef FOZZY_CLI_CONTEXT_H_
#define FOZZY_CLI_CONTEXT_H_

#include <string>

#include "cli/args.h"
#include "cli/command.h"
#include "cli/output.h"
#include "scenarios/config_file.h"

namespace fozzy {

// The working directory is that of --cwd; all relative paths are meant so.
struct Context {
  const ParsedArgs& args;
  const CommandTable& table;
  const ConfigFile& config;
  Output& output;

  // Where runs are kept.
  std::string base_dir() const { return config.base_dir.value_or(".fozzy"); }

  bool is_strict() const { return !args.Has("--unsafe"); }
};

}  // namespace fozzy

#endif  // FOZZY_CLI_CONTEXT_H_

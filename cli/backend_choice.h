// Which backends a command acts on.
#ifndef FOZZY_CLI_BACKEND_CHOICE_H_
#define FOZZY_CLI_BACKEND_CHOICE_H_

#include "cli/args.h"
#include "scenarios/config_file.h"

namespace fozzy {

struct BackendChoice {
  bool has_host_proc = false;
  bool has_host_fs = false;
  bool has_host_http = false;
};

// A flag of its own decides, then --host-backends, then fozzy.toml.
BackendChoice ChooseBackends(const ParsedArgs& args, const ConfigFile& config);

}  // namespace fozzy

#endif  // FOZZY_CLI_BACKEND_CHOICE_H_

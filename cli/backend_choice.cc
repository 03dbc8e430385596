#include "cli/backend_choice.h"

#include <optional>
#include <string>

namespace fozzy {
namespace {

bool IsHost(const ParsedArgs& args, absl::string_view flag,
            const std::optional<std::string>& configured) {
  if (const auto chosen = args.Text(flag)) return *chosen == "host";
  return args.Has("--host-backends") || configured.value_or("") == "host";
}

}  // namespace

BackendChoice ChooseBackends(const ParsedArgs& args, const ConfigFile& config) {
  BackendChoice choice;
  choice.has_host_proc = IsHost(args, "--proc-backend", config.proc_backend);
  choice.has_host_fs = IsHost(args, "--fs-backend", config.fs_backend);
  choice.has_host_http = IsHost(args, "--http-backend", config.http_backend);
  return choice;
}

}  // namespace fozzy

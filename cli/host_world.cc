#include "cli/host_world.h"

#include "sim/base/status_macros.h"

namespace fozzy {

absl::StatusOr<std::unique_ptr<HostWorld>> HostWorld::Make(
    const RunConfig& config, const std::string& root) {
  auto world = std::make_unique<HostWorld>();
  if (config.has_host_proc) world->proc_.emplace();
  if (config.has_host_http) world->http_.emplace();
  if (config.has_host_fs) {
    FOZZY_ASSIGN_OR_RETURN(world->fs_, HostFs::Open({.root = root}));
  }
  return world;
}

Host HostWorld::host() {
  Host host;
  host.wall = &clock_;
  if (proc_) host.proc = &*proc_;
  if (http_) host.http = &*http_;
  host.fs = fs_.get();
  return host;
}

}  // namespace fozzy

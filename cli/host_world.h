// The host, for runs that act on it.
#ifndef FOZZY_CLI_HOST_WORLD_H_
#define FOZZY_CLI_HOST_WORLD_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "backends/host/host_clock.h"
#include "backends/host/host_fs.h"
#include "backends/host/host_http.h"
#include "backends/host/host_proc.h"
#include "backends/world.h"
#include "scenarios/run_config.h"

namespace fozzy {

// The host backends that one run is configured for, and the wall clock.
class HostWorld {
 public:
  // Files are below folder `root`; "." is the working directory.
  // Errors: INVALID_ARGUMENT if that cannot be opened.
  static absl::StatusOr<std::unique_ptr<HostWorld>> Make(
      const RunConfig& config, const std::string& root = ".");

  // Valid as long as this object.
  Host host();

 private:
  HostClock clock_;
  std::optional<HostProc> proc_;
  std::optional<HostHttp> http_;
  std::unique_ptr<HostFs> fs_;
};

}  // namespace fozzy

#endif  // FOZZY_CLI_HOST_WORLD_H_

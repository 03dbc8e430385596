// fozzy.toml, the settings of a project.
#ifndef FOZZY_SCENARIOS_CONFIG_FILE_H_
#define FOZZY_SCENARIOS_CONFIG_FILE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace fozzy {

// Bytes of a configuration file, at most.
inline constexpr uint64_t kConfigBytesMax = 1 << 20;

// What the file says, by its keys; nothing where it says nothing.
struct ConfigFile {
  std::optional<std::string> base_dir;
  std::optional<std::string> reporter;      // pretty, json, junit or html
  std::optional<std::string> proc_backend;  // scripted or host
  std::optional<std::string> fs_backend;    // virtual or host
  std::optional<std::string> http_backend;  // scripted or host
  std::optional<bool> mem_track;
  std::optional<bool> fail_on_leak;
  std::optional<bool> mem_artifacts;
  std::optional<uint64_t> mem_limit_mb;
  std::optional<uint64_t> mem_fail_after;
  std::optional<uint64_t> leak_budget;
  std::optional<uint64_t> mem_fragmentation_seed;
  std::optional<std::string> mem_pressure_wave;
  std::optional<uint64_t> profile_heap_alloc_budget;   // bytes
  std::optional<uint64_t> profile_heap_in_use_budget;  // bytes

  friend bool operator==(const ConfigFile&, const ConfigFile&) = default;
};

// Reads `text`, the configuration file at `path` (for messages only).  Keys and
// tables it does not know are not looked at.
// Errors: INVALID_ARGUMENT, as file:line:column, what was found and what was
// expected, for what is not TOML and for values that do not fit.
// Source: TOML 1.0.
absl::StatusOr<ConfigFile> ParseConfig(absl::string_view text,
                                       absl::string_view path);

// Reads the file at `path`; without a file, nothing is set.
// Errors: those of ParseConfig; RESOURCE_EXHAUSTED above kConfigBytesMax;
// others as the system says, naming the file.
absl::StatusOr<ConfigFile> ReadConfigFile(const std::string& path);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_CONFIG_FILE_H_

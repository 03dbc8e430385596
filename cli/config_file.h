// fozzy.toml: what is the same for all runs of a project.
#ifndef FOZZY_CLI_CONFIG_FILE_H_
#define FOZZY_CLI_CONFIG_FILE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace fozzy {

// Flags of the command line take precedence; switches are OR-ed.
struct ConfigFile {
  std::string base_dir = ".fozzy";        // where runs are kept
  std::string reporter = "pretty";        // pretty, json, junit or html
  std::string proc_backend = "scripted";  // or host
  std::string fs_backend = "virtual";     // or host
  std::string http_backend = "scripted";  // or host
  bool mem_track = false;
  bool fail_on_leak = false;
  bool mem_artifacts = false;
  std::optional<uint64_t> mem_limit_mb;
  std::optional<uint64_t> mem_fail_after;
  std::optional<uint64_t> leak_budget;
  std::optional<uint64_t> mem_fragmentation_seed;
  std::optional<std::string> mem_pressure_wave;
  std::optional<uint64_t> profile_heap_alloc_budget;   // bytes
  std::optional<uint64_t> profile_heap_in_use_budget;  // bytes
};

// Reads the text of a file; unknown keys are ignored.
// Errors: INVALID_ARGUMENT for bad syntax or a value of the wrong type or out
// of range, with its line and column.
absl::StatusOr<ConfigFile> ParseConfigFile(absl::string_view text);

// Reads the file at `path`; defaults if there is none.
// Errors: those of ParseConfigFile, with the path; INVALID_ARGUMENT if it
// cannot be read.
absl::StatusOr<ConfigFile> ReadConfigFile(const std::string& path);

}  // namespace fozzy

#endif  // FOZZY_CLI_CONFIG_FILE_H_

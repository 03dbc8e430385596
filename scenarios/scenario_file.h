// Reading the file a scenario is in.
#ifndef FOZZY_SCENARIOS_SCENARIO_FILE_H_
#define FOZZY_SCENARIOS_SCENARIO_FILE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace fozzy {

// Bytes of a scenario file, at most.
inline constexpr uint64_t kScenarioBytesMax = uint64_t{1} << 30;

// Returns the bytes of the file at `path`.
// Errors, all naming the file: NOT_FOUND; INVALID_ARGUMENT for a directory;
// RESOURCE_EXHAUSTED above `bytes_max`; others as the system says.
absl::StatusOr<std::string> ReadScenarioFile(
    const std::string& path, uint64_t bytes_max = kScenarioBytesMax);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_SCENARIO_FILE_H_

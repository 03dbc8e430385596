// How far an exploration has come, as a file.
#ifndef FOZZY_CLI_EXPLORE_STATE_H_
#define FOZZY_CLI_EXPLORE_STATE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scenarios/run_config.h"

namespace fozzy {

// What is needed to go on.  Which runs are done is one number: they are done
// in the order of their indices.
struct ExploreState {
  std::string scenario;  // digest of the file, hexadecimal
  uint64_t seed = 0;
  Settings settings;  // as in a trace; the schedule is one of them
  uint64_t runs = 0;  // done, from 0 on
  uint64_t deliveries = 0;
  std::vector<uint64_t> digests;  // of the different runs, ascending

  friend bool operator==(const ExploreState&, const ExploreState&) = default;
};

// Returns the JSON document of `state`.
std::string WriteExploreState(const ExploreState& state);

// Errors: DATA_LOSS for a text that WriteExploreState does not write.
absl::StatusOr<ExploreState> ReadExploreState(std::string text);

}  // namespace fozzy

#endif  // FOZZY_CLI_EXPLORE_STATE_H_

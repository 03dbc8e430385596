// What some runs of a search, one after the other, came to.
#ifndef FOZZY_SIM_SEARCH_SEARCH_BLOCK_H_
#define FOZZY_SIM_SEARCH_SEARCH_BLOCK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fozzy/decision.h"
#include "fozzy/finding.h"
#include "sim/base/digest.h"

namespace fozzy {

// Runs first to first + count - 1.
struct SearchRange {
  uint64_t first = 0;
  uint64_t count = 0;
};

// How often a property was come by.
struct PropertyCount {
  uint64_t place = 0;  // in KnownProperties()
  uint64_t reached = 0;
  uint64_t held = 0;

  friend bool operator==(const PropertyCount&, const PropertyCount&) = default;
};

// A run that found something.
struct FoundRun {
  uint64_t run = 0;
  Finding finding;
  Digest digest;
  // Written down when the run was repeated; see `is_repeatable`.
  std::vector<Decision> decisions;
  // Whether the same came of it then, in the same process.
  bool is_repeatable = true;

  friend bool operator==(const FoundRun&, const FoundRun&) = default;
};

struct SearchBlock {
  uint64_t first = 0;
  uint64_t runs = 0;
  uint64_t abandoned = 0;         // of them, by the strategy
  uint64_t points = 0;            // of all of them
  std::vector<uint64_t> digests;  // of those not abandoned, in order
  std::vector<PropertyCount> properties = {};  // by place
  std::optional<FoundRun> found = {};          // the last run
  // The strategy has no run after these; and these were all that can be.
  bool is_exhausted = false;
  bool is_exhaustive = false;

  // A block as it goes from one process to another.
  // Errors: DATA_LOSS.
  std::string Save() const;
  static absl::StatusOr<SearchBlock> Load(absl::string_view bytes);
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SEARCH_BLOCK_H_

// What the runs of a search come to together.
#ifndef FOZZY_SCENARIOS_BODIES_BODY_TALLY_H_
#define FOZZY_SCENARIOS_BODIES_BODY_TALLY_H_

#include <cstdint>
#include <optional>

#include "scenarios/bodies/body_worker.h"
#include "sim/search/explore_digests.h"

namespace fozzy {

// Blocks are added in the order of runs, so that it does not matter who ran
// them.
class BodyTally {
 public:
  // Adds the runs that come next.  Returns whether those after them are
  // wanted.  Requires block.first == runs().
  bool Add(const BodyBlock& block);

  uint64_t runs() const { return runs_; }
  uint64_t distinct() const { return digests_.count(); }
  uint64_t points() const { return points_; }
  bool is_exhaustive() const { return is_exhaustive_; }
  // The block of the first finding, which is in its last run, number
  // runs() - 1.
  const std::optional<BodyBlock>& found() const { return found_; }

 private:
  uint64_t runs_ = 0;
  uint64_t points_ = 0;
  ExploreDigests digests_;
  std::optional<BodyBlock> found_;
  bool is_exhaustive_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_BODY_TALLY_H_

#include "scenarios/bodies/body_tally.h"

#include "sim/base/check.h"

namespace fozzy {

bool BodyTally::Add(const BodyBlock& block) {
  FOZZY_CHECK(block.first == runs_);
  runs_ += block.digests.size();
  points_ += block.points;
  for (const uint64_t digest : block.digests) digests_.Add(digest);
  is_exhaustive_ = block.is_exhaustive;
  if (block.found) found_ = block;
  return !block.found && !block.is_exhausted;
}

}  // namespace fozzy

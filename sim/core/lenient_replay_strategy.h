// Repeats as much of a recorded run as still fits: shrinking, mutation, a
// changed program.
#ifndef FOZZY_SIM_CORE_LENIENT_REPLAY_STRATEGY_H_
#define FOZZY_SIM_CORE_LENIENT_REPLAY_STRATEGY_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "fozzy/strategy.h"
#include "sim/core/keyed_answers.h"

namespace fozzy {

// Looks answers up by the name of the question, so that taking one out leaves
// the meaning of the others.  A schedule is followed segment by segment: the
// recorded task is chosen while it can run, for its number of points.  A
// segment whose task cannot run is given up for the next one; at most one per
// question, so that a task that comes late does not cost the rest of them.
//
// What nothing fits to is answered 0 and counted.  There is one run, number 0,
// which may be begun again.
class LenientReplayStrategy final : public Strategy {
 public:
  struct Options {
    std::span<const KeyedAnswer> answers = {};  // not owned, sorted by key
    std::span<const Segment> schedule = {};     // not owned
  };
  explicit LenientReplayStrategy(const Options& options);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;

  // How many questions of this run nothing recorded fitted to.
  uint64_t misfits() const { return misfits_; }

 private:
  bool Follow(const TaskChoice& choice, uint32_t& index);
  void NextSegment();

  const std::span<const KeyedAnswer> answers_;
  const std::span<const Segment> schedule_;
  size_t segment_ = 0;
  uint64_t points_ = 0;  // spent of the segment
  uint64_t misfits_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_LENIENT_REPLAY_STRATEGY_H_

// Any runnable task, at every question.
#ifndef FOZZY_SIM_CORE_RANDOM_WALK_STRATEGY_H_
#define FOZZY_SIM_CORE_RANDOM_WALK_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/base/fast_rng.h"
#include "sim/core/value_draw.h"

namespace fozzy {

// A random walk: all runnable tasks are alike, at every question, but for
// kTimerTask, which stands back most of the times it is drawn (see ValueDraw).
// Stale reads happen often.  It needs to know nothing and keeps nothing; what
// it is bad at is runs in which one task must wait for many steps of another.
//
// Source: Thomson, Donaldson, Betts, "Concurrency Testing Using Schedule
// Bounding: an Empirical Study", PPoPP 2014, where it does as well as bounded
// search.
class RandomWalkStrategy final : public Strategy {
 public:
  struct Options {
    uint64_t seed = 0;
  };
  explicit RandomWalkStrategy(const Options& options);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;

 private:
  const uint64_t seed_;
  FastRng rng_{0};
  ValueDraw values_{ValueDraw::Oddity::kOften};
};

// Returns an index into `runnable`, all alike but for kTimerTask.
inline uint32_t DrawTask(std::span<const TaskId> runnable, FastRng& rng,
                         ValueDraw& values) {
  const auto last = static_cast<uint32_t>(runnable.size() - 1);
  const auto pick = static_cast<uint32_t>(rng.UpTo(last));
  if (runnable[pick] != kTimerTask) return pick;
  if (last == 0 || values.LetsTimePass()) return pick;
  const auto other = static_cast<uint32_t>(rng.UpTo(last - 1));
  return other < pick ? other : other + 1;
}

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_RANDOM_WALK_STRATEGY_H_

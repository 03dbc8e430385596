// Partial order sampling: priorities of events, drawn anew where they race.
#ifndef FOZZY_SIM_CORE_POS_STRATEGY_H_
#define FOZZY_SIM_CORE_POS_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/base/fast_rng.h"
#include "sim/core/arena.h"
#include "sim/core/arena_vector.h"
#include "sim/core/value_draw.h"

namespace fozzy {

// What each task is about to do has a random priority, and the highest goes
// first.  When it has, all that race with it (IsRacing) draw anew, so that the
// order of racing events is settled by fresh draws, and that of others costs
// nothing: partial orders are sampled more evenly than interleavings are.
//
// Deviations from the paper:
//   * The priority of kTimerTask is a draw divided by 2^s, with s from 2 to 8
//     drawn for the run.
//   * Fences race with nothing; the paper has no weak memory.  Stale reads
//     happen often (see ValueDraw).
//
// A question costs O(n) for n runnable tasks.  `pending` is read; Executed is
// needed to know which events are new.
//
// Source: Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling", CAV 2018.
class PosStrategy final : public Strategy {
 public:
  struct Options {
    uint64_t seed = 0;
  };
  PosStrategy(const Options& options, Arena& arena);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  bool WantsOps() const override { return true; }
  void Executed(const Op& op) override;

 private:
  uint64_t PriorityOf(TaskId task);
  void DrawAnewWhatRaces(const TaskChoice& choice, const Op& op);

  const uint64_t seed_;
  FastRng rng_{0};
  uint32_t timer_shift_ = 0;
  ArenaVector<uint64_t> priorities_;  // by task; 0: to be drawn
  ValueDraw values_{ValueDraw::Oddity::kOften};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_POS_STRATEGY_H_

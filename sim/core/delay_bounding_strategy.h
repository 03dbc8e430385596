// A few delays on an otherwise fixed schedule.
#ifndef FOZZY_SIM_CORE_DELAY_BOUNDING_STRATEGY_H_
#define FOZZY_SIM_CORE_DELAY_BOUNDING_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/core/rare_points.h"
#include "sim/core/run_shape.h"
#include "sim/core/value_draw.h"

namespace fozzy {

// A task runs until it cannot; then comes the runnable one with the next higher
// id, after the last one the first.  At `delays` questions, drawn for the run,
// whose turn it is is passed over for the next.  A question that is drawn twice
// passes two.
//
// Deviations from the paper:
//   * It enumerates all placements of delays, this draws one for each run: one
//     in k^delays, with k questions.  k is options.shape.questions, or drawn
//     for the run (see LengthOrDraw).
//   * kTimerTask is never anybody's next.  A delay may let a deadline pass
//     instead (see ValueDraw), and does if nobody else is runnable.
//   * Stale reads are rare events with a budget of their own (see ValueDraw).
//
// Source: Emmi, Qadeer, Rakamaric, "Delay-Bounded Scheduling", POPL 2011.
class DelayBoundingStrategy final : public Strategy {
 public:
  struct Options {
    uint64_t seed = 0;
    uint32_t delays = 2;  // at most RarePoints::kMax
    RunShape shape = {};
  };
  explicit DelayBoundingStrategy(const Options& options);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;

 private:
  uint32_t Delay(const TaskChoice& choice, uint32_t index);

  const uint64_t seed_;
  const uint32_t delays_;
  const uint64_t questions_max_;
  RarePoints points_;
  TaskId running_ = {};  // never the timer's
  ValueDraw values_{ValueDraw::Oddity::kRarely};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DELAY_BOUNDING_STRATEGY_H_

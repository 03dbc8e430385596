// A few preemptions, and any task where the current one cannot go on.
#ifndef FOZZY_SIM_CORE_PREEMPTION_BOUNDING_STRATEGY_H_
#define FOZZY_SIM_CORE_PREEMPTION_BOUNDING_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/base/fast_rng.h"
#include "sim/core/rare_points.h"
#include "sim/core/run_shape.h"
#include "sim/core/value_draw.h"

namespace fozzy {

// A task runs until it cannot; then all runnable ones are alike.  At up to
// `preemptions` of the questions at which it could go on, drawn for the run,
// another one, all alike, takes its place.
//
// Deviations from the paper:
//   * It enumerates all runs within the bound, this draws one.  k, from which
//     points are drawn, is options.shape.questions, or drawn for the run (see
//     LengthOrDraw); points that coincide are one preemption.
//   * An early deadline counts as a preemption, and stands back most of the
//     times it is drawn (see ValueDraw).
//   * Stale reads are rare events with a budget of their own (see ValueDraw).
//
// Source: Musuvathi, Qadeer, "Iterative Context Bounding for Systematic Testing
// of Multithreaded Programs" (CHESS), PLDI 2007.
class PreemptionBoundingStrategy final : public Strategy {
 public:
  struct Options {
    uint64_t seed = 0;
    uint32_t preemptions = 2;  // at most RarePoints::kMax
    RunShape shape = {};
  };
  explicit PreemptionBoundingStrategy(const Options& options);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;

 private:
  uint32_t PickAnother(const TaskChoice& choice, uint32_t own);

  const uint64_t seed_;
  const uint32_t preemptions_;
  const uint64_t questions_max_;
  FastRng rng_{0};
  RarePoints points_;
  TaskId running_ = {};  // never the timer's
  ValueDraw values_{ValueDraw::Oddity::kRarely};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_PREEMPTION_BOUNDING_STRATEGY_H_

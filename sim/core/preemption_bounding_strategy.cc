#include "sim/core/preemption_bounding_strategy.h"

#include <algorithm>

#include "sim/core/random_walk_strategy.h"
#include "sim/core/run_length.h"
#include "sim/core/run_rng.h"
#include "sim/core/task_cycle.h"

namespace fozzy {
namespace {

constexpr uint64_t kLabel = LabelOf("preempt");

}  // namespace

PreemptionBoundingStrategy::PreemptionBoundingStrategy(const Options& options)
    : seed_(options.seed),
      preemptions_(options.preemptions),
      questions_max_(options.shape.questions) {}

bool PreemptionBoundingStrategy::Begin(uint64_t run_index) {
  rng_ = RunRng(kLabel, seed_, run_index);
  points_.Begin(preemptions_, LengthOrDraw(questions_max_, rng_), rng_);
  running_ = {};
  values_.Begin(rng_);
  return true;
}

uint32_t PreemptionBoundingStrategy::PickTask(const TaskChoice& choice) {
  if (choice.current != kTimerTask) running_ = choice.current;
  uint32_t pick = IndexOf(choice, running_);
  if (pick == kNotRunnable) {
    pick = DrawTask(choice.runnable, rng_, values_);
  } else if (points_.Pass() != 0) {
    pick = PickAnother(choice, pick);
  }
  if (choice.runnable[pick] != kTimerTask) running_ = choice.runnable[pick];
  return pick;
}

uint32_t PreemptionBoundingStrategy::PickAnother(const TaskChoice& choice,
                                                 uint32_t own) {
  const auto others = static_cast<uint32_t>(choice.runnable.size() - 1);
  uint32_t pick = static_cast<uint32_t>(rng_.UpTo(others - 1));
  pick += pick >= own;
  if (choice.runnable[pick] != kTimerTask) return pick;
  if (others == 1 || values_.LetsTimePass()) return pick;
  const uint32_t low = std::min(own, pick);
  const uint32_t high = std::max(own, pick);
  pick = static_cast<uint32_t>(rng_.UpTo(others - 2));
  pick += pick >= low;
  pick += pick >= high;
  return pick;
}

uint64_t PreemptionBoundingStrategy::PickValue(const ValueChoice& choice) {
  return values_.Pick(choice);
}

}  // namespace fozzy

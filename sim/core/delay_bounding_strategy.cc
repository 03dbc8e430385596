#include "sim/core/delay_bounding_strategy.h"

#include "sim/core/run_length.h"
#include "sim/core/run_rng.h"
#include "sim/core/task_cycle.h"

namespace fozzy {
namespace {

constexpr uint64_t kLabel = LabelOf("delay");

// As NextInCycle, but the timer is passed over.
uint32_t NextTask(const TaskChoice& choice, TaskId task) {
  const uint32_t next = NextInCycle(choice, task);
  if (choice.runnable[next] != kTimerTask) return next;
  return NextInCycle(choice, kTimerTask);
}

}  // namespace

DelayBoundingStrategy::DelayBoundingStrategy(const Options& options)
    : seed_(options.seed),
      delays_(options.delays),
      questions_max_(options.shape.questions) {}

bool DelayBoundingStrategy::Begin(uint64_t run_index) {
  FastRng rng = RunRng(kLabel, seed_, run_index);
  points_.Begin(delays_, LengthOrDraw(questions_max_, rng), rng);
  running_ = {};
  values_.Begin(rng);
  return true;
}

uint32_t DelayBoundingStrategy::PickTask(const TaskChoice& choice) {
  if (choice.current != kTimerTask) running_ = choice.current;
  uint32_t pick = IndexOf(choice, running_);
  if (pick == kNotRunnable) pick = NextTask(choice, running_);
  for (uint32_t delays = points_.Pass(); delays > 0; --delays) {
    pick = Delay(choice, pick);
    if (choice.runnable[pick] == kTimerTask) return pick;
  }
  running_ = choice.runnable[pick];
  return pick;
}

uint32_t DelayBoundingStrategy::Delay(const TaskChoice& choice,
                                      uint32_t index) {
  const uint32_t timer = IndexOf(choice, kTimerTask);
  const uint32_t next = NextTask(choice, choice.runnable[index]);
  if (timer == kNotRunnable) return next;
  return next == index || values_.LetsTimePass() ? timer : next;
}

uint64_t DelayBoundingStrategy::PickValue(const ValueChoice& choice) {
  return values_.Pick(choice);
}

}  // namespace fozzy

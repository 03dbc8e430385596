#include "sim/core/pct_strategy.h"

#include "sim/base/check.h"
#include "sim/core/run_length.h"
#include "sim/core/run_rng.h"

namespace fozzy {
namespace {

constexpr uint64_t kLabel = LabelOf("pct");
constexpr uint64_t kNever = ~uint64_t{0};
// Above all levels of the demoted.
constexpr uint64_t kFresh = uint64_t{1} << 63;
constexpr uint64_t kGolden = 0x9e3779b97f4a7c15;
constexpr uint64_t kTimerIn = 4;  // one run in so many

}  // namespace

PctStrategy::PctStrategy(const Options& options)
    : seed_(options.seed),
      questions_max_(options.shape.questions),
      changes_(options.depth - 1) {
  FOZZY_CHECK(options.depth >= 1);
  FOZZY_CHECK(options.depth <= kDepthMax);
}

bool PctStrategy::Begin(uint64_t run_index) {
  FastRng rng = RunRng(kLabel, seed_, run_index);
  key_ = rng.Next();
  is_timer_in_ = rng.UpTo(kTimerIn - 1) == 0;
  const uint64_t length = LengthOrDraw(questions_max_, rng);
  for (uint32_t i = 0; i < changes_; ++i) {
    change_[i] = {rng.UpTo(length - 1), kNobody};
  }
  question_ = 0;
  highest_ = {kNobody};
  wakes_ = 0;
  FindNextChange();
  values_.Begin(rng);
  return true;
}

uint32_t PctStrategy::PickTask(const TaskChoice& choice) {
  const uint64_t question = question_++;
  if (question == next_change_) return PickAtChange(choice);
  // What could have outrun the current task has not become runnable.
  if (choice.runnable[0] == highest_ && choice.wakes == wakes_) return 0;
  const uint32_t pick = Highest(choice);
  highest_ = choice.runnable[pick];
  wakes_ = choice.wakes;
  return pick;
}

uint64_t PctStrategy::PickValue(const ValueChoice& choice) {
  return values_.Pick(choice);
}

uint64_t PctStrategy::PriorityOf(TaskId task) const {
  for (uint32_t i = 0; i < changes_; ++i) {
    if (change_[i].demoted == task.value) return i + 1;
  }
  if (task == kTimerTask && !is_timer_in_) return 0;
  return FreshPriorityOf(task);
}

// Number `task` of the stream that starts at key_.
uint64_t PctStrategy::FreshPriorityOf(TaskId task) const {
  return kFresh | FastRng::FromState(key_ + task.value * kGolden).Next() >> 1;
}

uint32_t PctStrategy::Highest(const TaskChoice& choice) const {
  uint32_t best = 0;
  uint64_t best_priority = PriorityOf(choice.runnable[0]);
  for (uint32_t i = 1; i < choice.runnable.size(); ++i) {
    // Nobody is above what it started with.
    if (FreshPriorityOf(choice.runnable[i]) <= best_priority) continue;
    const uint64_t priority = PriorityOf(choice.runnable[i]);
    if (priority <= best_priority) continue;
    best = i;
    best_priority = priority;
  }
  return best;
}

uint32_t PctStrategy::PickAtChange(const TaskChoice& choice) {
  for (uint32_t i = 0; i < changes_; ++i) {
    if (change_[i].question != next_change_) continue;
    Demote(choice.runnable[Highest(choice)], i);
    change_[i].question = kNever;
  }
  FindNextChange();
  const uint32_t pick = Highest(choice);
  highest_ = choice.runnable[pick];
  wakes_ = choice.wakes;
  return pick;
}

void PctStrategy::Demote(TaskId task, uint32_t level) {
  for (uint32_t i = 0; i < changes_; ++i) {
    if (change_[i].demoted == task.value) change_[i].demoted = kNobody;
  }
  change_[level].demoted = task.value;
}

void PctStrategy::FindNextChange() {
  next_change_ = kNever;
  for (uint32_t i = 0; i < changes_; ++i) {
    if (change_[i].question < next_change_) next_change_ = change_[i].question;
  }
}

}  // namespace fozzy

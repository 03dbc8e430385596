#include "sim/core/pos_strategy.h"

#include "sim/core/racing.h"
#include "sim/core/run_rng.h"

namespace fozzy {
namespace {

constexpr uint64_t kLabel = LabelOf("pos");
constexpr uint32_t kTimerShiftMin = 2;
constexpr uint64_t kTimerShiftSpread = 6;

}  // namespace

PosStrategy::PosStrategy(const Options& options, Arena& arena)
    : seed_(options.seed), priorities_(arena) {}

bool PosStrategy::Begin(uint64_t run_index) {
  rng_ = RunRng(kLabel, seed_, run_index);
  timer_shift_ =
      kTimerShiftMin + static_cast<uint32_t>(rng_.UpTo(kTimerShiftSpread));
  priorities_.clear();
  values_.Begin(rng_);
  return true;
}

uint32_t PosStrategy::PickTask(const TaskChoice& choice) {
  if (priorities_.size() < choice.pending.size()) {
    priorities_.resize(choice.pending.size());
  }
  uint32_t best = 0;
  uint64_t best_priority = 0;
  for (uint32_t i = 0; i < choice.runnable.size(); ++i) {
    const uint64_t priority = PriorityOf(choice.runnable[i]);
    if (priority <= best_priority) continue;
    best = i;
    best_priority = priority;
  }
  const TaskId picked = choice.runnable[best];
  DrawAnewWhatRaces(choice, choice.pending[picked.value]);
  return best;
}

uint64_t PosStrategy::PickValue(const ValueChoice& choice) {
  return values_.Pick(choice);
}

void PosStrategy::Executed(const Op& op) {
  if (op.task.value < priorities_.size()) priorities_[op.task.value] = 0;
}

uint64_t PosStrategy::PriorityOf(TaskId task) {
  uint64_t& priority = priorities_[task.value];
  if (priority == 0) {
    const uint32_t shift = task == kTimerTask ? timer_shift_ : 0;
    priority = (rng_.Next() >> shift) | 1;
  }
  return priority;
}

void PosStrategy::DrawAnewWhatRaces(const TaskChoice& choice, const Op& op) {
  if (!HasObject(op.kind)) return;
  for (const TaskId task : choice.runnable) {
    if (IsRacing(op, choice.pending[task.value])) priorities_[task.value] = 0;
  }
}

}  // namespace fozzy

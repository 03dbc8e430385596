#include "sim/core/surw_strategy.h"

#include "sim/base/check.h"
#include "sim/core/racing.h"
#include "sim/core/run_rng.h"
#include "sim/core/task_cycle.h"

namespace fozzy {
namespace {

constexpr uint64_t kSelectiveLabel = LabelOf("surw");
constexpr uint64_t kUniformLabel = LabelOf("urw");
constexpr uint64_t kObjectShiftMax = 4;

}  // namespace

SurwStrategy::SurwStrategy(const Options& options, Arena& arena)
    : seed_(options.seed),
      is_selective_(options.is_selective),
      shape_(options.shape),
      totals_(arena),
      left_(arena) {}

bool SurwStrategy::Begin(uint64_t run_index) {
  rng_ =
      RunRng(is_selective_ ? kSelectiveLabel : kUniformLabel, seed_, run_index);
  intended_ = {kNobody};
  ChooseObjects();
  CountOps();
  AddDescendants();
  values_.Begin(rng_);
  return true;
}

void SurwStrategy::ChooseObjects() {
  objects_key_ = rng_.Next();
  object_shift_ = static_cast<uint32_t>(rng_.UpTo(kObjectShiftMax));
  if (shape_.shared.empty()) return;
  uint64_t objects = 1;
  for (size_t i = 1; i < shape_.shared.size(); ++i) {
    objects += shape_.shared[i].object != shape_.shared[i - 1].object;
  }
  uint64_t chosen = rng_.UpTo(objects - 1);
  object_ = shape_.shared[0].object;
  for (const RunShape::SharedOps& use : shape_.shared) {
    if (use.object == object_) continue;
    if (chosen-- == 0) break;
    object_ = use.object;
  }
}

void SurwStrategy::CountOps() {
  totals_.clear();
  if (shape_.tasks.empty()) return;
  totals_.resize(shape_.tasks.back().task.value + 1);
  if (is_selective_) {
    for (const RunShape::SharedOps& use : shape_.shared) {
      if (use.object != object_) continue;
      FOZZY_CHECK(use.task.value < totals_.size());
      totals_[use.task.value] = use.ops;
    }
    return;
  }
  for (const RunShape::TaskOps& task : shape_.tasks) {
    if (task.task != kTimerTask) totals_[task.task.value] = task.ops;
  }
}

// Children have greater ids than their parents.
void SurwStrategy::AddDescendants() {
  left_.clear();
  for (size_t i = shape_.tasks.size(); i-- > 0;) {
    const RunShape::TaskOps& task = shape_.tasks[i];
    if (task.parent.value >= task.task.value) continue;
    totals_[task.parent.value] += totals_[task.task.value];
  }
  for (const uint64_t total : totals_) left_.push_back(total);
}

uint32_t SurwStrategy::PickTask(const TaskChoice& choice) {
  const uint32_t timer = IndexOf(choice, kTimerTask);
  if (timer != kNotRunnable && rng_.UpTo(choice.runnable.size() - 1) == 0 &&
      values_.LetsTimePass()) {
    return timer;
  }
  if (IndexOf(choice, intended_) == kNotRunnable) DrawIntended(choice);
  const uint32_t pick = PickOneThatGoesOn(choice);
  if (pick != kNotRunnable) return pick;
  DrawIntended(choice);
  return PickOneThatGoesOn(choice);
}

uint64_t SurwStrategy::PickValue(const ValueChoice& choice) {
  return values_.Pick(choice);
}

void SurwStrategy::Executed(const Op& op) {
  if (op.kind == OpKind::kSpawn && op.object < left_.size() &&
      op.task.value < left_.size()) {
    uint64_t& left = left_[op.task.value];
    const uint64_t child = totals_[op.object];
    left -= left < child ? left : child;
  }
  if (!IsInteresting(op)) return;
  intended_ = {kNobody};
  if (op.task.value < left_.size() && left_[op.task.value] != 0) {
    --left_[op.task.value];
  }
}

bool SurwStrategy::IsInteresting(const Op& op) const {
  if (!is_selective_) return true;
  if (!HasObject(op.kind) || IsOfTask(op.kind)) return false;
  if (!shape_.shared.empty()) return op.object == object_;
  const uint64_t hash = FastRng(objects_key_, op.object).Next();
  return (hash & ((uint64_t{1} << object_shift_) - 1)) == 0;
}

uint64_t SurwStrategy::WeightNow(const TaskChoice& choice, TaskId task) const {
  if (task == kTimerTask) return 0;
  if (task.value < left_.size() && left_[task.value] != 0) {
    return left_[task.value];
  }
  return IsInteresting(choice.pending[task.value]) ? 1 : 0;
}

void SurwStrategy::DrawIntended(const TaskChoice& choice) {
  uint64_t sum = 0;
  for (const TaskId task : choice.runnable) sum += WeightNow(choice, task);
  intended_ = {kNobody};
  if (sum == 0) return;
  uint64_t rest = rng_.UpTo(sum - 1);
  for (const TaskId task : choice.runnable) {
    const uint64_t weight = WeightNow(choice, task);
    if (rest < weight) {
      intended_ = task;
      return;
    }
    rest -= weight;
  }
}

bool SurwStrategy::IsStopped(const TaskChoice& choice, TaskId task) const {
  if (task == intended_) return false;
  return task == kTimerTask || IsInteresting(choice.pending[task.value]);
}

// Returns kNotRunnable if all have stopped.
uint32_t SurwStrategy::PickOneThatGoesOn(const TaskChoice& choice) {
  uint64_t going = 0;
  for (const TaskId task : choice.runnable) going += !IsStopped(choice, task);
  if (going == 0) return kNotRunnable;
  uint64_t rest = rng_.UpTo(going - 1);
  for (uint32_t i = 0; i < choice.runnable.size(); ++i) {
    if (IsStopped(choice, choice.runnable[i])) continue;
    if (rest-- == 0) return i;
  }
  return kNotRunnable;
}

}  // namespace fozzy

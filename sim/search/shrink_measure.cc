#include "sim/search/shrink_measure.h"

#include "sim/base/check.h"

namespace fozzy {
namespace {

// Whether taking the turn from the task that ran until now is against its
// will.
bool IsPreemption(const TaskChoice& choice) {
  if (choice.runnable[0] != choice.current) return false;
  const uint32_t current = choice.current.value;
  return current >= choice.pending.size() ||
         choice.pending[current].kind != OpKind::kYield;
}

}  // namespace

bool IsFaultKind(ChoiceKind kind) {
  switch (kind) {
    case ChoiceKind::kDrop:
    case ChoiceKind::kFault:
    case ChoiceKind::kReadsFrom:
    case ChoiceKind::kPlace:
    case ChoiceKind::kSpurious:
    case ChoiceKind::kWake:
    case ChoiceKind::kDeadline:
      return true;
    case ChoiceKind::kTask:
    case ChoiceKind::kRandom:
    case ChoiceKind::kDeliver:
    case ChoiceKind::kProgress:
      return false;
  }
  return false;
}

bool IsOrderKind(ChoiceKind kind) {
  return kind == ChoiceKind::kTask || kind == ChoiceKind::kDeliver ||
         kind == ChoiceKind::kProgress;
}

MeasuringStrategy::MeasuringStrategy(const Options& options)
    : inner_(*options.inner), points_max_(options.points_max) {
  FOZZY_CHECK(options.inner != nullptr);
}

bool MeasuringStrategy::Begin(uint64_t run_index) {
  decisions_ = 0;
  measure_ = {};
  return inner_.Begin(run_index);
}

uint32_t MeasuringStrategy::PickTask(const TaskChoice& choice) {
  if (choice.point > points_max_) return kAbandon;
  const uint32_t index = inner_.PickTask(choice);
  if (index == kAbandon) return kAbandon;
  if (choice.runnable[index] != choice.current) {
    ++measure_.switches;
    if (IsPreemption(choice)) ++measure_.preemptions;
  }
  Count(index);
  return index;
}

uint64_t MeasuringStrategy::PickValue(const ValueChoice& choice) {
  const uint64_t answer = inner_.PickValue(choice);
  if (answer != 0) {
    ++(IsFaultKind(choice.kind) ? measure_.faults : measure_.values);
  }
  Count(answer);
  return answer;
}

void MeasuringStrategy::Count(uint64_t answer) {
  ++decisions_;
  if (answer == 0) return;
  measure_.sum_low += answer;
  if (measure_.sum_low < answer) ++measure_.sum_high;
  measure_.places += decisions_;
}

}  // namespace fozzy

#include "scenarios/delivery_strategy.h"

namespace fozzy {

bool DeliveryStrategy::Begin(uint64_t run_index) {
  points_ = 0;
  current_ = {};
  pending_.clear();
  return inner_.Begin(run_index);
}

uint32_t DeliveryStrategy::PickTask(const TaskChoice& choice) {
  return inner_.PickTask(choice);
}

uint64_t DeliveryStrategy::PickValue(const ValueChoice& choice) {
  if (choice.offers.empty()) return inner_.PickValue(choice);
  runnable_.clear();
  // The script, task 0, comes first, as the current task has to: a message is
  // not runnable again once it was delivered.
  for (const Op& op : choice.offers) {
    runnable_.push_back(op.task);
    if (op.task.value >= pending_.size()) pending_.resize(op.task.value + 1);
    pending_[op.task.value] = op;
  }
  // What became runnable is not followed: it may have.
  const uint64_t wakes = ++points_;
  const uint32_t pick = inner_.PickTask({.runnable = runnable_,
                                         .pending = pending_,
                                         .point = points_,
                                         .current = current_,
                                         .wakes = wakes});
  if (pick == kAbandon) return 0;
  current_ = runnable_[pick];
  if (inner_.WantsOps()) inner_.Executed(choice.offers[pick]);
  return pick;
}

}  // namespace fozzy

// Forked branches and those who wait for them.
#include <algorithm>
#include <new>

#include "kernels/reactive/scheduler.h"

namespace fozzy::reactive {

uint32_t Scheduler::Fork(Frame& frame) {
  JoinPoint* const join = ::new (pool_.Allocate(sizeof(JoinPoint))) JoinPoint;
  join->remaining = 1;
  join->thread = ++threads_made_;
  threads_.push_back({join->thread, join});
  Start(frame, *running_->scope, *running_->gate, join);
  return join->thread;
}

JoinPoint* Scheduler::FindThread(uint32_t id) {
  const auto found = std::lower_bound(
      threads_.begin(), threads_.end(), id,
      [](const Thread& thread, uint32_t wanted) { return thread.id < wanted; });
  if (found == threads_.end() || found->id != id) return nullptr;
  return found->join;
}

void Scheduler::Ended(JoinPoint& join, ReadyQueue& to) {
  if (--join.remaining > 0) return;
  join.waiters.ForEach([](Branch& branch) { branch.wait = Wait::kPause; });
  to.TakeAll(join.waiters);
  if (join.thread != 0) EndThread(join);
}

void Scheduler::EndThread(JoinPoint& join) {
  const auto found = std::lower_bound(
      threads_.begin(), threads_.end(), join.thread,
      [](const Thread& thread, uint32_t wanted) { return thread.id < wanted; });
  found->join = nullptr;
  join.~JoinPoint();
  pool_.Release(&join, sizeof(JoinPoint));
  if (++threads_ended_ <= threads_.size() / 2) return;
  // As many are kept as are swept: a constant amount of work each.
  std::erase_if(threads_,
                [](const Thread& thread) { return thread.join == nullptr; });
  threads_ended_ = 0;
}

}  // namespace fozzy::reactive

#include "kernels/reactive/scheduler.h"

#include <algorithm>

#include "kernels/reactive/process.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {

void Scheduler::BeginInstant() {
  ++instant_;
  root_.passable = instant_;
  root_.present = instant_;
  steps_ = 0;
  steps_limit_ = steps_max_;
  turns_.clear();
  current_.TakeAll(next_);
  // What could not run in the last instant wants to in this one.
  current_.TakeAll(asking_);
}

bool Scheduler::React() {
  do {
    if (!Drain()) return false;
  } while (!asking_.empty() && Decide());
  return true;
}

bool Scheduler::Drain() {
  if (order_ != nullptr) return DrainInOrder();
  while (!current_.at_end() && !finding_) {
    Branch* const branch = current_.Next();
    if (branch == nullptr) continue;
    if (branch->gate->passable == instant_ || IsPassable(*branch)) {
      RunBranch(*branch);
    }
  }
  return !finding_;
}

bool Scheduler::DrainInOrder() {
  while (!current_.empty() && !finding_) {
    const size_t count = current_.count();
    Branch& branch = current_.Take(count > 1 ? order_->PickReady(count) : 0);
    if (branch.gate->passable == instant_ || IsPassable(branch)) {
      RunBranch(branch);
    }
  }
  return !finding_;
}

void Scheduler::RunBranch(Branch& branch) {
  running_ = &branch;
  for (;;) {
    if (!TakeStep()) [[unlikely]] {
      return;
    }
    action_ = Action::kWait;
    HandleOf(*branch.top).resume();
    if (action_ == Action::kWait) return;
    if (action_ == Action::kGoOn) continue;
    // Nobody goes on behind an exception.
    if (finding_) return;
    if (branch.top->parent == nullptr) {
      EndBranch(branch);
      return;
    }
    Return(branch);
  }
}

void Scheduler::Return(Branch& branch) {
  Frame& frame = *branch.top;
  branch.top = frame.parent;
  HandleOf(frame).destroy();
}

void Scheduler::EndBranch(Branch& branch) {
  JoinPoint* const join = branch.join;
  Scope* const scope = branch.scope;
  Leave<MemberTag>(branch);
  HandleOf(*branch.top).destroy();
  ReleaseIfDone(*scope);
  if (join != nullptr) Ended(*join, current_);
}

Branch& Scheduler::Start(Frame& frame, Scope& scope, Gate& gate,
                         JoinPoint* join) {
  frame.branch = &frame;
  frame.top = &frame;
  frame.scheduler = this;
  frame.scope = &scope;
  frame.gate = &gate;
  frame.join = join;
  frame.id = ++branches_made_;
  scope.members.PushBack(frame);
  current_.Push(frame);
  return frame;
}

void Scheduler::Call(Frame& caller, Frame& callee) {
  callee.branch = caller.branch;
  callee.parent = &caller;
  caller.branch->top = &callee;
  GoOn();
}

}  // namespace fozzy::reactive

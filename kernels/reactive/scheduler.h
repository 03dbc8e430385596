// The machine below the statements: queues, gates, scopes.  Users meet the
// Reactor, which owns one, and the statements, which call it.
//
// Idea.  A branch that can run lies in `current`, one that paused in `next`.
// Every other one lies in exactly one list of what it waits for, a signal, a
// gate, a JoinPoint; all in FIFO order.  So an instant costs what runs in it,
// and nothing for those that wait.
#ifndef FOZZY_KERNELS_REACTIVE_SCHEDULER_H_
#define FOZZY_KERNELS_REACTIVE_SCHEDULER_H_

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <vector>

#include "kernels/reactive/branch.h"
#include "kernels/reactive/frame_pool.h"
#include "kernels/reactive/order.h"
#include "kernels/reactive/reactive_finding.h"
#include "kernels/reactive/ready_queue.h"

namespace fozzy::reactive {

// Steps that an instant may take, unless told otherwise.
inline constexpr uint64_t kStepsMax = 10'000'000;

class Scheduler {
 public:
  Scheduler(uint64_t steps_max, Order* order, std::pmr::memory_resource* memory)
      : pool_(memory),
        order_(order),
        current_(memory),
        next_(memory),
        steps_max_(steps_max) {}
  // Destroys what is left of all processes, as when a scope is ended.
  ~Scheduler() { Clear(); }
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  void Clear() { DestroyInside(root_); }

  // An instant is BeginInstant, emissions by the host, React, EndInstant.
  void BeginInstant();
  // Runs until nothing is ready.  Returns false if there is a finding: nothing
  // runs any more.
  bool React();
  // Ends the bodies of watch, hands values of aggregates on.
  void EndInstant() {
    if (!finishing_.empty()) Finish();
  }
  // Whether something runs in the next instant even if the host is silent.
  bool HasNext() { return !next_.empty() || !asking_.empty(); }

  FramePool& pool() { return pool_; }
  Order* order() const { return order_; }
  Gate& root() { return root_; }
  ReadyQueue& current() { return current_; }
  ReadyQueue& next() { return next_; }
  // Counts from 1: 0 is before the first.
  uint64_t instant() const { return instant_; }
  Branch& running() { return *running_; }
  const std::optional<Finding>& finding() const { return finding_; }
  // Steps that the instant has taken.
  uint64_t steps() const { return steps_; }
  uint64_t live_signals = 0;

  // Makes `frame` a branch within `scope`, ready to run.
  Branch& Start(Frame& frame, Scope& scope, Gate& gate, JoinPoint* join);
  // Calls `callee` from the running branch.
  void Call(Frame& caller, Frame& callee);
  // The running branch is to be resumed at once.
  void GoOn() { action_ = Action::kGoOn; }
  void Returned() { action_ = Action::kReturn; }
  void Pause(Branch& branch) {
    branch.wait = Wait::kPause;
    next_.Push(branch);
  }
  // Counts a step that does not suspend.  Returns false if it is one too many:
  // the branch suspends, for good.
  bool TakeStep() { return ++steps_ <= steps_limit_ || SpendStep(); }

  // The running branch goes on in `body`, inside a new scope.
  Scope& Open(ScopeKind kind, SignalBase& signal, Frame& opener, Frame& body);
  // Ends a statement whose frame has been resumed.  Returns whether its signal
  // ended it.
  bool Close(Scope& scope);

  // Ends the run.  The running branch must suspend.
  void Fail(FindingKind kind, Error error, const SignalBase* signal);
  // What the instant knows of emissions; see signal.h.
  void Appeared(SignalBase& signal);
  void FinishLater(SignalBase& signal);

  // Threads: forked branches.
  uint32_t Fork(Frame& frame);
  // Returns the thread, or null if it has ended.  Requires IsThread(id).
  JoinPoint* FindThread(uint32_t id);
  bool IsThread(uint32_t id) const { return id != 0 && id <= threads_made_; }

 private:
  enum class Action : uint8_t { kWait, kGoOn, kReturn };
  struct Turn {
    uint32_t id;
    const char* name;
  };
  struct Thread {
    uint32_t id;
    JoinPoint* join;  // null once it has ended
  };

  void Finish();
  bool Drain();
  bool DrainInOrder();
  void RunBranch(Branch& branch);
  void Return(Branch& branch);
  void EndBranch(Branch& branch);
  void Ended(JoinPoint& join, ReadyQueue& to);
  void EndThread(JoinPoint& join);
  bool SpendStep();
  std::vector<ProcessName> Ring() const;

  bool IsPassable(Branch& branch);
  bool IsAsking(const Gate& gate) const;
  bool MakePresent(Gate& guard);
  void AddGuard(Gate& guard);
  void Admit(Gate& guard);
  void AdmitOrWait(Gate& guard);
  bool Decide();
  void Unblock(Branch& branch);

  void Preempt(Scope& scope, ReadyQueue& to);
  void FirePreempts(SignalBase& signal, ScopeKind kind, ReadyQueue& to);
  void DestroyInside(Scope& scope);
  void DestroyBranch(Branch& branch);
  void LeaveFrames(Scope& scope);
  void Release(Scope& scope);
  void ReleaseIfDone(Scope& scope);

  FramePool pool_;
  Order* order_;
  ReadyQueue current_;
  ReadyQueue next_;
  BranchList asking_;  // inside abort and suspend, for absence
  List<SignalBase, struct FinishTag> finishing_;
  Gate root_{ScopeKind::kRoot};
  uint64_t instant_ = 0;
  uint64_t steps_ = 0;
  uint64_t steps_max_;
  uint64_t steps_limit_ = 0;
  Branch* running_ = nullptr;
  Action action_ = Action::kWait;
  // Whether what is destroyed now wakes those that join it in this instant.
  ReadyQueue* waking_ = &next_;
  uint32_t branches_made_ = 0;
  uint32_t threads_made_ = 0;
  std::vector<Thread> threads_;  // by id; those that have ended are swept out
  size_t threads_ended_ = 0;
  // What a function is going through; empty between calls.
  std::vector<Gate*> path_;                        // of MakePresent
  GateList admitted_;                              // of Admit
  GateList guards_;                                // of Appeared
  BranchList asked_;                               // of Decide
  BranchList decided_;                             // of Decide
  List<Scope, PreemptTag> firing_;                 // of FirePreempts
  List<SignalBase, struct FinishTag> delivering_;  // of Finish
  std::vector<Turn> turns_;                        // steps beyond the budget
  std::optional<Finding> finding_;
};

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_SCHEDULER_H_

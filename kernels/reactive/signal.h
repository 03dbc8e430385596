// What all signals have in common: presence, and those who wait for it.
#ifndef FOZZY_KERNELS_REACTIVE_SIGNAL_H_
#define FOZZY_KERNELS_REACTIVE_SIGNAL_H_

#include <cstdint>
#include <string_view>

#include "kernels/reactive/branch.h"
#include "kernels/reactive/reactive_finding.h"
#include "kernels/reactive/reactor.h"

namespace fozzy::reactive {

struct FinishTag {};  // signals: with something to do at the end of the instant

// A signal is absent at the start of each instant and can only become present
// in it.  It lies where its owner puts it, in a frame for instance, and must
// outlive the statements that name it, except that those who wait for it when
// it ends wait for ever.
class SignalBase : public Link<FinishTag> {
 public:
  SignalBase(const SignalBase&) = delete;
  SignalBase& operator=(const SignalBase&) = delete;

  // As given, or "".
  std::string_view name() const { return name_; }
  Scheduler& scheduler() const { return scheduler_; }

  // The rest is for the runtime.

  // Whether anything waits for it, so that the host can make it react.
  bool IsHeard() { return !(waiters_.empty() && NobodyReacts()); }
  bool IsPresent() const { return emitted_ == scheduler_.instant(); }
  bool IsFrozen() const { return frozen_ == scheduler_.instant(); }
  // Its absence in this instant is relied on: it can no longer be emitted.
  void Freeze() { frozen_ = scheduler_.instant(); }
  GateList& guards() { return guards_; }
  List<Scope, PreemptTag>& preempts() { return preempts_; }
  BranchList& waiters() { return waiters_; }

  // Called at the end of an instant in which it was emitted, for signals that
  // asked for it.
  virtual void Deliver() {}

 protected:
  SignalBase(Reactor& reactor, std::string_view name)
      : name_(name), scheduler_(reactor.scheduler()) {
    ++scheduler_.live_signals;
  }
  ~SignalBase();

  // Whether emission needs no more than presence and waiters.
  bool NobodyReacts() const { return guards_.empty() && preempts_.empty(); }
  void Announce();
  void MakePresent() { emitted_ = scheduler_.instant(); }
  void AddWaiter(Frame& frame, Waiting& waiting) {
    Branch& branch = *frame.branch;
    waiting.signal = this;
    branch.waiting = &waiting;
    branch.wait = Wait::kSignal;
    waiters_.PushBack(branch);
  }

  BranchList waiters_;

 private:
  std::string_view name_;
  Scheduler& scheduler_;
  uint64_t emitted_ = 0;  // the last instant, from 1, in which it was
  uint64_t frozen_ = 0;   // likewise
  GateList guards_;
  List<Scope, PreemptTag> preempts_;  // of watch and abort
};

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_SIGNAL_H_

// Runs reactive programs instant by instant.
//
//   Reactor reactor;
//   const Outcome outcome = reactor.Run(Main(reactor), {.instants_max = 100});
#ifndef FOZZY_KERNELS_REACTIVE_REACTOR_H_
#define FOZZY_KERNELS_REACTIVE_REACTOR_H_

#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <string>
#include <vector>

#include "kernels/reactive/order.h"
#include "kernels/reactive/reactive_finding.h"
#include "kernels/reactive/scheduler.h"

namespace fozzy::reactive {

class Process;

// What one sees of a reactor between two instants.
struct Snapshot {
  uint64_t instant = 0;  // that has just ended, from 0
  uint64_t current = 0;  // branches that are ready: none, after a reaction
  uint64_t blocked = 0;  // branches that wait for a guard
  uint64_t next = 0;     // branches that run in the next instant
  uint64_t waiting = 0;  // branches that wait for an emission
  uint64_t joining = 0;  // branches that wait for others to end
  uint64_t signals = 0;  // signals there are, used or not

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

// A process and what it waits for.
struct ProcessState {
  ProcessName process;
  Wait wait = Wait::kReady;
  std::string signal;  // of Wait::kSignal and kGuard; "" if it has no name

  friend bool operator==(const ProcessState&, const ProcessState&) = default;
};

enum class Ending : uint8_t {
  kFinished,  // all processes have ended
  kStuck,     // those that are left can never react
  kBudget,    // instants_max instants have passed
  kFailed,    // see the finding
};

struct Outcome {
  Ending ending = Ending::kFinished;
  uint64_t instants = 0;           // that passed
  std::optional<Finding> finding;  // of kFailed
};

// What the outside world says in an instant.
enum class Hearing : uint8_t {
  kOpen,    // it may say something in a later instant
  kClosed,  // it will not say anything any more
};

// The outside of a run.  All members may be empty.
struct RunOptions {
  uint64_t instants_max = ~uint64_t{0};
  // Called at the start of each instant, to emit inputs by Send.
  std::function<Hearing(uint64_t instant)> hear = {};
  // Whether a process waits for what `hear` can still emit.
  std::function<bool()> is_awaited = {};
  // Called when nothing is ready any more, signals still being present.
  std::function<void(uint64_t instant)> tell = {};
  // Called at the end of each instant.
  std::function<void(const Snapshot&)> inspect = {};
};

// One reactive program.  A reactor shares nothing with others: each may run on
// a thread of its own, but one at a time.
//
// Processes that have not ended are destroyed by Clear or with the reactor, and
// what their destructors use must live until then.  Signals need not.
class Reactor {
 public:
  struct Options {
    // An instant that takes more steps is a livelock.
    uint64_t steps_max = kStepsMax;
    // Not owned; null: FIFO throughout.
    Order* order = nullptr;
    // Where frames come from; not owned.
    std::pmr::memory_resource* memory = std::pmr::new_delete_resource();
  };

  Reactor() : Reactor(Options{}) {}
  explicit Reactor(const Options& options)
      : scheduler_(options.steps_max, options.order, options.memory) {}

  // Starts `main`, and runs it with what a run before has left.
  Outcome Run(Process main, const RunOptions& options = {});
  // Goes on with what a run before has left, unless it failed.
  Outcome GoOn(const RunOptions& options = {});

  // Destroys all processes: those of a body before what opened it, else the
  // newest first, and of each the innermost call first.
  void Clear() { scheduler_.Clear(); }

  // Instants that have passed.
  uint64_t instants() const { return scheduler_.instant(); }
  Snapshot Inspect();
  // Returns the processes there are, in the order in which scopes hold them:
  // creation, those of a body behind what opened it.
  std::vector<ProcessState> Processes();

  // For statements and signals.
  Scheduler& scheduler() { return scheduler_; }

 private:
  Outcome End(Ending ending, uint64_t first) const;

  Scheduler scheduler_;
};

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_REACTOR_H_

// A machine for concurrent programs whose tasks look at what they read: what
// exhaustive search is tested on.
#ifndef FOZZY_SIM_CORE_TESTING_TOY_MACHINE_H_
#define FOZZY_SIM_CORE_TESTING_TOY_MACHINE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "fozzy/strategy.h"

namespace fozzy {

// What a task does next.  Its result is what follows `=`.
//
//   kLoad                 = value
//   kStore                `value`
//   kReadModifyWrite      = value; becomes `value` if it was 0
//   kLock, kUnlock, kLockShared, kUnlockShared
//   kTryLock              = 1 if it was successful
//   kWait                 a semaphore; or, if `lock` is not 0, a condition:
//                         gives the lock back and, when told, takes it again,
//                         which is an op of its own; if `value` is 1 giving it
//                         back is one, too, in the same step
//   kNotify               a semaphore; or, if `lock` is not 0, tells all that
//                         wait, or one if `value` is 1
//   kSpawn, kJoin         a task
//   kYield                nothing
//   kRead, kWrite         nothing, and without a schedule point
//
// If `last` is not 0 a question is asked, and the result is its answer.
struct ToyAction {
  OpKind kind = OpKind::kNone;  // kNone: the task ends
  uint32_t object = 0;
  uint64_t value = 0;
  uint32_t lock = 0;
  uint64_t last = 0;
};

// Says what a task does after ops with these results, one for each action.
using ToyTask = std::function<ToyAction(std::span<const uint64_t> results)>;

// Returns a task that does these things, whatever the results.
ToyTask Straight(std::vector<ToyAction> actions);

// Element i is task i; element 1 is kTimerTask and not used.  Tasks that are
// not said to be spawned are there from the start.
struct ToyTasks {
  std::vector<ToyTask> tasks;
  std::vector<uint32_t> spawned = {};
  // May pass, one after the other, as long as a task can run, and end the wait
  // of the first task that waits for a condition.
  uint32_t deadlines = 0;
};

// One run of a machine.
struct MachineRun {
  struct Step {
    Op op;
    std::optional<uint64_t> answer;  // to the question it asked
  };
  std::vector<Step> steps;
  bool is_abandoned = false;
  bool is_deadlock = false;
};

// Runs `program` under `strategy`, which has begun a run, and ends that.  As
// the executor does, it asks only if two tasks can run, and does spawns, exits
// and plain accesses without asking.
MachineRun RunMachine(const ToyTasks& program, Strategy& strategy);

// Returns the same numbers for equivalent interleavings and for no others: the
// ops, each with how many of every task come before it.
std::vector<uint64_t> TraceOf(const MachineRun& run);

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_TESTING_TOY_MACHINE_H_

// Programs small enough to know all about, and the plainest executor for them:
// what strategies are tested on.
#ifndef FOZZY_SIM_CORE_TESTING_TOY_PROGRAM_H_
#define FOZZY_SIM_CORE_TESTING_TOY_PROGRAM_H_

#include <cstdint>
#include <vector>

#include "fozzy/strategy.h"

namespace fozzy {

// One op of a task, and a question that is asked when it is executed.
//
//   kLock, kUnlock   a mutex; waits while another has it
//   kWait, kNotify   a semaphore that starts at 0
//   kSpawn, kJoin    the object is a task
//   all others       can always be executed
struct ToyOp {
  OpKind kind = OpKind::kNone;
  uint32_t object = 0;
  uint64_t last = 0;  // answers 0 to `last` to a question; 0: none
  ChoiceKind question = ChoiceKind::kReadsFrom;
};

// Element i is task i; element 1 is kTimerTask and stays empty.  Tasks that
// nobody spawns are there from the start.  A task ends after its last op, and
// there is no op for that.
using ToyProgram = std::vector<std::vector<ToyOp>>;

// What came of a run of one.
struct ToyRun {
  std::vector<Op> ops;  // in the order they were executed
  std::vector<Decision> decisions;
  uint64_t questions = 0;  // about tasks
  bool is_deadlock = false;
  bool is_abandoned = false;

  // The task of each op: equal iff the interleavings are.
  std::vector<uint32_t> Tasks() const;
  // The place in `ops` of op number `number` of `task`, from 0.
  size_t PlaceOf(uint32_t task, size_t number) const;
};

struct ToyOptions {
  uint32_t timer_races = 0;  // how often a deadline may pass early
};

// Runs `program` under `strategy`, which has begun a run and is not ended.
// Checks what Strategy promises: answers within their bounds.
ToyRun RunToy(const ToyProgram& program, Strategy& strategy,
              const ToyOptions& options = {});

// Begins run `index`, runs and ends it.
ToyRun RunToyAt(const ToyProgram& program, Strategy& strategy, uint64_t index,
                const ToyOptions& options = {});

// Returns `tasks` tasks (0, 2, 3, ...) that write `ops` times each, all to
// object 1.
ToyProgram Writers(uint32_t tasks, uint32_t ops);

// Memory for arenas of tests; given back when the program ends.
void* TestMemory(size_t bytes);

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_TESTING_TOY_PROGRAM_H_

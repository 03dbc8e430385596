// Tiny programs with memory, questions and findings, for tests of what
// shrinks and explains: small enough to work out the best answer by hand.
#ifndef FOZZY_SIM_TESTING_TINY_SUBJECT_H_
#define FOZZY_SIM_TESTING_TINY_SUBJECT_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sim/search/subject.h"

namespace fozzy {

// What an instruction does.  Each task has one register, r.
enum class TinyKind : uint8_t {
  // With a schedule point before.
  kLoad,     // r = memory[a]
  kLoadAny,  // r = memory[a], or a value stored there before, by a question
  kStore,    // memory[a] = r
  kLock,     // waits for mutex a
  kUnlock,   // mutex a
  kSpawn,    // task a
  kJoin,     // waits until task a has ended
  kYield,
  // Without.
  kSet,         // r = a
  kAdd,         // r += a
  kAsk,         // r = answer of 0..b to a question of ChoiceKind a
  kSkipBelow,   // skips b instructions if r < a
  kSkipUnless,  // skips b instructions if r != a
  kSkip,        // skips b instructions
  kLoop,        // goes b back unless r is 0 or this was done 100 times; r -= 1
  kFail,        // the assertion "fail" of step a does not hold
};

struct TinyCode {
  TinyKind kind = TinyKind::kYield;
  uint64_t a = 0;
  uint64_t b = 0;
};

struct TinyProgram {
  // Element i is task i; element 1 is the timer's and empty.  Tasks that
  // nobody spawns are there from the start.
  std::vector<std::vector<TinyCode>> tasks;
  // memory[first] must be `second` at the end, or the assertion "end" does not
  // hold.  Memory starts as 0.
  std::vector<std::pair<uint32_t, uint64_t>> expects = {};
};

inline constexpr uint32_t kTinyMemory = 16;  // numbers, and mutexes

// The plainest executor.  A run ends when all tasks have, when none can go on
// (a deadlock), or with the first assertion that does not hold.  The site of an
// op is 1000 times its task plus the number of its instruction.
class TinySubject final : public Subject {
 public:
  explicit TinySubject(TinyProgram program) : program_(std::move(program)) {}

  RunOutcome Run(Strategy& strategy, RecordedRun* recorded) override;

  uint64_t runs() const { return runs_; }

 private:
  const TinyProgram program_;
  uint64_t runs_ = 0;
};

// A failing run, and what it was found to do.
struct TinyFailure {
  RecordedRun run;
  Finding finding;
};

// Returns the first run of a random walk with `seed` that fails, of
// `runs_max`.
std::optional<TinyFailure> FindFailure(Subject& subject, uint64_t seed,
                                       uint64_t runs_max = 10'000);

// Programs with one bug each.

// `tasks` tasks each add 1 to the same number without a lock, after `padding`
// loads of something else, and before as many.  One preemption is needed.
TinyProgram LostUpdate(uint32_t tasks, uint32_t padding);

// Two tasks take two locks in opposite orders.  One preemption is needed.
TinyProgram OppositeLocks(uint32_t padding);

// Task 2 announces itself and withdraws that; task 3 acts on the announcement
// and undoes that; task 2 sees it in between.  Two preemptions are needed.
TinyProgram TwoPreemptions(uint32_t padding);

}  // namespace fozzy

#endif  // FOZZY_SIM_TESTING_TINY_SUBJECT_H_

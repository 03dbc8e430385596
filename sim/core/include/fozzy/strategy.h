// The oracle of a simulation: everything left open is a question, a Strategy
// answers it, and the list of answers is the run.
//
//   SeededStrategy strategy({.seed = 7});
//   for (uint64_t run = 0; strategy.Begin(run); ++run) { ...; }
#ifndef FOZZY_STRATEGY_H_
#define FOZZY_STRATEGY_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "fozzy/decision.h"

namespace fozzy {

// What a task does to an object.  The list grows with the simulated types.
enum class OpKind : uint8_t {
  kNone = 0,
  kStart,            // of the task itself; its object is the task
  kExit,             // of the task itself
  kSpawn,            // the object is the new task
  kJoin,             // the object is the task that has ended
  kYield,            // nothing, to nobody
  kLoad,             // of an atomic object
  kStore,            // of an atomic object
  kReadModifyWrite,  // of an atomic object, successful or not
  kFence,            // of all atomic objects
  kRead,             // of plain memory
  kWrite,            // of plain memory
  kLock,             // waits until the object can be had
  kTryLock,
  kUnlock,
  kLockShared,
  kUnlockShared,
  kWait,    // for something told to the object
  kNotify,  // tells the object
  kTimer,   // a deadline passes; the task is kTimerTask
  kGiveUp,  // a wait goes on without what it was for: its deadline has passed;
            // offset: the OpKind of the wait
};
inline constexpr uint8_t kOpKinds = 21;

// Whether two ops of these kinds on one object can be exchanged without effect.
inline constexpr bool IsReading(OpKind kind) {
  return kind == OpKind::kLoad || kind == OpKind::kRead;
}

// The order of an atomic operation, as std::memory_order.
enum class MemoryOrder : uint8_t {
  kRelaxed = 0,
  kConsume,
  kAcquire,
  kRelease,
  kAcquireRelease,
  kSequentiallyConsistent,
};

// What a task is about to do, or has just done.  Ids are dense and given in
// the order of creation, never addresses.
struct Op {
  OpKind kind = OpKind::kNone;
  uint32_t object = 0;
  uint16_t offset = 0;  // bytes into the object
  uint16_t size = 0;    // bytes
  MemoryOrder order = MemoryOrder::kRelaxed;
  uint32_t site = 0;  // where in the program
  TaskId task = {};
};

// The task that deadlines pass in.  It has no stack: choosing it moves time to
// the next deadline.  The body of a simulation is task 0, the first task that
// it starts is task 2.
inline constexpr TaskId kTimerTask{1};

// "Which task runs next?"
struct TaskChoice {
  // The current task first if it is runnable, then by id; at last kTimerTask,
  // if a deadline may pass early.  At least two.
  std::span<const TaskId> runnable = {};
  // pending[task.value] is what `task` is about to do.
  std::span<const Op> pending = {};
  uint64_t point = 0;   // schedule points passed in this run
  TaskId current = {};  // the task that ran until now, runnable or not
  // Changes whenever a task that was not runnable becomes so.
  uint64_t wakes = 0;
  // Objects up to this number have been made, and have it in all runs that
  // began in the same way; those made later may be numbered otherwise there.
  // 0: it is not known.
  uint32_t objects = 0;
};

// How likely each answer is, to a strategy that draws.
struct Weight {
  // All answers alike if 0; else P(answer is not 0) = threshold / 2^64, and
  // the answers above 0 alike.
  uint64_t threshold = 0;

  // Returns P(not 0) = numerator / denominator, rounded down to 2^-64 and kept
  // within (0, 1).  Requires 0 < numerator and numerator <= denominator.
  static constexpr Weight Odds(uint64_t numerator, uint64_t denominator) {
    __extension__ using Wide = unsigned __int128;
    const Wide scaled = (static_cast<Wide>(numerator) << 64) / denominator;
    if (scaled == 0) return {1};
    return {scaled >> 64 != 0 ? ~uint64_t{0} : static_cast<uint64_t>(scaled)};
  }
};

// Names a question in a way that survives the loss of others before it: the
// `ordinal`-th question, from 0, of this kind by this task in this run.
struct ChoiceKey {
  TaskId task = {};
  ChoiceKind kind = ChoiceKind::kTask;
  uint64_t ordinal = 0;

  friend bool operator==(const ChoiceKey&, const ChoiceKey&) = default;
};

// The position of a question that has none in the compatibility stream.
inline constexpr uint64_t kNoDraw = ~uint64_t{0};

// "Which number from 0 to `last`?"
struct ValueChoice {
  ChoiceKind kind = ChoiceKind::kRandom;
  uint64_t last = 1;  // at least 1: a question has two answers
  Weight weight = {};
  ChoiceKey key = {};
  // The position of this question in the compatibility stream (see
  // sim/base/compatibility_stream.h), or kNoDraw.  Rolling a scenario back
  // puts the position back too, so two questions may share one.
  uint64_t draw = kNoDraw;
  // What each answer stands for, where answers are things that may be done
  // next: its task names it for as long as it is offered, as if it ran in a
  // task of its own.  Empty: nothing but numbers.
  std::span<const Op> offers = {};
};

// How a run ended, for strategies that learn.
struct RunSummary {
  bool found = false;      // there was a finding
  bool abandoned = false;  // PickTask gave it up
  uint64_t digest = 0;     // of its ops and events, folded
  uint64_t points = 0;     // schedule points
  // What the tasks that have not ended were about to do, by id.  Valid during
  // the call.
  std::span<const Op> waiting = {};
};

// A Strategy answers the open questions of one run after another.  It is the
// only source of nondeterminism in a simulation: a run is its scenario plus
// the list of these answers.
//
// Implementations are pure functions of their options, of the run index and
// of the questions asked so far in the run.  One instance serves one worker.
// PickTask, PickValue and Executed are called on the stack of the code under
// test: they do not allocate, do not throw, and use under 512 bytes of it.
class Strategy {
 public:
  // Returned by PickTask: this run cannot reach anything new, give it up.
  static constexpr uint32_t kAbandon = ~uint32_t{0};

  // Strategies live where their owner puts them and are never deleted through
  // this class.
  Strategy(const Strategy&) = delete;
  Strategy& operator=(const Strategy&) = delete;

  // Starts run `run_index`; any order, on any worker.  The run's seed is
  // H(seed, index).  Returns false if nothing is left to try.
  virtual bool Begin(uint64_t run_index) = 0;

  // Returns an index into choice.runnable, or kAbandon: the rest of the run is
  // answered 0 throughout, so that it ends and nothing is left behind.
  virtual uint32_t PickTask(const TaskChoice& choice) = 0;

  // Returns a number from 0 to choice.last.
  virtual uint64_t PickValue(const ValueChoice& choice) = 0;

  // Whether Executed is to be called for every op, forced ones too, in the
  // order they happen and right before each does.
  virtual bool WantsOps() const { return false; }
  virtual void Executed(const Op&) {}

  // Ends the run; analysis happens here, on the main stack.
  virtual void End(const RunSummary&) {}

  // Writes what is needed to go on with a campaign into `out`, at most its
  // size, and returns the bytes needed; 0 for strategies without memory.
  virtual size_t Save(std::span<std::byte> out) const {
    static_cast<void>(out);
    return 0;
  }

 protected:
  Strategy() = default;
  ~Strategy() = default;
};

}  // namespace fozzy

#endif  // FOZZY_STRATEGY_H_

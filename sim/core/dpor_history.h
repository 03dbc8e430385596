// What happened in a run, what of it had to happen in that order, and what
// could have happened the other way round.
#ifndef FOZZY_SIM_CORE_DPOR_HISTORY_H_
#define FOZZY_SIM_CORE_DPOR_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/arena_vector.h"
#include "sim/core/dpor_op.h"
#include "sim/core/dpor_record.h"
#include "sim/core/dpor_stack.h"

namespace fozzy {

// The ops of one run, in order, with a vector clock for each.
//
// Two ops are a race if they belong to different tasks, they are dependent, and
// no op lies between them that depends on the first and that the second depends
// on.  For each race a run is planned that comes to the second op without the
// first and all that depends on it.
//
// Locks: a lock op follows an unlock op, which cannot be the other way round.
// Its race is with the lock op that began the section before, or, if readers
// had the lock, with each of theirs.  A task that still waits for a lock when
// the run ends takes part: that is how deadlocks are found.
//
// Other ops that wait (kWait) are dependent with all others on their object.
// They race with the last one, and with the last kWait if that was a kNotify:
// a semaphore can be had where another task has had it.
//
// A kWait that is followed by waiting is that of a condition: the next op of
// the task comes after the kNotify that told it.
class DporHistory {
 public:
  // Neither is owned.
  DporHistory(Arena& arena, DporStack& stack);

  // Starts a run.
  void Clear() {
    ops_.clear();
    answers_.clear();
  }

  void Append(const Op& op) { ops_.push_back(DporOpOf(op)); }

  // A question was answered while the last op was executed, or, which deadline
  // it is, before that passed.
  void NoteAnswer(ChoiceKind kind, uint64_t answer) {
    const uint32_t op = size() + (kind == ChoiceKind::kDeadline ? 1 : 0);
    answers_.push_back({.op = op, .kind = kind, .answer = answer});
  }

  uint32_t size() const { return static_cast<uint32_t>(ops_.size()); }

  // The ops from number `begin` on.
  std::span<const DporOp> Since(uint32_t begin) const {
    return ops_.span().subspan(begin);
  }

  // Plans a run for every race.  The first `known` ops are the same as in the
  // run before, questions included.  `is_whole`: the run came to an end, and
  // `waiting` is what the tasks that are left were about to do.
  void PlanReversals(uint32_t known, bool is_whole,
                     std::span<const Op> waiting);

 private:
  // A race of `second` with removed ones, which begin at `removed` of their
  // list.
  struct Race {
    DporMark second = 0;
    uint32_t removed = 0;
    uint32_t count = 0;
  };

  // Clocks have an entry for each task: the mark of its last op before.
  uint32_t* ClockOf(DporMark op) { return &clocks_[(op - 1) * size_t{width_}]; }
  const DporOp& OpOf(DporMark op) const { return ops_[op - 1]; }
  bool IsBefore(DporMark op, const uint32_t* clock) const {
    return clock[OpOf(op).task] >= op;
  }
  void Join(uint32_t* clock, DporMark op);

  // Returns how many of the first `known` ops have clocks that are still good.
  uint32_t Prepare(uint32_t known, std::span<const Op> waiting);
  void RaceWithEndedWait(DporMark place);
  void RaceWaiting(DporMark place, const DporOp& op);
  void StartClock(DporMark place, const DporOp& op);
  void OrderAfterCandidates(DporMark place, const DporOp& op);
  void AddCandidates(const DporOp& op);
  void AddCandidate(DporMark op);
  void RaceWithSections(DporMark place, const DporOp& op, bool is_waiting);
  void AddSections(const DporOp& op, bool is_waiting);
  void AddSection(DporSection section, uint32_t task, bool is_waiting);
  DporMark EndOf(const DporSection& section, uint32_t task) const;
  void RaceWithSection(DporMark place, const DporOp& op,
                       const DporSection& section);
  bool RemoveBroken();
  void RaceWithWait(DporMark place, const DporOp& op);
  void RaceWith(DporMark first, DporMark place, const DporOp& op);
  DporMark StepOf(DporMark op) const;
  DporMark UseBefore(DporMark before, const DporOp& op) const;
  bool HadToWait(DporMark first, const DporOp& op) const;
  void KeepRace(DporMark place, const DporOp& op);
  void PlanRaces();
  bool PlanWithout(DporMark place, const DporOp& op);
  void AddToSequence(DporMark op);
  bool IsRemoved(DporMark op);

  DporStack& stack_;
  DporRecord record_;
  ArenaVector<DporOp> ops_;
  ArenaVector<DporAnswer> answers_;
  ArenaVector<uint8_t> is_asked_;  // whether a question came with the op
  ArenaVector<uint32_t> clocks_;   // one more than ops
  bool is_whole_ = false;
  uint32_t width_ = 0;  // entries of a clock
  // Scratch: ops that may race with one, the last first; sections of a lock
  // that another task wants; ops that a plan leaves out, with all that depends
  // on them.
  ArenaVector<DporMark> candidates_;
  ArenaVector<DporSection> sections_;
  ArenaVector<DporMark> removed_;
  DporSequence sequence_;
  // The races of this run, but for those that nothing more can come of.
  ArenaVector<Race> races_;
  ArenaVector<DporMark> races_removed_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DPOR_HISTORY_H_

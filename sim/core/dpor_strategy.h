// Every run that differs: exhaustive search that leaves out what only exchanges
// the order of ops that do not care.
#ifndef FOZZY_SIM_CORE_DPOR_STRATEGY_H_
#define FOZZY_SIM_CORE_DPOR_STRATEGY_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "fozzy/strategy.h"
#include "sim/core/dpor_history.h"
#include "sim/core/dpor_stack.h"

namespace fozzy {

// Dynamic partial-order reduction: of all schedules that are equivalent, that
// is equal but for the order of independent ops, exactly one is run to its end.
// Values are enumerated.
//
// A task that yields, or spins, lets others go first: of runs that differ in
// what these did until then, one may stand for all.
//
// A run may turn out to be equivalent to one before: it is abandoned, and
// counted as blocked.  That happens only after questions about values, with
// semaphores, yields and deadlines, and when a search is resumed: elsewhere
// what is planned is possible, and new.  Programs that try locks and wait for
// conditions or semaphores may run equivalent schedules to their ends, too:
// which lock a kWait gives back is not known before.
//
// A run goes on from the one that ended before it: the index given to Begin
// only counts, and one instance does the whole search.  A run that was begun
// and not ended is begun again.
//
// What executors owe:
// * Executed for every op, in the order they happen, those without a schedule
//   point too: spawns, exits, the kUnlock that is part of waiting for a
//   condition (right after its kWait), and a kTryLock where a wait for a lock
//   timed out.
// * A task is runnable if and only if its pending op is possible.
// * kLock and kUnlock for what one task has at a time, kLock alone for what it
//   only passes, as with call_once; what can be had by more than one, or is
//   given by others, is kWait and kNotify.
// * RunSummary::waiting, complete.
// * Numbers that differ between schedules (objects made or first used by
//   several tasks, tasks spawned by several) are allowed, and may cost blocked
//   runs; TaskChoice::objects keeps these few.
// A run that ends early, with a finding say, is searched as far as it got.
// Accesses of plain memory are never reversed: what orders two of them is other
// ops, or they are a data race, which is a finding in all equivalent runs.
//
// Source: Abdulla, Aronsson, Jonsson, Sagonas, "Optimal dynamic partial order
// reduction", POPL 2014.  Sequences are cut after ops that asked for values,
// which may be answered otherwise, and at the second op of the race.
class DporStrategy final : public Strategy {
 public:
  static constexpr uint64_t kUnbounded = ~uint64_t{0};

  // Values with more answers than that are not enumerated: they are 0.
  static constexpr uint64_t kLastMax = 255;

  struct Options {
    uint64_t runs_max = kUnbounded;
  };

  // `arena` is not owned.
  DporStrategy(Arena& arena, const Options& options)
      : options_(options), stack_(arena), history_(arena, stack_) {}

  // Returns false when the search is over.
  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  bool WantsOps() const override { return true; }
  void Executed(const Op& op) override {
    if (!is_abandoned_) history_.Append(op);
  }
  void End(const RunSummary& summary) override;

  // What is planned beyond the next op is not saved: a search that is resumed
  // may meet some more blocked runs.
  size_t Save(std::span<std::byte> out) const override;

  // Goes on where the strategy that saved `bytes` was between two runs.
  // Requires that nothing was run before.  Returns false if they are damaged;
  // then the strategy is not to be used.
  bool Load(std::span<const std::byte> bytes);

  // Runs that have ended: those that are not equivalent to any other, and those
  // that are.
  uint64_t complete() const { return complete_; }
  uint64_t blocked() const { return blocked_; }

  // Whether no run is left, not even an equivalent one.
  bool is_exhaustive() const {
    return is_done_ && !has_left_out_ && !has_drifted_;
  }

  // Whether the same answers brought other questions: the program is not
  // deterministic, and the search is over.
  bool has_drifted() const { return has_drifted_; }

 private:
  const Options options_;
  DporStack stack_;
  DporHistory history_;
  size_t next_ = 0;     // question of this run
  uint32_t since_ = 0;  // ops when the last question about tasks was asked
  uint32_t known_ = 0;  // ops that are the same as in the run before
  uint64_t complete_ = 0;
  uint64_t blocked_ = 0;
  bool is_abandoned_ = false;
  bool is_done_ = false;
  bool has_left_out_ = false;  // a value
  bool has_drifted_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DPOR_STRATEGY_H_

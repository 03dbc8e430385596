// Probabilistic concurrency testing: priorities that change a few times.
#ifndef FOZZY_SIM_CORE_PCT_STRATEGY_H_
#define FOZZY_SIM_CORE_PCT_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/core/run_shape.h"
#include "sim/core/value_draw.h"

namespace fozzy {

// Every task has a random priority, and the highest runnable one runs.  At
// depth - 1 questions, drawn for the run, the task that would run falls below
// all others: to level i at change point i, whatever their order.
//
// A bug that needs `depth` constraints of order is found by one run with
// probability at least 1 / (n * k^(depth - 1)), where n is the number of tasks
// and k that of questions about tasks.
//
// Deviations from the paper:
//   * Steps are questions, not instructions: where only one task is runnable
//     a change of priority has no effect that it would not have at the next
//     question.  k is smaller for it.
//   * k is options.shape.questions.  If it is not known each run draws one of
//     2^2 ... 2^16, which costs a factor of about 15.
//   * A priority is a hash of run and task: nothing is kept for a task.
//   * kTimerTask takes part in one run in four.  In the others it is the
//     lowest.
//   * Stale reads are rare events with a budget of their own (see ValueDraw),
//     as in Gao et al., "Probabilistic Concurrency Testing for Weak Memory
//     Programs", ASPLOS 2023; which reads are stale is drawn more simply.
//
// A question costs O(1) while the current task stays the highest, else O(n).
//
// Source: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler
// with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010.
class PctStrategy final : public Strategy {
 public:
  static constexpr uint32_t kDepthMax = 17;

  struct Options {
    uint64_t seed = 0;
    uint32_t depth = 3;  // from 1 to kDepthMax
    RunShape shape = {};
  };
  explicit PctStrategy(const Options& options);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;

 private:
  static constexpr uint32_t kNobody = ~uint32_t{0};

  struct Change {
    uint64_t question = 0;
    uint32_t demoted = kNobody;  // the task that is on this level
  };

  uint64_t PriorityOf(TaskId task) const;
  uint64_t FreshPriorityOf(TaskId task) const;
  uint32_t Highest(const TaskChoice& choice) const;
  uint32_t PickAtChange(const TaskChoice& choice);
  void Demote(TaskId task, uint32_t level);
  void FindNextChange();

  const uint64_t seed_;
  const uint64_t questions_max_;
  const uint32_t changes_;
  uint64_t key_ = 0;  // of the priorities of this run
  bool is_timer_in_ = false;
  Change change_[kDepthMax - 1];
  uint64_t question_ = 0;
  uint64_t next_change_ = 0;
  TaskId highest_ = {kNobody};  // as last found,
  uint64_t wakes_ = 0;          // when this many had woken
  ValueDraw values_{ValueDraw::Oddity::kRarely};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_PCT_STRATEGY_H_

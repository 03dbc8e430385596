// How large a run is: what shrinking makes smaller.
#ifndef FOZZY_SIM_SEARCH_SHRINK_MEASURE_H_
#define FOZZY_SIM_SEARCH_SHRINK_MEASURE_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

#include "fozzy/strategy.h"

namespace fozzy {

// What makes a run hard to follow, the hardest first.  Of two runs the one
// with the lower number in the first place where they differ is the simpler
// one: a total order in which no run has infinitely many simpler ones, so that
// shrinking ends.  It is the shortlex order of Hypothesis (see shrink.h) with
// the schedule put first: people follow values more easily than switches.
struct RunMeasure {
  // Switches away from a task that could go on and was not about to yield.
  uint64_t preemptions = 0;
  // Questions which task runs next that were answered with another task than
  // the one that ran until then.
  uint64_t switches = 0;
  // Answers other than 0 to questions about things that go wrong: see
  // IsFaultKind.
  uint64_t faults = 0;
  // Answers other than 0 to all other questions but which task runs next.
  uint64_t values = 0;
  // The sum of all answers, of 128 bits.
  uint64_t sum_high = 0;
  uint64_t sum_low = 0;
  // The sum of the places, from 1, of the decisions that are not 0: the list
  // without its zeros at the end is shorter, or what matters comes earlier.
  uint64_t places = 0;
  uint64_t points = 0;  // schedule points

  friend bool operator==(const RunMeasure&, const RunMeasure&) = default;
  friend std::strong_ordering operator<=>(const RunMeasure&,
                                          const RunMeasure&) = default;
};

// Whether an answer other than 0 to such a question lets something go wrong
// that need not: a fault, a loss, a stale value, a wake-up out of order.
bool IsFaultKind(ChoiceKind kind);

// Whether such a question is which of several things happens next: the schedule
// of a scenario, as that of tasks is of C++ code.
bool IsOrderKind(ChoiceKind kind);

// Measures the runs that another strategy answers.  Runs of more than
// `points_max` schedule points are given up.
class MeasuringStrategy final : public Strategy {
 public:
  struct Options {
    Strategy* inner = nullptr;  // not owned, required
    uint64_t points_max = ~uint64_t{0};
  };
  explicit MeasuringStrategy(const Options& options);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  bool WantsOps() const override { return inner_.WantsOps(); }
  void Executed(const Op& op) override { inner_.Executed(op); }
  void End(const RunSummary& summary) override { inner_.End(summary); }
  size_t Save(std::span<std::byte> out) const override {
    return inner_.Save(out);
  }

  // Of the run so far, but for `points`, which whoever runs it knows.
  const RunMeasure& measure() const { return measure_; }

  // How many questions were asked so far in this run.
  uint64_t decisions() const { return decisions_; }

 private:
  void Count(uint64_t answer);

  Strategy& inner_;
  const uint64_t points_max_;
  uint64_t decisions_ = 0;
  RunMeasure measure_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SHRINK_MEASURE_H_

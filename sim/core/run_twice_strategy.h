// Every run twice: does the same happen?
#ifndef FOZZY_SIM_CORE_RUN_TWICE_STRATEGY_H_
#define FOZZY_SIM_CORE_RUN_TWICE_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/core/arena.h"
#include "sim/core/arena_vector.h"

namespace fozzy {

// Runs 2i and 2i + 1 are run i of another strategy, which answers the same both
// times as long as it is asked the same.  Both must be begun on one instance,
// the even one first.  After the odd one has ended, difference() says whether
// the program did the same.
//
// What is compared: every question (its kind, task and answers; for choices of
// tasks who is runnable), every op, and the summaries.  Of the first kKept
// questions and ops each is kept; a difference among later ones is known, but
// not its place.
class RunTwiceStrategy final : public Strategy {
 public:
  static constexpr uint32_t kKept = 1 << 16;
  static constexpr uint64_t kSomewhere = ~uint64_t{0};

  struct Difference {
    bool is_there = false;
    // How many questions and ops were the same before it, or kSomewhere.
    uint64_t place = kSomewhere;
  };

  // `strategy` is not owned.
  RunTwiceStrategy(Strategy& strategy, Arena& arena);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  bool WantsOps() const override { return true; }
  void Executed(const Op& op) override;
  void End(const RunSummary& summary) override;
  size_t Save(std::span<std::byte> out) const override {
    return strategy_.Save(out);
  }

  // Between the last two runs, the second of which was odd and has ended.
  const Difference& difference() const { return difference_; }

 private:
  void Compare(uint64_t what);

  Strategy& strategy_;
  bool is_second_ = false;
  uint64_t begun_index_ = kSomewhere;  // of the last first run
  uint64_t size_ = 0;                  // questions and ops of this run
  uint64_t rest_ = 0;                  // of those beyond kKept, folded
  ArenaVector<uint64_t> first_;        // of the first run
  uint64_t first_size_ = 0;
  uint64_t first_rest_ = 0;
  RunSummary first_summary_;
  Difference difference_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_RUN_TWICE_STRATEGY_H_

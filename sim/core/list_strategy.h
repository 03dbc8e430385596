// Answers from a list: exhaustive search, and the calmest run of all.
#ifndef FOZZY_SIM_CORE_LIST_STRATEGY_H_
#define FOZZY_SIM_CORE_LIST_STRATEGY_H_

#include <cstddef>
#include <span>

#include "fozzy/strategy.h"

namespace fozzy {

// Gives the answers of a list in order, whatever the questions, and 0 when it
// has come to the end.  An answer above the last one possible counts as 0.
// There is one run, number 0, which may be begun again.
class ListStrategy final : public Strategy {
 public:
  struct Options {
    std::span<const Decision> decisions = {};  // not owned; empty: calm
  };
  explicit ListStrategy(const Options& options)
      : decisions_(options.decisions) {}

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;

 private:
  uint64_t NextUpTo(uint64_t last);

  const std::span<const Decision> decisions_;
  size_t next_ = 0;
};

// The calmest run: 0 to every question.  Go on, no fault, the oldest message.
class CalmStrategy final : public Strategy {
 public:
  bool Begin(uint64_t run_index) override { return run_index == 0; }
  uint32_t PickTask(const TaskChoice&) override { return 0; }
  uint64_t PickValue(const ValueChoice&) override { return 0; }
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_LIST_STRATEGY_H_

// The beginning of a run from a list, the rest from another strategy: what a
// run could still have become.
#ifndef FOZZY_SIM_CORE_PREFIX_STRATEGY_H_
#define FOZZY_SIM_CORE_PREFIX_STRATEGY_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "fozzy/strategy.h"

namespace fozzy {

// Gives the answers of a list in order, whatever the questions, then those of
// `rest`, which is not asked before.  An answer above the last one possible
// counts as 0, as in ListStrategy.  Runs are those of `rest`: each begins with
// the list.
class PrefixStrategy final : public Strategy {
 public:
  struct Options {
    std::span<const Decision> prefix = {};  // not owned
    Strategy* rest = nullptr;               // not owned, required
  };
  explicit PrefixStrategy(const Options& options);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  bool WantsOps() const override { return rest_.WantsOps(); }
  void Executed(const Op& op) override { rest_.Executed(op); }
  void End(const RunSummary& summary) override { rest_.End(summary); }
  size_t Save(std::span<std::byte> out) const override {
    return rest_.Save(out);
  }

  // Whether all answers of the list were given in this run.
  bool is_used_up() const { return next_ == prefix_.size(); }

 private:
  uint64_t NextUpTo(uint64_t last);

  const std::span<const Decision> prefix_;
  Strategy& rest_;
  size_t next_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_PREFIX_STRATEGY_H_

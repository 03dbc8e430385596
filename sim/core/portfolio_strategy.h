// Several strategies that share the runs.
#ifndef FOZZY_SIM_CORE_PORTFOLIO_STRATEGY_H_
#define FOZZY_SIM_CORE_PORTFOLIO_STRATEGY_H_

#include <cstdint>
#include <span>

#include "fozzy/strategy.h"

namespace fozzy {

// Run i is run i of member i % n: no member depends on what others did, and a
// run found by the portfolio is found again by its member alone.
class PortfolioStrategy final : public Strategy {
 public:
  // The members are not owned; at least one.  They must have runs without end
  // and need no Save.
  explicit PortfolioStrategy(std::span<Strategy* const> members);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  // Whether any member does, so that it does not matter when one asks.
  bool WantsOps() const override { return wants_ops_; }
  void Executed(const Op& op) override;
  void End(const RunSummary& summary) override;

 private:
  const std::span<Strategy* const> members_;
  Strategy* member_;  // of this run
  bool wants_ops_ = false;
  bool member_wants_ops_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_PORTFOLIO_STRATEGY_H_

#include "sim/core/portfolio_strategy.h"

#include "sim/base/check.h"

namespace fozzy {

PortfolioStrategy::PortfolioStrategy(std::span<Strategy* const> members)
    : members_(members), member_(members.front()) {
  for (const Strategy* member : members_) {
    if (member->WantsOps()) wants_ops_ = true;
  }
}

bool PortfolioStrategy::Begin(uint64_t run_index) {
  member_ = members_[run_index % members_.size()];
  FOZZY_CHECK(member_->Begin(run_index));
  member_wants_ops_ = member_->WantsOps();
  return true;
}

uint32_t PortfolioStrategy::PickTask(const TaskChoice& choice) {
  return member_->PickTask(choice);
}

uint64_t PortfolioStrategy::PickValue(const ValueChoice& choice) {
  return member_->PickValue(choice);
}

void PortfolioStrategy::Executed(const Op& op) {
  if (member_wants_ops_) member_->Executed(op);
}

void PortfolioStrategy::End(const RunSummary& summary) {
  member_->End(summary);
}

}  // namespace fozzy

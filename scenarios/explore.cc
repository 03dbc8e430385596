#include "scenarios/explore.h"

#include "sim/base/check.h"

namespace fozzy {

Explorer::Explorer(const ClusterPlan& plan, const RunConfig& config)
    : subject_(plan, config), schedule_(ScenarioVariant::kDistributed, config) {
  FOZZY_CHECK(!config.timeout.has_value());
}

ExploreBlock Explorer::Explore(const ExploreRange& range,
                               absl::FunctionRef<bool()> is_stopped) {
  ExploreBlock block;
  block.first = range.first;
  block.digests.reserve(range.count);
  for (uint64_t i = 0; i < range.count; ++i) {
    if (i > 0 && is_stopped()) break;
    block.is_exhausted = !schedule_.strategy().Begin(range.first + i);
    if (block.is_exhausted) break;
    RunNext(block);
    if (block.has_finding || block.is_exhausted) break;
  }
  return block;
}

void Explorer::RunNext(ExploreBlock& block) {
  log_.decisions.clear();
  Run run({&schedule_.strategy(), &log_, nullptr});
  const ClusterOutcome outcome = subject_.RunOnce(run);
  block.has_finding = outcome.status != RunStatus::kPass;
  block.deliveries += outcome.deliveries;
  block.digests.push_back(outcome.digest.low());
  schedule_.strategy().End({.found = block.has_finding,
                            .digest = outcome.digest.low(),
                            .points = outcome.deliveries});
  if (block.has_finding) block.decisions = log_.decisions;
  if (log_.decisions.empty()) {
    // Nothing was open: every run is this one.
    block.is_exhausted = true;
    block.is_exhaustive = true;
  }
}

ExploreTally::ExploreTally(uint64_t runs, uint64_t deliveries,
                           const std::vector<uint64_t>& digests)
    : runs_(runs), deliveries_(deliveries) {
  for (const uint64_t digest : digests) digests_.Add(digest);
}

bool ExploreTally::Add(const ExploreBlock& block) {
  FOZZY_CHECK(block.first == runs_);
  runs_ += block.digests.size();
  deliveries_ += block.deliveries;
  for (const uint64_t digest : block.digests) digests_.Add(digest);
  is_exhaustive_ = block.is_exhaustive;
  if (block.has_finding) found_ = Found{runs_ - 1, block.decisions};
  return !block.has_finding && !block.is_exhausted;
}

}  // namespace fozzy

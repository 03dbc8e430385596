#include "sim/fault_plan.h"

#include <algorithm>
#include <iterator>

#include "sim/base/check.h"

namespace fozzy {
namespace {

constexpr bool SitesAreInOrder() {
  for (size_t i = 0; i < kFaultSiteCount; ++i) {
    if (static_cast<size_t>(kFaultSites[i].site) != i) return false;
    if (i > 0 && kFaultSites[i].name <= kFaultSites[i - 1].name) return false;
  }
  return true;
}
static_assert(SitesAreInOrder());

}  // namespace

const FaultSiteInfo& InfoOf(FaultSite site) {
  const size_t index = static_cast<size_t>(site);
  FOZZY_CHECK(index < kFaultSiteCount);
  return kFaultSites[index];
}

std::optional<FaultSite> FaultSiteOf(std::string_view name) {
  const auto found =
      std::lower_bound(std::begin(kFaultSites), std::end(kFaultSites), name,
                       [](const FaultSiteInfo& info, std::string_view sought) {
                         return info.name < sought;
                       });
  if (found == std::end(kFaultSites) || found->name != name) {
    return std::nullopt;
  }
  return found->site;
}

void FaultPlan::Arm(FaultSite site, uint64_t numerator, uint64_t denominator) {
  FOZZY_CHECK(0 < numerator);
  FOZZY_CHECK(numerator <= denominator);
  odds_[static_cast<size_t>(InfoOf(site).site)] =
      Weight::Odds(numerator, denominator);
}

bool FaultPlan::Inject(Run& run, FaultSite site, uint64_t time) {
  if (budget_ == 0 || !is_armed(site)) return false;
  const Weight odds = odds_[static_cast<size_t>(site)];
  if (run.Choose(ChoiceKind::kFault, /*last=*/1, odds) == 0) return false;
  --budget_;
  run.Tell(EventKind::kFault, time, {}, {InfoOf(site).name});
  return true;
}

}  // namespace fozzy

// Which operations fail: the sites of a run, their odds and its budget.
#ifndef FOZZY_SIM_FAULT_PLAN_H_
#define FOZZY_SIM_FAULT_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "fozzy/strategy.h"
#include "sim/run.h"

namespace fozzy {

// A place where something can go wrong, in the order of the names.
enum class FaultSite : uint8_t {
  kFsEio = 0,
  kFsEnospc,
  kFsShortRead,
  kFsShortWrite,
  kHttp5xx,
  kHttpReset,
  kHttpSlow,
  kHttpTimeout,
  kNetDrop,
  kProcKill,
  kProcSlow,
  kProcSpawn,
};

// One site as users see it.
struct FaultSiteInfo {
  FaultSite site;
  std::string_view name;  // as in `--faults fs.eio=1/50`
  std::string_view help;  // one line
};

// One entry per site, sorted by name.
inline constexpr FaultSiteInfo kFaultSites[] = {
    {FaultSite::kFsEio, "fs.eio", "a file operation fails: I/O error"},
    {FaultSite::kFsEnospc, "fs.enospc", "a write fails: the disk is full"},
    {FaultSite::kFsShortRead, "fs.short_read", "a read ends too early"},
    {FaultSite::kFsShortWrite, "fs.short_write",
     "a write keeps the beginning only and fails"},
    {FaultSite::kHttp5xx, "http.5xx", "a response is a server error"},
    {FaultSite::kHttpReset, "http.reset", "a connection ends in the middle"},
    {FaultSite::kHttpSlow, "http.slow", "a response comes late"},
    {FaultSite::kHttpTimeout, "http.timeout", "a response never comes"},
    {FaultSite::kNetDrop, "net.drop", "a message is lost"},
    {FaultSite::kProcKill, "proc.kill", "a process is killed by a signal"},
    {FaultSite::kProcSlow, "proc.slow", "a process ends late"},
    {FaultSite::kProcSpawn, "proc.spawn", "a process cannot be started"},
};
inline constexpr size_t kFaultSiteCount = std::size(kFaultSites);

// Returns the name and help of `site`.  Requires a valid site.
const FaultSiteInfo& InfoOf(FaultSite site);

// Returns the site of that name, or nothing.
std::optional<FaultSite> FaultSiteOf(std::string_view name);

// The faults of a run.  Sites that are not armed ask nothing, so arming one
// never changes the questions of another.  A value: each run starts with a copy
// of the plan of its configuration.
class FaultPlan {
 public:
  struct Options {
    // How many faults a run may have in all; a system that is meant to survive
    // some number of them gets no more.
    uint64_t budget = ~uint64_t{0};
  };
  FaultPlan() = default;
  explicit FaultPlan(const Options& options) : budget_(options.budget) {}

  // Lets `site` fail `numerator` times out of `denominator`.  Arming it again
  // replaces its odds.  Requires 0 < numerator and numerator <= denominator.
  void Arm(FaultSite site, uint64_t numerator, uint64_t denominator);

  // Whether the operation at `site` is to fail now: asks `run`, and tells it of
  // the fault at `time`, in the unit of the run.  Without budget, or if the
  // site is not armed, nothing is asked.
  bool Inject(Run& run, FaultSite site, uint64_t time);

  bool is_armed(FaultSite site) const {
    return odds_[static_cast<size_t>(site)].threshold != 0;
  }

  // How many more faults there may be.
  uint64_t budget() const { return budget_; }

 private:
  Weight odds_[kFaultSiteCount] = {};  // threshold 0: not armed
  uint64_t budget_ = Options().budget;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_FAULT_PLAN_H_

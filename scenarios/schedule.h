// Which strategy answers for a run, by the names users write.
#ifndef FOZZY_SCENARIOS_SCHEDULE_H_
#define FOZZY_SCENARIOS_SCHEDULE_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "fozzy/strategy.h"
#include "scenarios/run_config.h"
#include "scenarios/scenario.h"
#include "sim/core/list_strategy.h"
#include "sim/core/newest_strategy.h"
#include "sim/core/seeded_strategy.h"

namespace fozzy {

// The strategy of one run, begun.  Scenarios of steps are answered from the
// seed; distributed ones as RunConfig::schedule says:
//
//   fifo, bfs                    the script first, then the oldest message
//   dfs                          the script first, then the newest message
//   random, pct, coverage_guided from the seed
class ScheduleStrategy {
 public:
  // Requires a schedule that CheckSchedule accepts.
  ScheduleStrategy(ScenarioVariant variant, const RunConfig& config);
  ScheduleStrategy(const ScheduleStrategy&) = delete;
  ScheduleStrategy& operator=(const ScheduleStrategy&) = delete;

  Strategy& strategy() { return *strategy_; }

  // The name stored in traces: "seeded", "calm" or "newest".
  absl::string_view name() const { return name_; }

 private:
  std::optional<SeededStrategy> seeded_;
  std::optional<ListStrategy> calm_;
  std::optional<NewestStrategy> newest_;
  Strategy* strategy_ = nullptr;
  absl::string_view name_;
};

// Errors: INVALID_ARGUMENT for a name that is not in the list above.
absl::Status CheckSchedule(absl::string_view schedule);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_SCHEDULE_H_

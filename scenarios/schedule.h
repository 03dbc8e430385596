// Which strategy answers for a run, by the names users write.
#ifndef FOZZY_SCENARIOS_SCHEDULE_H_
#define FOZZY_SCENARIOS_SCHEDULE_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "fozzy/strategy.h"
#include "scenarios/delivery_strategy.h"
#include "scenarios/run_config.h"
#include "scenarios/scenario.h"
#include "sim/core/arena.h"
#include "sim/core/dfs_strategy.h"
#include "sim/core/list_strategy.h"
#include "sim/core/newest_strategy.h"
#include "sim/core/seeded_strategy.h"
#include "sim/search/run_source.h"

namespace fozzy {

// The strategy of one run, begun.  Scenarios of steps are answered from the
// seed; distributed ones as RunConfig::schedule says:
//
//   fifo, bfs, calm              the script first, then the oldest message
//   dfs, newest                  the script first, then the newest message
//   random, pct, coverage_guided from the seed
//   exhaustive                   one list of answers after the other
//   pct:3, surw and all others   of MakeStrategy, as DeliveryStrategy says
class ScheduleStrategy final : public RunSource {
 public:
  // Requires a schedule that CheckSchedule accepts.
  ScheduleStrategy(ScenarioVariant variant, const RunConfig& config);

  Strategy& strategy() override { return *strategy_; }

  // The name stored in traces: "seeded", "calm", "newest", or the schedule.
  absl::string_view name() const { return name_; }

  bool is_exhaustive() const override { return all_ && all_->is_exhaustive(); }
  bool has_drifted() const override { return all_ && all_->has_drifted(); }

 private:
  void Make(const RunConfig& config);

  std::optional<SeededStrategy> seeded_;
  std::optional<ListStrategy> calm_;
  std::optional<NewestStrategy> newest_;
  std::optional<Arena> arena_;
  std::optional<DfsStrategy> all_;
  std::optional<DeliveryStrategy> deliveries_;
  Strategy* strategy_ = nullptr;
  std::string name_;
};

// Errors: INVALID_ARGUMENT for a name that is not in the list above.
absl::Status CheckSchedule(absl::string_view schedule);

// Whether a run depends on those before it, so that one worker must do all.
bool IsSequential(absl::string_view schedule);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_SCHEDULE_H_

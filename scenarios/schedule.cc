#include "scenarios/schedule.h"

#include "absl/strings/str_cat.h"
#include "scenarios/quote.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

enum class Answers : uint8_t { kCalm, kNewest, kSeeded };

struct ScheduleInfo {
  absl::string_view name;
  Answers answers;
};

constexpr ScheduleInfo kSchedules[] = {
    {"bfs", Answers::kCalm},   {"coverage_guided", Answers::kSeeded},
    {"dfs", Answers::kNewest}, {"fifo", Answers::kCalm},
    {"pct", Answers::kSeeded}, {"random", Answers::kSeeded},
};

std::optional<Answers> Find(absl::string_view name) {
  for (const ScheduleInfo& schedule : kSchedules) {
    if (schedule.name == name) return schedule.answers;
  }
  return std::nullopt;
}

}  // namespace

ScheduleStrategy::ScheduleStrategy(ScenarioVariant variant,
                                   const RunConfig& config) {
  Answers answers = Answers::kSeeded;
  if (variant == ScenarioVariant::kDistributed) {
    const std::optional<Answers> found = Find(config.schedule);
    FOZZY_CHECK(found.has_value());
    answers = *found;
  }
  switch (answers) {
    case Answers::kCalm:
      strategy_ = &calm_.emplace(ListStrategy::Options{});
      name_ = "calm";
      break;
    case Answers::kNewest:
      strategy_ = &newest_.emplace();
      name_ = "newest";
      break;
    case Answers::kSeeded:
      strategy_ = &seeded_.emplace(SeededStrategy::Options{config.seed});
      name_ = "seeded";
      break;
  }
  FOZZY_CHECK(strategy_->Begin(0));
}

absl::Status CheckSchedule(absl::string_view schedule) {
  if (Find(schedule)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("unknown schedule ", Quote(schedule),
                   "; expected fifo, bfs, dfs, random, pct or "
                   "coverage_guided"));
}

}  // namespace fozzy

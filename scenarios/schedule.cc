#include "scenarios/schedule.h"

#include <sys/mman.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "scenarios/quote.h"
#include "sim/base/check.h"
#include "sim/core/make_strategy.h"

namespace fozzy {
namespace {

enum class Answers : uint8_t { kCalm, kNewest, kSeeded, kAll, kMade };

struct ScheduleInfo {
  absl::string_view name;
  Answers answers;
};

// What is not here is made by MakeStrategy.
constexpr ScheduleInfo kSchedules[] = {
    {"bfs", Answers::kCalm},
    {"calm", Answers::kCalm},
    {"coverage_guided", Answers::kSeeded},
    {"dfs", Answers::kNewest},
    {"exhaustive", Answers::kAll},
    {"fifo", Answers::kCalm},
    {"newest", Answers::kNewest},
    {"pct", Answers::kSeeded},
    {"random", Answers::kSeeded},
};

constexpr absl::string_view kSequential[] = {"exhaustive", "feedback"};

Answers Find(absl::string_view name) {
  for (const ScheduleInfo& schedule : kSchedules) {
    if (schedule.name == name) return schedule.answers;
  }
  return Answers::kMade;
}

// Memory for ever, as strategies live: what few blocks they take.
void* Map(size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  FOZZY_CHECK(memory != MAP_FAILED);
  return memory;
}

MadeStrategy MakeNamed(absl::string_view name, uint64_t seed, Arena& arena) {
  return MakeStrategy({name.data(), name.size()}, {.seed = seed}, arena);
}

}  // namespace

ScheduleStrategy::ScheduleStrategy(ScenarioVariant variant,
                                   const RunConfig& config) {
  const bool is_cluster = variant == ScenarioVariant::kDistributed;
  switch (is_cluster ? Find(config.schedule) : Answers::kSeeded) {
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
    case Answers::kAll:
      strategy_ = &all_.emplace(arena_.emplace(Map), DfsStrategy::Options{});
      name_ = config.schedule;
      break;
    case Answers::kMade:
      Make(config);
      break;
  }
  FOZZY_CHECK(strategy_->Begin(0));
}

void ScheduleStrategy::Make(const RunConfig& config) {
  const MadeStrategy made =
      MakeNamed(config.schedule, config.seed, arena_.emplace(Map));
  FOZZY_CHECK(made.strategy != nullptr);
  strategy_ = &deliveries_.emplace(*made.strategy);
  name_ = config.schedule;
}

absl::Status CheckSchedule(absl::string_view schedule) {
  if (Find(schedule) != Answers::kMade) return absl::OkStatus();
  Arena arena(Map);
  const MadeStrategy made = MakeNamed(schedule, 0, arena);
  if (made.strategy != nullptr) return absl::OkStatus();
  if (made.maker != nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("found schedule ", Quote(schedule), ": ", made.problem));
  }
  std::vector<std::string> names;
  for (const ScheduleInfo& info : kSchedules) names.emplace_back(info.name);
  for (const StrategyMaker& maker : StrategyMakers()) {
    const absl::string_view name(maker.name.data(), maker.name.size());
    if (!maker.parameter.empty() && maker.otherwise >= maker.least) {
      names.push_back(absl::StrCat(name, ":", maker.otherwise));
    } else if (Find(name) == Answers::kMade) {
      names.emplace_back(name);
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat("unknown schedule ", Quote(schedule), "; expected one of ",
                   absl::StrJoin(names, ", ")));
}

bool IsSequential(absl::string_view schedule) {
  for (const absl::string_view name : kSequential) {
    if (name == schedule) return true;
  }
  return false;
}

}  // namespace fozzy

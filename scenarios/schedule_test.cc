#include "scenarios/schedule.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

// Returns what `schedule` answers to "which of 9 messages?", and whether it
// would rather go on with the script.
std::pair<uint64_t, uint64_t> Answers(const std::string& schedule) {
  RunConfig config = DetConfig();
  config.schedule = schedule;
  ScheduleStrategy chosen(ScenarioVariant::kDistributed, config);
  Strategy& strategy = chosen.strategy();
  const uint64_t progress =
      strategy.PickValue({.kind = ChoiceKind::kProgress, .last = 8});
  return {progress,
          strategy.PickValue({.kind = ChoiceKind::kDeliver, .last = 8})};
}

std::string NameOf(ScenarioVariant variant, const std::string& schedule) {
  RunConfig config = DetConfig();
  config.schedule = schedule;
  return std::string(ScheduleStrategy(variant, config).name());
}

TEST(ScheduleTest, FifoAndBfsFinishTheScriptAndTakeTheOldestMessage) {
  EXPECT_EQ(Answers("fifo"), std::make_pair(uint64_t{0}, uint64_t{0}));
  EXPECT_EQ(Answers("bfs"), std::make_pair(uint64_t{0}, uint64_t{0}));
}

TEST(ScheduleTest, DfsFinishesTheScriptAndTakesTheNewestMessage) {
  EXPECT_EQ(Answers("dfs"), std::make_pair(uint64_t{0}, uint64_t{8}));
}

TEST(ScheduleTest, TheOthersAreAnsweredFromTheSeed) {
  for (const char* name : {"random", "pct", "coverage_guided"}) {
    EXPECT_EQ(NameOf(ScenarioVariant::kDistributed, name), "seeded") << name;
    EXPECT_EQ(Answers(name), Answers("random"));
  }
}

TEST(ScheduleTest, StepsAreAnsweredFromTheSeedWhateverTheScheduleSays) {
  for (const char* name : {"fifo", "dfs", "random"}) {
    EXPECT_EQ(NameOf(ScenarioVariant::kSteps, name), "seeded");
  }
}

TEST(ScheduleTest, NamesAreStoredByWhatTheyMean) {
  EXPECT_EQ(NameOf(ScenarioVariant::kDistributed, "bfs"), "calm");
  EXPECT_EQ(NameOf(ScenarioVariant::kDistributed, "dfs"), "newest");
}

TEST(CheckScheduleTest, KnowsSixNamesAndListsThemToWhoAsksForAnother) {
  for (const char* name :
       {"fifo", "bfs", "dfs", "random", "pct", "coverage_guided"}) {
    EXPECT_TRUE(CheckSchedule(name).ok()) << name;
  }
  EXPECT_EQ(CheckSchedule("lifo").message(),
            R"(unknown schedule "lifo"; expected fifo, bfs, dfs, random, pct )"
            "or coverage_guided");
  EXPECT_FALSE(CheckSchedule("").ok());
  EXPECT_FALSE(CheckSchedule("FIFO").ok());
}

}  // namespace
}  // namespace fozzy

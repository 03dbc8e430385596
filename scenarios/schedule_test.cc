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

TEST(ScheduleTest, CalmAndNewestAreOtherNamesOfFifoAndDfs) {
  EXPECT_EQ(NameOf(ScenarioVariant::kDistributed, "calm"), "calm");
  EXPECT_EQ(NameOf(ScenarioVariant::kDistributed, "newest"), "newest");
  EXPECT_EQ(Answers("newest"), Answers("dfs"));
}

TEST(ScheduleTest, OtherStrategiesAreStoredByTheirOwnName) {
  for (const char* name : {"pct:3", "delay", "surw", "exhaustive"}) {
    EXPECT_EQ(NameOf(ScenarioVariant::kDistributed, name), name);
  }
}

TEST(ScheduleTest, PctWithADepthIsNotPctWithout) {
  RunConfig config = DetConfig();
  config.schedule = "pct:2";
  EXPECT_EQ(ScheduleStrategy(ScenarioVariant::kDistributed, config).name(),
            "pct:2");
  EXPECT_TRUE(ScheduleStrategy(ScenarioVariant::kDistributed, config)
                  .strategy()
                  .WantsOps());
  config.schedule = "pct";
  EXPECT_FALSE(ScheduleStrategy(ScenarioVariant::kDistributed, config)
                   .strategy()
                   .WantsOps());
}

TEST(CheckScheduleTest, KnowsAllNamesAndListsThemToWhoAsksForAnother) {
  for (const char* name :
       {"fifo", "bfs", "dfs", "random", "pct", "coverage_guided", "calm",
        "newest", "exhaustive", "pct:3", "delay:2", "preempt:2", "pos", "surw",
        "urw", "round_robin", "round_robin:5", "portfolio", "feedback"}) {
    EXPECT_TRUE(CheckSchedule(name).ok()) << name;
  }
  EXPECT_EQ(CheckSchedule("lifo").message(),
            R"(unknown schedule "lifo"; expected one of bfs, calm, )"
            "coverage_guided, dfs, exhaustive, fifo, newest, pct, random, "
            "delay:2, feedback, pct:3, portfolio, pos, preempt:2, "
            "round_robin, surw, urw");
  EXPECT_EQ(CheckSchedule("pct:0").message(),
            R"(found schedule "pct:0": the parameter is not a number within )"
            "its bounds");
  EXPECT_FALSE(CheckSchedule("surw:1").ok());
  EXPECT_FALSE(CheckSchedule("").ok());
  EXPECT_FALSE(CheckSchedule("FIFO").ok());
}

TEST(IsSequentialTest, IsTrueOfWhatLearns) {
  EXPECT_TRUE(IsSequential("exhaustive"));
  EXPECT_TRUE(IsSequential("feedback"));
  EXPECT_FALSE(IsSequential("random"));
  EXPECT_FALSE(IsSequential("pct:3"));
}

}  // namespace
}  // namespace fozzy

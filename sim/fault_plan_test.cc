#include "sim/fault_plan.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/testing/recording_sink.h"
#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

TEST(FaultSiteTest, NamesAndSitesBelongTogether) {
  for (const FaultSiteInfo& info : kFaultSites) {
    EXPECT_EQ(FaultSiteOf(info.name), info.site) << info.name;
    EXPECT_EQ(InfoOf(info.site).name, info.name);
    EXPECT_FALSE(info.help.empty()) << info.name;
  }
}

TEST(FaultSiteTest, OtherNamesAreNone) {
  for (const std::string_view name :
       {"", "fs", "fs.", "fs.eio2", "FS.EIO", "zzz", "aaa"}) {
    EXPECT_EQ(FaultSiteOf(name), std::nullopt) << name;
  }
}

TEST(FaultPlanTest, NothingIsAskedAtASiteThatIsNotArmed) {
  ScriptedStrategy strategy({1, 1, 1});
  fozzy::Run run({.strategy = &strategy});
  FaultPlan plan;
  plan.Arm(FaultSite::kFsEio, 1, 2);
  EXPECT_FALSE(plan.Inject(run, FaultSite::kNetDrop, 0));
  EXPECT_TRUE(strategy.questions().empty());
}

TEST(FaultPlanTest, AnArmedSiteAsksWithItsOdds) {
  ScriptedStrategy strategy;
  fozzy::Run run({.strategy = &strategy});
  FaultPlan plan;
  plan.Arm(FaultSite::kFsEio, 1, 50);
  EXPECT_FALSE(plan.Inject(run, FaultSite::kFsEio, 0));

  ASSERT_EQ(strategy.questions().size(), 1u);
  const ValueChoice& asked = strategy.questions()[0];
  EXPECT_EQ(asked.kind, ChoiceKind::kFault);
  EXPECT_EQ(asked.last, 1u);
  // 2^64 / 50, rounded down.
  EXPECT_EQ(asked.weight.threshold, 368934881474191032u);
  EXPECT_EQ(asked.draw, kNoDraw);
}

TEST(FaultPlanTest, AFaultIsToldWithItsTimeAndSite) {
  ScriptedStrategy strategy({0, 1});
  RecordingSink sink;
  fozzy::Run run({.strategy = &strategy, .sink = &sink});
  FaultPlan plan;
  plan.Arm(FaultSite::kHttpReset, 1, 100);
  EXPECT_FALSE(plan.Inject(run, FaultSite::kHttpReset, 30));
  EXPECT_TRUE(plan.Inject(run, FaultSite::kHttpReset, 40));
  EXPECT_EQ(
      sink.events,
      (std::vector<HeardEvent>{{EventKind::kFault, 40, {}, {"http.reset"}}}));
}

TEST(FaultPlanTest, FaultsUseUpTheBudgetAndThenNothingIsAsked) {
  ScriptedStrategy strategy({1, 0, 1, 1});
  fozzy::Run run({.strategy = &strategy});
  FaultPlan plan({.budget = 2});
  plan.Arm(FaultSite::kFsEio, 1, 2);
  plan.Arm(FaultSite::kNetDrop, 1, 2);
  EXPECT_TRUE(plan.Inject(run, FaultSite::kFsEio, 0));
  EXPECT_EQ(plan.budget(), 1u);
  EXPECT_FALSE(plan.Inject(run, FaultSite::kFsEio, 0));
  EXPECT_EQ(plan.budget(), 1u);
  EXPECT_TRUE(plan.Inject(run, FaultSite::kNetDrop, 0));
  EXPECT_EQ(plan.budget(), 0u);

  EXPECT_FALSE(plan.Inject(run, FaultSite::kFsEio, 0));
  EXPECT_EQ(strategy.questions().size(), 3u);
}

TEST(FaultPlanTest, ACopyHasABudgetOfItsOwn) {
  ScriptedStrategy strategy({1, 1});
  fozzy::Run run({.strategy = &strategy});
  FaultPlan configured({.budget = 1});
  configured.Arm(FaultSite::kFsEio, 1, 2);
  for (int round = 0; round < 2; ++round) {
    FaultPlan plan = configured;
    EXPECT_TRUE(plan.Inject(run, FaultSite::kFsEio, 0)) << round;
  }
  EXPECT_EQ(configured.budget(), 1u);
}

TEST(FaultPlanTest, ArmingAgainReplacesTheOdds) {
  ScriptedStrategy strategy;
  fozzy::Run run({.strategy = &strategy});
  FaultPlan plan;
  plan.Arm(FaultSite::kFsEio, 1, 50);
  plan.Arm(FaultSite::kFsEio, 1, 2);
  plan.Inject(run, FaultSite::kFsEio, 0);
  EXPECT_EQ(strategy.questions()[0].weight.threshold, uint64_t{1} << 63);
}

TEST(FaultPlanTest, EverySiteCanBeArmedAlone) {
  for (const FaultSiteInfo& armed : kFaultSites) {
    FaultPlan plan;
    plan.Arm(armed.site, 1, 1);
    for (const FaultSiteInfo& other : kFaultSites) {
      EXPECT_EQ(plan.is_armed(other.site), other.site == armed.site)
          << armed.name << ", " << other.name;
    }
  }
}

TEST(FaultPlanDeathTest, OddsOutsideZeroToOneAreABug) {
  FaultPlan plan;
  EXPECT_DEATH(plan.Arm(FaultSite::kFsEio, 0, 5), "check failed");
  EXPECT_DEATH(plan.Arm(FaultSite::kFsEio, 6, 5), "check failed");
}

}  // namespace
}  // namespace fozzy

// `fozzy explore --runs` as a user sees it.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/testing/run_program.h"
#include "cli/testing/sample_scenarios.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string ScenarioOf(const std::string& system) {
  return absl::StrCat(
      R"({"version":1,"name":"kv-explore","distributed":{"system":")", system,
      R"(","node_count":3,"steps":[
{"type":"client_put","node":"n1","key":"y","value":"1"},
{"type":"client_put","node":"n0","key":"x","value":"1"},
{"type":"tick","duration":"1ms"},
{"type":"tick","duration":"1ms"},
{"type":"partition","a":"n0","b":"n1"},
{"type":"client_put","node":"n0","key":"x","value":"2"},
{"type":"heal","a":"n0","b":"n1"}],
"invariants":[{"type":"kv_all_equal","key":"x"}]}})");
}

void WriteScenarios() {
  ASSERT_TRUE(WriteFile("good.fozzy.json", ScenarioOf("kv")).ok());
  ASSERT_TRUE(WriteFile("bad.fozzy.json", ScenarioOf("kv-lww-bug")).ok());
  ASSERT_TRUE(WriteFile("stale.fozzy.json", kStaleRead).ok());
}

// Runs `fozzy explore FLAGS --json`, which is to end with `code`.
std::string Explored(const std::string& flags, int code = kExitOk) {
  const Outcome outcome = RunProgram("explore " + flags + " --json");
  EXPECT_EQ(outcome.code, code) << flags << "\n" << outcome.out << outcome.err;
  return outcome.out;
}

TEST(ExploreCampaignTest, TheReportIsTheSameForAnyNumberOfJobs) {
  const TempFolder folder;
  WriteScenarios();
  for (const std::string system : {"good", "bad"}) {
    std::vector<std::string> reports;
    for (const std::string jobs : {"1", "2", "5"}) {
      const std::string report =
          Explored(system + ".fozzy.json --runs 3000 --seed 3 --jobs " + jobs,
                   system == "good" ? kExitOk : kExitFinding);
      std::string same;
      for (const std::string path :
           {".status", ".exploration", ".findings", ".reproduce", ".warnings",
            ".identity.seed", ".virtualMs"}) {
        absl::StrAppend(&same, path, ": ", Get(report, path), "\n");
      }
      reports.push_back(same);
    }
    EXPECT_EQ(reports[1], reports[0]);
    EXPECT_EQ(reports[2], reports[0]);
  }
}

TEST(ExploreCampaignTest, APassSaysHowManySchedulesThereWere) {
  const TempFolder folder;
  WriteScenarios();
  const std::string report = Explored("good.fozzy.json --runs 500 --seed 3");
  EXPECT_EQ(Get(report, ".status"), "pass");
  EXPECT_EQ(Get(report, ".mode"), "explore");
  EXPECT_EQ(Get(report, ".exploration.schedules"), "500");
  // Three writes are told to two others each.
  EXPECT_EQ(Get(report, ".exploration.deliveries"), "3000");
  EXPECT_EQ(Get(report, ".exploration.exhaustive"), "false");
  EXPECT_EQ(Get(report, ".exploration.findingRun"), "");
  EXPECT_NE(Get(report, ".microsPerSchedule"), "");

  const Outcome text = RunProgram("explore good.fozzy.json --runs 500");
  EXPECT_THAT(text.out, StartsWith("pass: good.fozzy.json, 500 schedules, "));
  EXPECT_THAT(text.out, HasSubstr(" distinct, not exhaustive, "));
  EXPECT_THAT(text.out, HasSubstr(" us each"));
}

TEST(ExploreCampaignTest, AFindingHasATraceAndALineThatRepeatIt) {
  const TempFolder folder;
  WriteScenarios();
  const std::string report = Explored(
      "bad.fozzy.json --runs 3000 --seed 3 --record bug.fozzy", kExitFinding);
  EXPECT_EQ(Get(report, ".findings[].title"), "kv_all_equal");
  EXPECT_EQ(Get(report, ".identity.tracePath"), "bug.fozzy");
  const std::string schedules = Get(report, ".exploration.schedules");
  EXPECT_EQ(std::stoul(Get(report, ".exploration.findingRun")) + 1,
            std::stoul(schedules));

  const Outcome replay = RunProgram("replay bug.fozzy --json");
  EXPECT_EQ(replay.code, kExitFinding) << replay.out;
  EXPECT_EQ(Get(replay.out, ".findings[].message"),
            Get(report, ".findings[].message"));
  EXPECT_EQ(RunProgram("ci bug.fozzy").code, kExitOk);

  const std::string line = Get(report, ".reproduce");
  EXPECT_THAT(line, StartsWith("fozzy explore bad.fozzy.json --seed "));
  const Outcome again = RunShell(line + " --json");
  EXPECT_EQ(again.code, kExitFinding) << again.out;
  EXPECT_EQ(Get(again.out, ".findings"), Get(report, ".findings"));
}

TEST(ExploreCampaignTest, ThePlantedBugIsNotFoundByTheCalmSchedule) {
  const TempFolder folder;
  WriteScenarios();
  Explored("bad.fozzy.json");
  const std::string report =
      Explored("bad.fozzy.json --runs 100 --strategy fifo");
  EXPECT_EQ(Get(report, ".exploration.schedules"), "1");
  Explored("bad.fozzy.json --runs 100 --schedule dfs", kExitFinding);
}

TEST(ExploreCampaignTest, ASmallClusterIsSearchedExhaustively) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("replicas.fozzy.json", kReplicas).ok());
  // Two writes are told to two others each; see ExploreTest for the number.
  const std::string report =
      Explored("replicas.fozzy.json --runs 1000 --strategy exhaustive");
  EXPECT_EQ(Get(report, ".exploration.schedules"), "40");
  EXPECT_EQ(Get(report, ".exploration.distinct"), "40");
  EXPECT_EQ(Get(report, ".exploration.exhaustive"), "true");
  const std::string id = Get(report, ".identity.runId");
  Explored("replicas.fozzy.json --runs 2000 --resume " + id, kExitUsage);
  Explored("replicas.fozzy.json --runs 9 --jobs 2 --strategy exhaustive",
           kExitUsage);
  Explored("replicas.fozzy.json --runs 9 --jobs 2 --strategy feedback",
           kExitUsage);
}

TEST(ExploreCampaignTest, EveryStrategyFindsThePlantedBugAndItReplays) {
  const TempFolder folder;
  WriteScenarios();
  for (const std::string strategy :
       {"exhaustive", "pct:3", "pos", "surw", "urw", "delay:2", "preempt:2",
        "portfolio", "feedback", "newest"}) {
    const std::string report = Explored(
        "bad.fozzy.json --runs 3000 --seed 3 --record-collision overwrite "
        "--record bug.fozzy --strategy " +
            strategy,
        kExitFinding);
    EXPECT_EQ(Get(report, ".findings[].title"), "kv_all_equal") << strategy;
    EXPECT_EQ(RunProgram("ci bug.fozzy").code, kExitOk) << strategy;
    EXPECT_EQ(RunShell(Get(report, ".reproduce")).code, kExitFinding)
        << Get(report, ".reproduce");
  }
}

TEST(ExploreCampaignTest, TwoHalvesAreTheWhole) {
  const TempFolder folder;
  WriteScenarios();
  const std::string flags = "good.fozzy.json --nodes 4 ";
  const std::string half =
      Explored(flags + "--runs 700 --seed 3 --strategy pct");
  const std::string id = Get(half, ".identity.runId");
  const std::string both =
      Explored(flags + "--runs 1500 --jobs 2 --resume " + id);
  const std::string whole =
      Explored(flags + "--runs 1500 --seed 3 --strategy pct");
  EXPECT_EQ(Get(half, ".exploration.schedules"), "700");
  EXPECT_EQ(Get(both, ".exploration"), Get(whole, ".exploration"));
  EXPECT_EQ(Get(both, ".identity.seed"), "3");
}

TEST(ExploreCampaignTest, WhatDoesNotFitAnEarlierExplorationIsRefused) {
  const TempFolder folder;
  WriteScenarios();
  const std::string id =
      Get(Explored("good.fozzy.json --runs 10 --seed 3"), ".identity.runId");
  const std::string single =
      Get(Explored("good.fozzy.json --seed 3"), ".identity.runId");
  for (const std::string& flags : {
           "bad.fozzy.json --resume " + id,
           "good.fozzy.json --nodes 4 --resume " + id,
           "good.fozzy.json --seed 4 --resume " + id,
           "good.fozzy.json --strategy fifo --resume " + id,
           "good.fozzy.json --resume " + single,
           std::string("good.fozzy.json --resume latest-but-one"),
           std::string("good.fozzy.json --runs 0"),
           std::string("good.fozzy.json --jobs 0"),
           std::string("good.fozzy.json --jobs 257"),
           std::string("good.fozzy.json --runs 10 --strategy sideways"),
       }) {
    EXPECT_EQ(Get(Explored(flags, kExitUsage), ".status"), "error") << flags;
  }
  EXPECT_EQ(Get(Explored("good.fozzy.json --runs 20 --resume " + id),
                ".exploration.schedules"),
            "20");
}

TEST(ExploreCampaignTest, ATimeLimitEndsItWithWhatWasFoundSoFar) {
  const TempFolder folder;
  WriteScenarios();
  const std::string report =
      Explored("good.fozzy.json --jobs 2 --time 50ms --seed 3");
  EXPECT_EQ(Get(report, ".status"), "pass");
  const std::string schedules = Get(report, ".exploration.schedules");
  EXPECT_GT(std::stoul(schedules), 0u);
  EXPECT_EQ(Get(Explored("good.fozzy.json --seed 3 --runs " + schedules),
                ".exploration"),
            Get(report, ".exploration"));
}

TEST(ExploreCampaignTest, AFailureOfTheVeryFirstRunIsRunZero) {
  const TempFolder folder;
  WriteScenarios();
  const std::string report =
      Explored("stale.fozzy.json --runs 10 --seed 7", kExitFinding);
  EXPECT_EQ(Get(report, ".exploration.findingRun"), "0");
  EXPECT_EQ(Get(report, ".findings[].title"), "client_get_assert");
  EXPECT_EQ(Get(report, ".findings[0].location.line"), "4");
}

}  // namespace
}  // namespace fozzy

// `fozzy explore` as a user sees it.
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

void WriteScenarios() {
  ASSERT_TRUE(WriteFile("replicas.fozzy.json", kReplicas).ok());
  ASSERT_TRUE(WriteFile("stale.fozzy.json", kStaleRead).ok());
  WriteScenario("steps.fozzy.json", kPassing);
}

struct ExitCase {
  std::string flags;
  int code;
};

TEST(ExploreCommandTest, TheExitCodeIsThatOfTheTableAndJsonIsOneDocument) {
  const TempFolder folder;
  WriteScenarios();
  for (const ExitCase& expected : std::vector<ExitCase>{
           {"replicas.fozzy.json", kExitOk},
           {"replicas.fozzy.json --nodes 5", kExitOk},
           {"replicas.fozzy.json --nodes 2", kExitOk},
           {"replicas.fozzy.json --shrink --minimize --mem-track", kExitOk},
           {"replicas.fozzy.json --checker kv_all_equal:b", kExitOk},
           {"replicas.fozzy.json --checker kv_node_equals:n2:a:1", kExitOk},
           {"replicas.fozzy.json --checker kv_node_equals:n2:a:9",
            kExitFinding},
           {"replicas.fozzy.json --checker kv_present_on_all:none",
            kExitFinding},
           {"replicas.fozzy.json --faults none", kExitOk},
           {"replicas.fozzy.json --faults heal-first-two", kExitOk},
           {"stale.fozzy.json", kExitFinding},
           {"stale.fozzy.json --seed 7 --schedule random", kExitFinding},
           {"steps.fozzy.json", kExitUsage},
           {"none.fozzy.json", kExitUsage},
           {"replicas.fozzy.json --nodes 0", kExitUsage},
           {"replicas.fozzy.json --nodes 1", kExitUsage},
           {"replicas.fozzy.json --schedule sideways", kExitUsage},
           {"replicas.fozzy.json --checker nonsense", kExitUsage},
           {"replicas.fozzy.json --checker kv_node_equals:n9:a:1", kExitUsage},
           {"replicas.fozzy.json --faults meteor", kExitUsage},
       }) {
    const Outcome outcome = RunProgram("explore " + expected.flags + " --json");
    EXPECT_EQ(outcome.code, expected.code) << expected.flags << outcome.out;
    EXPECT_EQ(Get(outcome.out, ".status"), expected.code == kExitOk ? "pass"
                                           : expected.code == kExitFinding
                                               ? "fail"
                                               : "error")
        << expected.flags << outcome.out;
  }
}

TEST(ExploreCommandTest, EveryScheduleRecordsARunThatReplays) {
  const TempFolder folder;
  WriteScenarios();
  for (const std::string schedule :
       {"fifo", "bfs", "dfs", "random", "pct", "coverage_guided"}) {
    for (const std::string scenario : {"replicas", "stale"}) {
      const std::string trace = schedule + scenario + ".fozzy";
      const Outcome outcome = RunProgram(
          absl::StrCat("explore ", scenario, ".fozzy.json --seed 3 --schedule ",
                       schedule, " --record ", trace, " --json"));
      EXPECT_EQ(Get(outcome.out, ".identity.tracePath"), trace);
      EXPECT_EQ(RunProgram("replay " + trace).code, outcome.code) << trace;
      EXPECT_EQ(RunProgram("ci " + trace).code, kExitOk) << trace;
    }
  }
}

TEST(ExploreCommandTest, AStaleReadIsAFindingThatReplays) {
  const TempFolder folder;
  WriteScenarios();
  const Outcome outcome =
      RunProgram("explore stale.fozzy.json --record stale.fozzy --json");

  EXPECT_EQ(outcome.code, kExitFinding);
  EXPECT_EQ(Get(outcome.out, ".findings[0].title"), "client_get_assert");
  EXPECT_EQ(Get(outcome.out, ".findings[0].location.line"), "4");
  const Outcome replay = RunProgram("replay stale.fozzy --json");
  EXPECT_EQ(replay.code, kExitFinding);
  EXPECT_EQ(Get(replay.out, ".findings[].message"),
            Get(outcome.out, ".findings[].message"));
}

TEST(ExploreCommandTest, PresetsAreStepsPutFirst) {
  const TempFolder folder;
  WriteScenarios();
  for (const auto& [preset, event] :
       std::vector<std::pair<std::string, std::string>>{
           {"partition-first-two", "partition"},
           {"heal-first-two", "heal"},
           {"crash-first", "crash"},
           {"restart-first", "restart"}}) {
    const std::string trace = preset + ".fozzy";
    RunProgram("explore replicas.fozzy.json --faults " + preset + " --record " +
               trace);
    const Outcome shown =
        RunProgram("trace show " + trace + " --kind " + event);
    EXPECT_THAT(shown.out, HasSubstr(event)) << preset;
  }
  const Outcome both = RunProgram(
      "explore replicas.fozzy.json --faults "
      "partition-first-two,heal-first-two --json");
  EXPECT_EQ(both.code, kExitOk) << both.out;
}

TEST(ExploreCommandTest, WhatIsReproducedIsTheSame) {
  const TempFolder folder;
  WriteScenarios();
  for (const std::string flags :
       {"replicas.fozzy.json --faults crash-first --nodes 4 "
        "--checker kv_present_on_all:zz --schedule random --steps 3",
        "stale.fozzy.json --schedule dfs"}) {
    const Outcome first = RunProgram("explore " + flags + " --json");
    const std::string line = Get(first.out, ".reproduce");
    ASSERT_THAT(line, StartsWith("fozzy explore ")) << first.out;
    const Outcome second = RunShell(line + " --json");
    EXPECT_EQ(first.code, kExitFinding);
    EXPECT_EQ(second.code, first.code);
    EXPECT_EQ(Get(second.out, ".findings"), Get(first.out, ".findings"));
  }
}

TEST(ExploreCommandTest, ARecordingIsNotReplacedUnlessAsked) {
  const TempFolder folder;
  WriteScenarios();
  const std::string line = "explore replicas.fozzy.json --record a.fozzy";
  EXPECT_EQ(RunProgram(line).code, kExitOk);
  EXPECT_EQ(RunProgram(line).code, kExitUsage);
  EXPECT_EQ(RunProgram(line + " --record-collision overwrite").code, kExitOk);
  EXPECT_FALSE(Exists("a.1.fozzy"));
  EXPECT_EQ(RunProgram(line + " --record-collision append").code, kExitOk);
  EXPECT_TRUE(Exists("a.1.fozzy"));
}

}  // namespace
}  // namespace fozzy

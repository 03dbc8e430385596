// `fozzy shrink` as a user sees it.
#include <filesystem>
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

const char kExamples[] = "../scenarios/examples/";

// Returns the text of an example.  To be called before there is a TempFolder.
std::string Example(const std::string& name) {
  const auto text =
      ReadFile(absl::StrCat(std::filesystem::current_path().string(), "/",
                            kExamples, name, ".fozzy.json"));
  EXPECT_TRUE(text.ok()) << text.status();
  return text.value_or("");
}

uint64_t Number(const std::string& json, const std::string& path) {
  const std::string text = Get(json, path);
  EXPECT_NE(text, "") << path << " of " << json;
  return text.empty() ? 0 : std::stoull(text);
}

TEST(ShrinkCommandTest, ThePlantedBugIsFoundShrunkAndReplayed) {
  const std::string example = Example("write-is-lost-after-a-heal");
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("lost.fozzy.json", example).ok());
  EXPECT_EQ(RunProgram("explore lost.fozzy.json").code, kExitOk);
  const Outcome found = RunProgram(
      "explore lost.fozzy.json --runs 10000 --seed 7 --record lost.fozzy "
      "--json");
  ASSERT_EQ(found.code, kExitFinding) << found.out;
  EXPECT_EQ(Get(found.out, ".findings[].title"), "kv_all_equal");

  const Outcome shrunk = RunProgram("shrink lost.fozzy --json");
  ASSERT_EQ(shrunk.code, kExitFinding) << shrunk.out << shrunk.err;
  EXPECT_EQ(Get(shrunk.out, ".status"), "fail");
  EXPECT_EQ(Get(shrunk.out, ".mode"), "explore");
  EXPECT_EQ(Get(shrunk.out, ".identity.tracePath"), "lost.min.fozzy");
  EXPECT_EQ(Get(shrunk.out, ".findings[].title"), "kv_all_equal");
  EXPECT_EQ(Get(shrunk.out, ".shrink.fixpoint"), "true");
  EXPECT_GT(Number(shrunk.out, ".shrink.before.values"), 1u);
  // The calmest run, but that one message overtakes another.
  EXPECT_EQ(Number(shrunk.out, ".shrink.after.values"), 1u);
  EXPECT_EQ(Number(shrunk.out, ".shrink.after.preemptions"), 0u);
  EXPECT_GT(Number(shrunk.out, ".shrink.runs"), 0u);
  EXPECT_LE(Number(shrunk.out, ".shrink.runs"), 20'000u);

  const Outcome replay = RunProgram("replay lost.min.fozzy --json");
  EXPECT_EQ(replay.code, kExitFinding);
  EXPECT_EQ(Get(replay.out, ".findings[].message"),
            Get(shrunk.out, ".findings[].message"));
  EXPECT_EQ(RunProgram("ci lost.min.fozzy").code, kExitOk);
}

TEST(ShrinkCommandTest, TheSameTraceShrinksToTheSameBytes) {
  const std::string example = Example("write-is-lost-after-a-heal");
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("lost.fozzy.json", example).ok());
  RunProgram("explore lost.fozzy.json --runs 10000 --seed 7 --record a.fozzy");
  RunProgram("shrink a.fozzy --out b.fozzy");
  RunProgram("shrink last-fail --out c.fozzy");
  RunProgram("shrink a.fozzy --out d.fozzy");
  const auto b = ReadFile("b.fozzy");
  const auto d = ReadFile("d.fozzy");
  ASSERT_TRUE(b.ok() && d.ok());
  EXPECT_EQ(*b, *d);
  EXPECT_TRUE(Exists("c.fozzy"));
}

TEST(ShrinkCommandTest, ARunOfStepsIsShrunkToo) {
  const TempFolder folder;
  WriteScenario("steps.fozzy.json", kFailing);
  RunProgram("run steps.fozzy.json --det --seed 7 --record steps.fozzy");
  const Outcome text = RunProgram("shrink steps.fozzy");
  EXPECT_EQ(text.code, kExitFinding) << text.err;
  // The number that was drawn does not matter.
  EXPECT_THAT(text.out, HasSubstr(", 1 to 1 decisions, 1 to 0 not 0, "));
  EXPECT_THAT(text.out, HasSubstr("recorded: steps.min.fozzy\n"));
  EXPECT_EQ(Get(RunProgram("shrink steps.fozzy --json").out, ".mode"),
            "replay");
}

TEST(ShrinkCommandTest, BudgetsAreRunsOrATime) {
  const std::string example = Example("write-is-lost-after-a-heal");
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("lost.fozzy.json", example).ok());
  RunProgram("explore lost.fozzy.json --runs 10000 --seed 7 --record a.fozzy");
  const Outcome few = RunProgram("shrink a.fozzy --budget 3 --json");
  EXPECT_EQ(few.code, kExitFinding);
  EXPECT_LE(Number(few.out, ".shrink.runs"), 3u);
  EXPECT_EQ(Get(few.out, ".shrink.fixpoint"), "false");
  EXPECT_EQ(RunProgram("shrink a.fozzy --budget 15s").code, kExitFinding);
}

// What is left of a run that draws a number, loses a message and lets another
// overtake when only `part` may change: of order and numbers, of faults.
std::pair<uint64_t, uint64_t> ShrunkOnly(const std::string& part) {
  const Outcome outcome =
      RunProgram("shrink mixed.fozzy --json --minimize " + part);
  EXPECT_EQ(outcome.code, kExitFinding) << outcome.out << outcome.err;
  return {Number(outcome.out, ".shrink.after.values"),
          Number(outcome.out, ".shrink.after.faults")};
}

TEST(ShrinkCommandTest, MinimizeSaysWhatMayChange) {
  const TempFolder folder;
  // Fails whatever is answered.
  WriteScenario("mixed.fozzy.json",
                R"({"type":"rand_u64","key":"number"},
                   {"type":"net_set_reorder","enabled":true},
                   {"type":"net_set_drop_rate","rate":0.5},
                   {"type":"net_send","from":"a","to":"b","payload":"1"},
                   {"type":"net_send","from":"a","to":"b","payload":"2"},
                   {"type":"net_send","from":"a","to":"b","payload":"3"},
                   {"type":"net_deliver_one"},
                   {"type":"net_deliver_one"},
                   {"type":"assert_ok","value":false})");
  // One of these seeds brings all three.
  std::pair<uint64_t, uint64_t> before;
  for (int seed = 0; seed < 64 && before.second == 0; ++seed) {
    RunProgram(absl::StrCat("run mixed.fozzy.json --det --seed ", seed,
                            " --record mixed.fozzy --record-collision "
                            "overwrite"));
    const std::string out = RunProgram("shrink mixed.fozzy --json").out;
    EXPECT_EQ(Get(out, ".shrink.after.values"), "0");
    if (Get(out, ".shrink.before.values") != "2") continue;
    before = {2, Number(out, ".shrink.before.faults")};
  }
  ASSERT_GT(before.second, 0u);
  using Left = std::pair<uint64_t, uint64_t>;
  EXPECT_EQ(ShrunkOnly("all"), (Left{0, 0}));
  EXPECT_EQ(ShrunkOnly("faults"), (Left{2, 0}));
  EXPECT_EQ(ShrunkOnly("input"), (Left{1, before.second}));
  EXPECT_EQ(ShrunkOnly("schedule"), (Left{1, before.second}));
}

TEST(ShrinkCommandTest, WhatCannotBeShrunkIsRefusedWithTheReason) {
  const TempFolder folder;
  WriteScenario("pass.fozzy.json", kPassing);
  WriteScenario("host.fozzy.json",
                R"({"type":"proc_spawn","cmd":"false"},
                   {"type":"assert_ok","value":false})");
  RunProgram("run pass.fozzy.json --det --seed 7 --record pass.fozzy");
  RunProgram(
      "run host.fozzy.json --det --seed 7 --proc-backend host "
      "--record host.fozzy");
  for (const auto& [line, reason] :
       std::vector<std::pair<std::string, std::string>>{
           {"shrink pass.fozzy", "found nothing"},
           {"shrink host.fozzy", "host"},
           {"shrink none.fozzy", "none.fozzy"},
           {"shrink pass.fozzy --budget soon", "--budget soon"},
           {"shrink pass.fozzy --minimize some", "--minimize"},
           {"shrink pass.fozzy --out pass.fozzy", "another path"},
           {"shrink pass.fozzy.json", "pass.fozzy.json"}}) {
    const Outcome outcome = RunProgram(line);
    EXPECT_EQ(outcome.code, kExitUsage) << line;
    EXPECT_THAT(outcome.err, HasSubstr(reason)) << line;
  }
  EXPECT_FALSE(Exists("pass.min.fozzy"));
}

}  // namespace
}  // namespace fozzy

#include "scenarios/steps_memory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

std::string Alloc(uint64_t bytes, absl::string_view key) {
  return absl::StrCat(R"({"type":"memory_alloc","bytes":)", bytes,
                      R"(,"key":")", key, R"("})");
}

std::string Free(absl::string_view key) {
  return absl::StrCat(R"({"type":"memory_free","key":")", key, R"("})");
}

std::string InUse(uint64_t bytes) {
  return absl::StrCat(R"({"type":"memory_assert_in_use_bytes","equals":)",
                      bytes, "}");
}

TEST(MemoryStepsTest, AllocatesCountsAndFrees) {
  const ScenarioRun run =
      RunAll({Alloc(64, "a"), Alloc(36, "b"), InUse(100), Free("a"), InUse(36),
              R"({"type":"memory_free","alloc_id":2})", InUse(0)});
  EXPECT_EQ(OutcomeOf(run), "pass");
  const MemorySummary expected = {2, 2, 0, 0, 100, 0, 0};
  EXPECT_EQ(run.report.memory, expected);
}

TEST(MemoryStepsTest, AnUnexpectedNumberOfBytesIsAFinding) {
  EXPECT_EQ(OutcomeOf(RunAll({InUse(1)})),
            "fail assertion/memory_assert_in_use_bytes@0: expected "
            "in_use_bytes=1, got 0");
}

TEST(MemoryFreeTest, WhatIsNotLiveCannotBeFreed) {
  EXPECT_EQ(OutcomeOf(RunAll({Alloc(1, "a"), Free("a"), Free("a")})),
            "fail checker/memory_free_missing@2: allocation id 1 was not live");
}

TEST(MemoryFreeTest, TheKeyMustHoldAnId) {
  EXPECT_EQ(OutcomeOf(RunAll({Free("a")})),
            R"(fail checker/memory_free@0: missing alloc id key "a")");
  for (const char* value :
       {"", "x", "-1", "1 ", "1.0", "++1", "18446744073709551616"}) {
    const std::string set =
        absl::StrCat(R"({"type":"set_kv","key":"a","value":")", value, R"("})");
    EXPECT_EQ(OutcomeOf(RunAll({set, Free("a")})),
              R"(fail checker/memory_free@1: alloc id key "a" is not a u64)")
        << value;
  }
}

TEST(MemoryFreeTest, NeedsAnIdOrAKeyAndNotBoth) {
  for (const char* step :
       {R"({"type":"memory_free"})",
        R"({"type":"memory_free","alloc_id":1,"key":"a"})"}) {
    const ParseOutcome outcome =
        ParseScenario("t.fozzy.json", FileOfSteps(step), ScenarioTables());
    EXPECT_FALSE(outcome.scenario.has_value());
    ASSERT_EQ(outcome.problems.size(), 1u);
    EXPECT_EQ(outcome.problems[0].field, "key");
  }
}

TEST(MemoryLimitTest, TheLimitItselfMayBeReached) {
  const std::string limit = R"({"type":"memory_limit_mb","mb":1})";
  EXPECT_EQ(OutcomeOf(RunAll({limit, Alloc(1 << 20, "a"), Free("a")})), "pass");
  const ScenarioRun run = RunAll({limit, Alloc((1 << 20) + 1, "a")});
  EXPECT_EQ(OutcomeOf(run),
            "fail checker/memory_alloc_failed@1: memory allocation failed: "
            "limit_mb");
  EXPECT_THAT(
      run.EventsOf(EventKind::kMemoryAllocFailed),
      ElementsAre(HeardEvent{
          EventKind::kMemoryAllocFailed, 0, {(1 << 20) + 1}, {"limit_mb"}}));
}

TEST(MemoryFailAfterTest, CountsAttempts) {
  const std::string after = R"({"type":"memory_fail_after_allocs","count":1})";
  EXPECT_EQ(OutcomeOf(RunAll({after, Alloc(0, "a"), Alloc(0, "b")})),
            "fail checker/memory_alloc_failed@2: memory allocation failed: "
            "fail_after_allocs");
}

// The numbers of the established tool for these steps.
TEST(MemoryModelTest, WaveAndFragmentationMakeAllocationsLarger) {
  const ScenarioRun run = RunAll(
      {R"({"type":"memory_pressure_wave","pattern":"1, 2,x,4"})",
       R"({"type":"memory_fragmentation","seed":7})", Alloc(200'000, "a"),
       InUse(224'000), Alloc(200'000, "b"), InUse(704'000), Alloc(200'000, "c"),
       InUse(1'712'000), Free("a"), Free("b"), Free("c")});
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_EQ(run.EventsOf(EventKind::kMemoryAlloc)[2].numbers,
            (std::vector<uint64_t>{3, 200'000, 1'008'000}));
}

TEST(MemoryCheckpointTest, IsAnEventAndMakesMemoryPartOfTheReport) {
  const ScenarioRun run =
      RunAll({R"({"type":"memory_checkpoint","name":"warm"})"});
  EXPECT_TRUE(run.report.memory.has_value());
  EXPECT_THAT(
      run.EventsOf(EventKind::kMemoryCheckpoint),
      ElementsAre(HeardEvent{EventKind::kMemoryCheckpoint, 0, {}, {"warm"}}));
}

TEST(MemoryModelTest, LookingIsNotUsing) {
  EXPECT_FALSE(RunAll({InUse(0)}).report.memory.has_value());
}

TEST(MemoryModelTest, RollingBackUndoesAllocationsAndSettings) {
  const ScenarioRun run = RunAll(
      {absl::StrCat(R"({"type":"assert_throws","steps":[)",
                    R"({"type":"memory_limit_mb","mb":0},)", Alloc(9, "a"),
                    "]}"),
       InUse(0), R"({"type":"get_kv_assert","key":"a","is_null":true})"});
  EXPECT_EQ(OutcomeOf(run), "pass");
  EXPECT_FALSE(run.report.memory.has_value());
}

}  // namespace
}  // namespace fozzy

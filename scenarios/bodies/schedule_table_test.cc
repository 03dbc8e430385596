#include "scenarios/bodies/schedule_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "scenarios/bodies/body_worker.h"
#include "scenarios/bodies/testing/bodies.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string TableOf(const std::function<void()>& body,
                    const std::vector<Decision>& decisions) {
  BodyWorker worker(body, {});
  ScheduleTable table;
  worker.Repeat(decisions, &table);
  return table.Text([&](TaskId task) { return worker.NameOf(task); });
}

TEST(ScheduleTableTest, EachTaskHasAColumnAndEachOpARow) {
  const std::string table = TableOf(LoseNoUpdate, {});

  EXPECT_THAT(table, HasSubstr("main"));
  EXPECT_THAT(table, HasSubstr("task 1"));
  EXPECT_THAT(table, HasSubstr("task 2"));
  EXPECT_THAT(table, HasSubstr("rmw #1 bodies.h:"));
  EXPECT_THAT(table, Not(HasSubstr("preempted")));
}

TEST(ScheduleTableTest, LeavingATaskThatCouldGoOnIsMarked) {
  EXPECT_THAT(TableOf(LoseNoUpdate, {{}, {ChoiceKind::kTask, TaskId{2}, 1}}),
              HasSubstr("[preempted]"));
}

TEST(ScheduleTableTest, WhatOneTaskDoesInARowIsFolded) {
  const std::string table = TableOf(
      [] {
        atomic<int> counter = 0;
        for (int i = 0; i < 1'000; ++i) ++counter;
        Log("counted");
      },
      {});

  EXPECT_THAT(table, HasSubstr("more"));
  EXPECT_THAT(table, HasSubstr("log: counted (0 ns)"));
  const std::vector<std::string> lines = absl::StrSplit(table, '\n');
  EXPECT_LT(lines.size(), 12u);
}

TEST(ScheduleTableTest, LongTablesAreCutInTheMiddle) {
  const std::string table = TableOf(
      [] {
        for (int i = 0; i < 1'000; ++i) Log("line");
      },
      {});

  EXPECT_THAT(table, HasSubstr("rows left out"));
  const std::vector<std::string> lines = absl::StrSplit(table, '\n');
  EXPECT_LE(lines.size(), ScheduleTable::kRowsMax + 3);
}

}  // namespace
}  // namespace fozzy

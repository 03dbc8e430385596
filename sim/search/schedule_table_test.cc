#include "sim/search/schedule_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "fozzy/sync.h"
#include "fozzy/var.h"
#include "sim/core/list_strategy.h"
#include "sim/search/body_subject.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Returns the table of the run of `body` with these answers.
std::string TableOf(const std::function<void()>& body,
                    const std::vector<Decision>& decisions) {
  BodySubject subject(body, {});
  ListStrategy list({.decisions = decisions});
  list.Begin(0);
  ScheduleTable table;
  subject.RunWith(list, table);
  return table.Text(
      [&](TaskId task) { return subject.simulation().NameOf(task); });
}

void LoseNoUpdate() {
  atomic<int> counter = 0;
  const auto add = [&counter] { counter.fetch_add(1); };
  thread a(add);
  thread b(add);
  a.join();
  b.join();
}

TEST(ScheduleTableTest, EachTaskHasAColumnAndEachOpARow) {
  const std::string table = TableOf(LoseNoUpdate, {});

  EXPECT_THAT(table, HasSubstr("main"));
  EXPECT_THAT(table, HasSubstr("task 1"));
  EXPECT_THAT(table, HasSubstr("task 2"));
  EXPECT_THAT(table, HasSubstr("rmw #1 schedule_table_test.cc:"));
  EXPECT_THAT(table, Not(HasSubstr("preempted")));
}

TEST(ScheduleTableTest, PlainMemoryHasNumbersOfItsOwn) {
  const std::string table = TableOf(
      [] {
        atomic<int> object = 0;
        var<int> plain = 0;
        object = 1;
        plain = 2;
      },
      {});
  EXPECT_THAT(table, HasSubstr("store #1 "));
  EXPECT_THAT(table, HasSubstr("write var 1 "));
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

TEST(ScheduleTableTest, ADeadlineStandsInTheColumnOfWhoWaitsForIt) {
  const std::string table = TableOf(
      [] {
        fozzy::this_thread::sleep_for(std::chrono::milliseconds(5));
        Log("awake\nnow");
      },
      {});

  EXPECT_THAT(table, HasSubstr("  main\n"));
  EXPECT_THAT(table, HasSubstr("deadline passes"));
  EXPECT_THAT(table, HasSubstr(" (5000000 ns)"));
  EXPECT_THAT(table, Not(HasSubstr("timer")));
  EXPECT_THAT(table, Not(HasSubstr("awake\nnow")));
}

}  // namespace
}  // namespace fozzy

#include "sim/history_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace fozzy {
namespace {

constexpr uint64_t kNever = CallTimes::kNever;

TEST(HistoryTableTest, HasAColumnPerTaskAndARowPerMoment) {
  const std::vector<ReportedCall> calls = {
      {{.task = 2, .invoked = 8, .returned = 11}, "push(1)", "true"},
      {{.task = 0, .invoked = 9, .returned = 10}, "pop()", "1"},
      {{.task = 0, .invoked = 12, .returned = kNever}, "pop()", ""},
  };

  EXPECT_EQ(HistoryTable(calls),
            "    task 0        task 2\n"
            " 8                [ push(1)\n"
            " 9  [ pop()       |\n"
            "10  ] pop() -> 1  |\n"
            "11                ] push(1) -> true\n"
            "12  [ pop()\n");
}

TEST(HistoryTableTest, ATaskMayHaveSeveralCallsInProgress) {
  const std::vector<ReportedCall> calls = {
      {{.task = 0, .invoked = 0, .returned = 2}, "a", "1"},
      {{.task = 0, .invoked = 1, .returned = 4}, "b", "2"},
      {{.task = 1, .invoked = 3, .returned = 5}, "c", "3"},
  };

  EXPECT_EQ(HistoryTable(calls),
            "   task 0    task 1\n"
            "0  [ a\n"
            "1  [ b\n"
            "2  ] a -> 1\n"
            "3  |         [ c\n"
            "4  ] b -> 2  |\n"
            "5            ] c -> 3\n");
}

TEST(HistoryTableTest, OnlyTheLastRowsOfManyAreShown) {
  std::vector<ReportedCall> calls = {{{.task = 1}, "first", ""}};
  for (uint64_t i = 0; i < kHistoryRowsMax; ++i) {
    calls.push_back(
        {{.task = 0, .invoked = 2 * i + 1, .returned = 2 * i + 2}, "a", "1"});
  }

  const std::string table = HistoryTable(calls);

  EXPECT_EQ(table.substr(0, table.find("\n", 30)),
            "     task 0    task 1\n"
            "(65 earlier rows are left out)");
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), kHistoryRowsMax + 2);
  EXPECT_THAT(table, testing::EndsWith("\n127  [ a       |\n"
                                       "128  ] a -> 1  |\n"));
}

TEST(HistoryTableTest, WideCellsAreCut) {
  const std::vector<ReportedCall> calls = {
      {{.task = 0}, std::string(100, 'x'), ""}};
  EXPECT_EQ(HistoryTable(calls),
            "   task 0\n0  [ " + std::string(43, 'x') + "...\n");
}

TEST(HistoryTableTest, NoCallsAreAnEmptyTable) {
  EXPECT_EQ(HistoryTable({}), "\n");
}

TEST(CallTextTest, APendingCallHasNoResult) {
  EXPECT_EQ(CallText({{.task = 0, .invoked = 0, .returned = 1}, "a()", "1"}),
            "a() -> 1");
  EXPECT_EQ(CallText({{.task = 0}, "a()", ""}), "a()");
}

TEST(PlainTextTest, IsOneLineOfAscii) {
  EXPECT_EQ(PlainText("a \"b\" ~"), "a \"b\" ~");
  EXPECT_EQ(PlainText("a\nb\x7f\xff"), "a\\x0ab\\x7f\\xff");
}

}  // namespace
}  // namespace fozzy

#include "scenarios/run_report.h"

#include <gtest/gtest.h>

#include <string>

namespace fozzy {
namespace {

TEST(RunReportTest, EveryStatusHasItsWordAndItsExitCode) {
  struct Row {
    RunStatus status;
    const char* name;
    int exit_code;
  };
  for (const Row& row :
       {Row{RunStatus::kPass, "pass", 0}, Row{RunStatus::kFail, "fail", 1},
        Row{RunStatus::kError, "error", 2},
        Row{RunStatus::kTimeout, "timeout", 3},
        Row{RunStatus::kCrash, "crash", 4}}) {
    EXPECT_EQ(RunStatusName(row.status), row.name);
    EXPECT_EQ(RunStatusOf(row.name), row.status);
    EXPECT_EQ(ExitCodeOf(row.status), row.exit_code);
  }
}

TEST(RunReportTest, OtherWordsNameNoStatus) {
  for (const char* word : {"", "passed", "Pass", "skip"}) {
    EXPECT_FALSE(RunStatusOf(word).has_value()) << word;
  }
}

}  // namespace
}  // namespace fozzy

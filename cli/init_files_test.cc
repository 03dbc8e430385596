#include "cli/init_files.h"

#include <string>

#include "absl/strings/match.h"
#include "cli/exit_code.h"
#include "cli/testing/run_program.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(InitFilesTest, EachIsAPathBelowThisFolderAndEndsItsLastLine) {
  for (const InitFile& file : InitFiles()) {
    EXPECT_FALSE(absl::StartsWith(file.path, "/")) << file.path;
    EXPECT_FALSE(absl::StrContains(file.path, "..")) << file.path;
    EXPECT_TRUE(absl::EndsWith(file.content, "\n")) << file.path;
  }
}

TEST(InitFilesTest, TheScenariosAreValidAndPass) {
  const TempFolder folder;
  ASSERT_EQ(RunProgram("init").code, kExitOk);
  int scenarios = 0;
  for (const InitFile& file : InitFiles()) {
    if (!absl::EndsWith(file.path, ".fozzy.json")) continue;
    ++scenarios;
    const Outcome outcome = RunProgram(
        {"validate", std::string(file.path), "--unknown-fields=error"});
    EXPECT_EQ(outcome.code, kExitOk) << outcome.err;
  }

  const Outcome test = RunProgram("test --det --json");
  EXPECT_EQ(test.code, kExitOk) << test.out;
  EXPECT_EQ(Get(test.out, ".tests.passed"), std::to_string(scenarios));
}

}  // namespace
}  // namespace fozzy

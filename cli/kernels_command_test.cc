// `fozzy kernels` by the program itself.
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/file.h"
#include "cli/testing/run_fozzy.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

TEST(KernelsCommandTest, ListsTheKernelsWithTheirChecksums) {
  const Outcome outcome = RunFozzy("kernels list");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("bytes_kernel: checksum 237\n"));
  EXPECT_THAT(RunFozzy("kernels list --json").out,
              HasSubstr("\"checksum\": 237"));
}

TEST(KernelsCommandTest, RunsAKernelOnEachBackendAndPath) {
  for (const char* how :
       {"--backend interp", "--backend vm", "--backend vm --perf-fastpath off",
        "--backend vm --perf-fastpath force"}) {
    const Outcome outcome =
        RunFozzy(absl::StrCat("kernels run duration_kernel --args 1000 ", how));
    EXPECT_EQ(outcome.code, 0) << how;
    // 1000 times 17, modulo 251.
    EXPECT_EQ(outcome.out, "duration_kernel: 183\n") << how;
  }
}

TEST(KernelsCommandTest, AFailureIsAFindingWithItsPlace) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("late.fk",
                        "fn f(i: i32) -> i32 {\n  let a = [1, 2];\n"
                        "  return a[i];\n}\n")
                  .ok());
  const Outcome outcome = RunFozzy("kernels run late.fk --args 2");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out,
            "late.fk: 3:11: index 2 is outside of an array of 2\n");
  const Outcome json = RunFozzy(
      "kernels run late.fk --args 1 --json "
      "--perf-lowering-report");
  EXPECT_EQ(json.code, 0);
  EXPECT_THAT(json.out, HasSubstr("\"result\": \"2\""));
  EXPECT_THAT(json.out, HasSubstr("\"bounds_checks\": 1"));
}

TEST(KernelsCommandTest, WhatIsNotEligibleIsRefusedWhenForced) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("shared.fk",
                        "fn f() -> i32 { shared let a = [1]; return a[0]; }")
                  .ok());
  const Outcome outcome =
      RunFozzy("kernels run shared.fk --perf-fastpath force");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("1:17: array 'a' cannot lie in direct"));
}

TEST(KernelsCommandTest, ReportsWhatLoweringMade) {
  const Outcome outcome = RunFozzy("kernels report bytes_kernel");
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("direct_loads 4"));
  EXPECT_THAT(outcome.out, HasSubstr("array table direct"));
  EXPECT_THAT(RunFozzy("kernels report bytes_kernel --perf-fastpath off").out,
              HasSubstr("handle_calls 12"));
}

TEST(KernelsCommandTest, UnknownKernelsAndWrongArgumentsAreUsageErrors) {
  EXPECT_EQ(RunFozzy("kernels run nothing").code, 2);
  EXPECT_EQ(RunFozzy("kernels run bytes_kernel --args 1,2").code, 2);
  EXPECT_EQ(RunFozzy("kernels run bytes_kernel --args x").code, 2);
  EXPECT_EQ(RunFozzy("kernels report missing.fk").code, 2);
}

}  // namespace
}  // namespace fozzy

#include "sim/base/check.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

TEST(CheckTest, PassesWhatHolds) {
  int evaluated = 0;
  FOZZY_CHECK(++evaluated == 1);
  EXPECT_EQ(evaluated, 1);
}

TEST(CheckDeathTest, SaysWhereAndWhatFailed) {
  EXPECT_DEATH(FOZZY_CHECK(1 + 1 == 3),
               "check_test.cc:[0-9]+: check failed: 1 \\+ 1 == 3\n");
}

TEST(CheckDeathTest, PrintsTheLineInFull) {
  EXPECT_DEATH(CheckFailed("file.cc", 1234567890, "what"),
               "^file.cc:1234567890: check failed: what\n");
  EXPECT_DEATH(CheckFailed("file.cc", 0, "what"), "^file.cc:0: check");
}

TEST(CheckTest, IsAnExpression) {
  const bool holds = true;
  const int value = (FOZZY_CHECK(holds), 5);
  EXPECT_EQ(value, 5);
}

}  // namespace
}  // namespace fozzy

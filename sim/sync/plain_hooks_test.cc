#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "sim/sync/testing/runs.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

struct Account {
  var<int> balance = 3;
  var<bool> is_open{true};
};

TEST(VarTest, IsReadWrittenAndCopiedLikeItsValue) {
  EXPECT_EQ(TextOf(RunOnce([] {
              var<int> number = 3;
              var<int> other = number;
              FOZZY_ALWAYS(++number == 4 && other == 3, "apart");
              other = number;
              FOZZY_ALWAYS((other += 2) == 6 && other-- == 6, "steps");
              var<long> wide;
              wide = other;
              FOZZY_ALWAYS(wide == 5, "converted");
              const Account first;
              Account second;
              second.balance = 9;
              second = first;
              FOZZY_ALWAYS(second.balance == 3, "copied as a member");
            })),
            "none");
}

TEST(VarTest, ReadingWhatWasNeverWrittenIsFound) {
  const auto finding = RunOnce([] {
    const var<int> number;
    static_cast<void>(number.load());
  });

  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->kind, FindingKind::kUninitialisedRead);
  EXPECT_THAT(finding->message,
              HasSubstr("main reads at plain_hooks_test.cc:"));
}

}  // namespace
}  // namespace fozzy

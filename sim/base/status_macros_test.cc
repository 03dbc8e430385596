#include "sim/base/status_macros.h"

#include <gtest/gtest.h>

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace fozzy {
namespace {

absl::StatusOr<std::unique_ptr<int>> Positive(int number) {
  if (number <= 0) return absl::InvalidArgumentError("not positive");
  return std::make_unique<int>(number);
}

absl::StatusOr<int> Sum(int a, int b) {
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<int> first, Positive(a));
  std::unique_ptr<int> second;
  FOZZY_ASSIGN_OR_RETURN(second, Positive(b));
  return *first + *second;
}

absl::Status CountUnless(const absl::Status& status, int& calls) {
  FOZZY_RETURN_IF_ERROR((++calls, status));
  ++calls;
  return absl::OkStatus();
}

TEST(StatusMacrosTest, AssignsWhatIsThereEvenIfItCanOnlyBeMoved) {
  ASSERT_TRUE(Sum(2, 3).ok());
  EXPECT_EQ(*Sum(2, 3), 5);
}

TEST(StatusMacrosTest, ReturnsTheStatusOfWhatIsNot) {
  EXPECT_EQ(Sum(0, 3).status(), absl::InvalidArgumentError("not positive"));
  EXPECT_EQ(Sum(2, 0).status(), absl::InvalidArgumentError("not positive"));
}

TEST(StatusMacrosTest, GoesOnAfterOkAndEvaluatesOnce) {
  int calls = 0;
  EXPECT_TRUE(CountUnless(absl::OkStatus(), calls).ok());
  EXPECT_EQ(calls, 2);
}

TEST(StatusMacrosTest, ReturnsAnErrorAtOnce) {
  int calls = 0;
  EXPECT_EQ(CountUnless(absl::DataLossError("gone"), calls),
            absl::DataLossError("gone"));
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace fozzy

#include "fozzy/history.h"

#include <gtest/gtest.h>

#include <string>

namespace fozzy {
namespace {

using Texts = History<std::string, int>;

TEST(HistoryTest, MomentsAreTheOrderOfInvocationsAndReturns) {
  Texts history;

  auto first = history.Invoke(4, "first");
  auto second = history.Invoke(0, "second");
  second.Return(2);
  first.Return(1);

  ASSERT_EQ(history.times().size(), 2);
  EXPECT_EQ(history.times()[0], (CallTimes{4, 0, 3}));
  EXPECT_EQ(history.times()[1], (CallTimes{0, 1, 2}));
  EXPECT_EQ(history.op(0), "first");
  EXPECT_EQ(history.result(0), 1);
  EXPECT_EQ(history.op(1), "second");
  EXPECT_EQ(history.result(1), 2);
}

TEST(HistoryTest, ACallThatIsDroppedIsPending) {
  Texts history;

  static_cast<void>(history.Invoke(0, "never"));
  history.Invoke(1, "returns").Return();

  EXPECT_EQ(history.times()[0].returned, CallTimes::kNever);
  EXPECT_EQ(history.result(0), std::nullopt);
  EXPECT_EQ(history.times()[1].returned, 2);
  EXPECT_EQ(history.result(1), 0);
}

TEST(HistoryTest, RecordReturnsWhatTheBodyDoes) {
  Texts history;

  const int seven = history.Record(2, "seven", [&] {
    history.Record(3, "inside", [] {});
    return 7;
  });

  EXPECT_EQ(seven, 7);
  EXPECT_EQ(history.times()[0], (CallTimes{2, 0, 3}));
  EXPECT_EQ(history.times()[1], (CallTimes{3, 1, 2}));
  EXPECT_EQ(history.result(0), 7);
}

TEST(HistoryTest, ABodyThatThrowsLeavesItsCallPending) {
  Texts history;

  EXPECT_THROW(history.Record(0, "throws", []() -> int { throw 1; }), int);

  EXPECT_EQ(history.times()[0].returned, CallTimes::kNever);
}

TEST(HistoryDeathTest, ReturningTwiceIsABug) {
  Texts history;
  auto call = history.Invoke(0, "once");
  call.Return(1);

  EXPECT_DEATH(call.Return(1), "check failed");
}

}  // namespace
}  // namespace fozzy

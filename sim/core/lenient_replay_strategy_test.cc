#include "sim/core/lenient_replay_strategy.h"

#include <gtest/gtest.h>

#include <vector>

namespace fozzy {
namespace {

constexpr ChoiceKind kRandom = ChoiceKind::kRandom;
constexpr ChoiceKind kDrop = ChoiceKind::kDrop;

ValueChoice Ask(ChoiceKind kind, uint64_t ordinal, uint64_t last = 99) {
  return {.kind = kind, .last = last, .key = {{}, kind, ordinal}};
}

// Returns the tasks chosen when each of `points` offers these tasks.
std::vector<uint32_t> Chosen(LenientReplayStrategy& strategy,
                             const std::vector<std::vector<TaskId>>& points) {
  std::vector<uint32_t> chosen;
  for (const std::vector<TaskId>& runnable : points) {
    chosen.push_back(runnable[strategy.PickTask({.runnable = runnable})].value);
  }
  return chosen;
}

const std::vector<TaskId> kAll = {{0}, {1}, {2}};

std::vector<KeyedAnswer> Recorded() {
  return {{{{}, kRandom, 0}, 10}, {{{}, kRandom, 1}, 11},
          {{{}, kRandom, 2}, 12}, {{{}, kDrop, 0}, 1},
          {{{}, kDrop, 1}, 0},    {{{}, kDrop, 2}, 1}};
}

TEST(LenientReplayStrategyTest, AnUnchangedRunGetsItsAnswers) {
  const std::vector<KeyedAnswer> answers = Recorded();
  LenientReplayStrategy strategy({.answers = answers});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_EQ(strategy.PickValue(Ask(kDrop, 0)), 1u);
  EXPECT_EQ(strategy.PickValue(Ask(kRandom, 0)), 10u);
  EXPECT_EQ(strategy.PickValue(Ask(kRandom, 1)), 11u);
  EXPECT_EQ(strategy.PickValue(Ask(kDrop, 1)), 0u);
  EXPECT_EQ(strategy.PickValue(Ask(kDrop, 2)), 1u);
  EXPECT_EQ(strategy.PickValue(Ask(kRandom, 2)), 12u);
  EXPECT_EQ(strategy.misfits(), 0u);
}

TEST(LenientReplayStrategyTest, TakingOneAnswerOutLeavesTheOthers) {
  for (size_t out = 0; out < Recorded().size(); ++out) {
    std::vector<KeyedAnswer> answers = Recorded();
    answers.erase(answers.begin() + static_cast<std::ptrdiff_t>(out));
    LenientReplayStrategy strategy({.answers = answers});
    ASSERT_TRUE(strategy.Begin(0));
    for (size_t i = 0; i < Recorded().size(); ++i) {
      const KeyedAnswer entry = Recorded()[i];
      EXPECT_EQ(strategy.PickValue(Ask(entry.key.kind, entry.key.ordinal)),
                i == out ? 0 : entry.answer)
          << "without " << out << ", question " << i;
    }
    EXPECT_EQ(strategy.misfits(), 1u) << out;
  }
}

TEST(LenientReplayStrategyTest, AnAnswerThatIsNoLongerPossibleIsAMisfit) {
  const std::vector<KeyedAnswer> answers = Recorded();
  LenientReplayStrategy strategy({.answers = answers});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_EQ(strategy.PickValue(Ask(kRandom, 1, /*last=*/10)), 0u);
  EXPECT_EQ(strategy.misfits(), 1u);
  EXPECT_EQ(strategy.PickValue(Ask(kRandom, 1, /*last=*/11)), 11u);
  EXPECT_EQ(strategy.misfits(), 1u);
}

TEST(LenientReplayStrategyTest, ATaskIsChosenForItsNumberOfPoints) {
  const std::vector<Segment> schedule = {{{2}, 2}, {{0}, 1}, {{1}, 3}};
  LenientReplayStrategy strategy({.schedule = schedule});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_EQ(Chosen(strategy, {kAll, kAll, kAll, kAll, kAll, kAll}),
            (std::vector<uint32_t>{2, 2, 0, 1, 1, 1}));
  EXPECT_EQ(strategy.misfits(), 0u);
}

TEST(LenientReplayStrategyTest, TheTaskIsFoundWhereverItStandsInTheList) {
  const std::vector<Segment> schedule = {{{2}, 3}};
  LenientReplayStrategy strategy({.schedule = schedule});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_EQ(Chosen(strategy, {{{0}, {1}, {2}}, {{2}, {1}}, {{1}, {2}}}),
            (std::vector<uint32_t>{2, 2, 2}));
}

TEST(LenientReplayStrategyTest, AfterTheScheduleTheRunIsCalm) {
  const std::vector<Segment> schedule = {{{2}, 1}};
  LenientReplayStrategy strategy({.schedule = schedule});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_EQ(Chosen(strategy, {kAll, {{2}, {0}}, kAll}),
            (std::vector<uint32_t>{2, 2, 0}));
  EXPECT_EQ(strategy.misfits(), 2u);
}

TEST(LenientReplayStrategyTest, ASegmentWhoseTaskBlocksEarlyGivesWayToTheNext) {
  const std::vector<Segment> schedule = {{{2}, 5}, {{1}, 2}, {{0}, 1}};
  LenientReplayStrategy strategy({.schedule = schedule});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_EQ(Chosen(strategy, {kAll, {{0}, {1}}, {{1}, {0}}, {{1}, {0}}}),
            (std::vector<uint32_t>{2, 1, 1, 0}));
  EXPECT_EQ(strategy.misfits(), 0u);
}

TEST(LenientReplayStrategyTest, OneQuestionGivesUpOneSegmentOnly) {
  const std::vector<Segment> schedule = {{{8}, 1}, {{9}, 1}, {{2}, 1}};
  LenientReplayStrategy strategy({.schedule = schedule});
  ASSERT_TRUE(strategy.Begin(0));
  const std::vector<TaskId> late = {{1}, {9}};
  EXPECT_EQ(Chosen(strategy, {kAll, late, kAll}),
            (std::vector<uint32_t>{0, 9, 2}));
  EXPECT_EQ(strategy.misfits(), 1u);
}

TEST(LenientReplayStrategyTest, AnEmptySegmentIsPassedOver) {
  const std::vector<Segment> schedule = {{{2}, 0}, {{1}, 1}, {{0}, 0}};
  LenientReplayStrategy strategy({.schedule = schedule});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_EQ(Chosen(strategy, {kAll}), (std::vector<uint32_t>{1}));
  EXPECT_EQ(strategy.misfits(), 0u);
}

TEST(LenientReplayStrategyTest, HasOneRunWhichMayBeBegunAgain) {
  const std::vector<Segment> schedule = {{{2}, 1}};
  LenientReplayStrategy strategy({.schedule = schedule});
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(strategy.Begin(0)) << round;
    EXPECT_EQ(Chosen(strategy, {kAll, kAll}), (std::vector<uint32_t>{2, 0}))
        << round;
    EXPECT_EQ(strategy.misfits(), 1u) << round;
  }
  EXPECT_FALSE(strategy.Begin(1));
}

}  // namespace
}  // namespace fozzy

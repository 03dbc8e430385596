#include "sim/core/keyed_answers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace fozzy {
namespace {

constexpr ChoiceKind kRandom = ChoiceKind::kRandom;
constexpr ChoiceKind kDrop = ChoiceKind::kDrop;

std::vector<KeyedAnswer> Keyed(const std::vector<Decision>& decisions) {
  std::vector<KeyedAnswer> table(decisions.size());
  const std::span<KeyedAnswer> used = KeyAnswers(decisions, table);
  return {used.begin(), used.end()};
}

TEST(KeyedAnswersTest, EachTaskAndKindIsNumberedByItself) {
  EXPECT_EQ(Keyed({{kDrop, {1}, 10},
                   {kRandom, {1}, 11},
                   {kDrop, {0}, 12},
                   {kDrop, {1}, 13},
                   {kRandom, {1}, 14},
                   {kDrop, {1}, 15}}),
            (std::vector<KeyedAnswer>{{{{0}, kDrop, 0}, 12},
                                      {{{1}, kRandom, 0}, 11},
                                      {{{1}, kRandom, 1}, 14},
                                      {{{1}, kDrop, 0}, 10},
                                      {{{1}, kDrop, 1}, 13},
                                      {{{1}, kDrop, 2}, 15}}));
}

TEST(KeyedAnswersTest, ChoicesOfTasksAreLeftOut) {
  EXPECT_EQ(Keyed({{ChoiceKind::kTask, {}, 1},
                   {kDrop, {}, 1},
                   {ChoiceKind::kTask, {}, 2}}),
            (std::vector<KeyedAnswer>{{{{}, kDrop, 0}, 1}}));
}

TEST(KeyedAnswersTest, NothingGivesNothing) { EXPECT_TRUE(Keyed({}).empty()); }

TEST(KeyedAnswersTest, TheResultIsSortedForAnyRecording) {
  std::vector<Decision> decisions;
  for (uint32_t i = 0; i < 500; ++i) {
    decisions.push_back(
        {static_cast<ChoiceKind>(1 + i * 7 % 5), {i * 13 % 4}, i});
  }
  const std::vector<KeyedAnswer> keyed = Keyed(decisions);
  ASSERT_EQ(keyed.size(), decisions.size());
  for (size_t i = 1; i < keyed.size(); ++i) {
    EXPECT_TRUE(keyed[i - 1].key < keyed[i].key) << i;
  }
}

TEST(KeyedAnswersTest, FindsWhatIsThereAndNothingElse) {
  const std::vector<KeyedAnswer> table =
      Keyed({{kDrop, {0}, 5}, {kDrop, {0}, 6}, {kRandom, {2}, 7}});
  for (const KeyedAnswer& entry : table) {
    EXPECT_EQ(FindAnswer(table, entry.key), &entry);
  }
  EXPECT_EQ(FindAnswer(table, {{0}, kDrop, 2}), nullptr);
  EXPECT_EQ(FindAnswer(table, {{1}, kDrop, 0}), nullptr);
  EXPECT_EQ(FindAnswer(table, {{2}, kDrop, 0}), nullptr);
  EXPECT_EQ(FindAnswer(table, {{3}, kRandom, 0}), nullptr);
  EXPECT_EQ(FindAnswer({}, {{0}, kDrop, 0}), nullptr);
}

TEST(KeyedAnswersDeathTest, ATableTooSmallIsABug) {
  const std::vector<Decision> decisions(2, {kDrop, {}, 1});
  std::vector<KeyedAnswer> table(1);
  EXPECT_DEATH(KeyAnswers(decisions, table), "check failed");
}

}  // namespace
}  // namespace fozzy

#include "sim/core/value_draw.h"

#include <gtest/gtest.h>

#include <vector>

namespace fozzy {
namespace {

constexpr int kDraws = 10'000;

ValueDraw Begun(ValueDraw::Oddity oddity, uint64_t seed) {
  ValueDraw values(oddity);
  FastRng rng(seed);
  values.Begin(rng);
  return values;
}

// Counts the answers 0 to 3 among kDraws.
std::vector<int> Counts(ValueDraw& values, const ValueChoice& choice) {
  std::vector<int> counts(4);
  for (int i = 0; i < kDraws; ++i) ++counts.at(values.Pick(choice));
  return counts;
}

TEST(ValueDrawTest, AnswersAreAlikeWithoutAWeight) {
  ValueDraw values = Begun(ValueDraw::Oddity::kRarely, 7);
  for (const ChoiceKind kind :
       {ChoiceKind::kRandom, ChoiceKind::kDeliver, ChoiceKind::kDrop,
        ChoiceKind::kFault, ChoiceKind::kProgress, ChoiceKind::kWake,
        ChoiceKind::kDeadline}) {
    for (const int count : Counts(values, {.kind = kind, .last = 3})) {
      EXPECT_NEAR(count, kDraws / 4, 200);
    }
  }
}

TEST(ValueDrawTest, WeightsAreKeptWhateverTheKind) {
  for (const ChoiceKind kind :
       {ChoiceKind::kFault, ChoiceKind::kSpurious, ChoiceKind::kReadsFrom}) {
    ValueDraw values = Begun(ValueDraw::Oddity::kRarely, 7);
    const std::vector<int> counts = Counts(
        values, {.kind = kind, .last = 3, .weight = Weight::Odds(3, 10)});
    EXPECT_NEAR(counts[0], kDraws * 7 / 10, 250);
    for (const size_t i : {1u, 2u, 3u})
      EXPECT_NEAR(counts[i], kDraws / 10, 160);
  }
}

TEST(ValueDrawTest, HalfOfTheReadsAreOfTheNewestStore) {
  ValueDraw values = Begun(ValueDraw::Oddity::kOften, 7);
  const std::vector<int> counts =
      Counts(values, {.kind = ChoiceKind::kReadsFrom, .last = 3});
  EXPECT_NEAR(counts[0], kDraws / 2, 250);
  for (const size_t i : {1u, 2u, 3u}) EXPECT_NEAR(counts[i], kDraws / 6, 200);
}

TEST(ValueDrawTest, OneEventInEightIsSpurious) {
  ValueDraw values = Begun(ValueDraw::Oddity::kOften, 7);
  const std::vector<int> counts =
      Counts(values, {.kind = ChoiceKind::kSpurious, .last = 1});
  EXPECT_NEAR(counts[1], kDraws / 8, 165);
}

TEST(ValueDrawTest, RareEventsHaveABudgetFromNoneToFour) {
  std::vector<int> runs(5);
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    ValueDraw values = Begun(ValueDraw::Oddity::kRarely, seed);
    size_t odd = 0;
    for (int i = 0; i < kDraws; ++i) {
      const bool is_read = i % 2 == 0;
      odd += values.Pick(
                 {.kind = is_read ? ChoiceKind::kReadsFrom : ChoiceKind::kPlace,
                  .last = 1}) != 0;
    }
    ++runs.at(odd);
  }
  for (const int count : runs) EXPECT_NEAR(count, 200, 65);
}

TEST(ValueDrawTest, RareEventsFallAnywhereInRunsOfAnyLength) {
  int first_of_ten = 0;
  int after_a_hundred = 0;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    ValueDraw values = Begun(ValueDraw::Oddity::kRarely, seed);
    for (int i = 0; i < 1000; ++i) {
      if (values.Pick({.kind = ChoiceKind::kReadsFrom, .last = 1}) == 0) {
        continue;
      }
      first_of_ten += i < 10;
      after_a_hundred += i > 100;
    }
  }
  EXPECT_GT(first_of_ten, 100);
  EXPECT_GT(after_a_hundred, 100);
}

TEST(ValueDrawTest, TimePassesOnceInFourToTwoHundredAndFiftySix) {
  uint64_t often = 0;
  uint64_t seldom = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    ValueDraw values = Begun(ValueDraw::Oddity::kOften, seed);
    int passed = 0;
    for (int i = 0; i < kDraws; ++i) passed += values.LetsTimePass();
    EXPECT_GE(passed, kDraws / 256 - 30) << seed;
    EXPECT_LE(passed, kDraws / 4 + 220) << seed;
    often += passed > kDraws / 6;
    seldom += passed < kDraws / 180;
  }
  EXPECT_GT(often, 10u);
  EXPECT_GT(seldom, 10u);
}

}  // namespace
}  // namespace fozzy

#include "sim/search/shrink_lower.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "sim/testing/fake_trials.h"

namespace fozzy {
namespace {

struct Lowered {
  uint64_t number = 0;
  uint64_t runs = 0;
};

// Lowers an answer that starts as `from` and must have a property.
Lowered Lower(uint64_t from, std::function<bool(uint64_t)> is_needed) {
  const ShrinkOptions options = {
      .try_candidates = FakeTrials([is_needed](const Candidate& candidate) {
        return candidate.answers.size() == 1 &&
               is_needed(candidate.answers[0].answer);
      })};
  ShrinkState state(options, "x");
  Candidate start;
  start.answers = {{{{}, ChoiceKind::kRandom, 3}, from}};
  EXPECT_TRUE(state.Start(start)) << from;
  LowerNumber(state, kAnswer, 0);
  return {state.current().answers[0].answer, state.runs()};
}

TEST(ShrinkLowerTest, FindsTheSmallestNumberAboveABound) {
  const uint64_t most = ~uint64_t{0};
  for (const uint64_t from : {uint64_t{1'000}, uint64_t{54'321}, most}) {
    for (const uint64_t bound : {1u, 2u, 8u, 9u, 10u, 17u, 999u, 1'000u}) {
      const Lowered lowered =
          Lower(from, [bound](uint64_t number) { return number >= bound; });
      EXPECT_EQ(lowered.number, bound) << from;
      EXPECT_LE(lowered.runs, 160u) << from << " " << bound;
    }
  }
}

TEST(ShrinkLowerTest, KeepsTheBitsThatAreNeeded) {
  constexpr uint64_t bits = uint64_t{1} << 62 | 1 << 20 | 4;
  const auto has_bits = [](uint64_t number) { return (number & bits) == bits; };
  EXPECT_EQ(Lower(~uint64_t{0}, has_bits).number, bits);
}

TEST(ShrinkLowerTest, KeepsTheLastDigitsThatAreNeeded) {
  EXPECT_EQ(Lower(987'654'042, [](uint64_t n) { return n % 100 == 42; }).number,
            42u);
  EXPECT_EQ(Lower(77'777, [](uint64_t n) { return n % 10 == 7; }).number, 7u);
}

TEST(ShrinkLowerTest, LeavesANumberThatMustBeWhatItIs) {
  for (const uint64_t from : {uint64_t{1}, uint64_t{13}, ~uint64_t{0}}) {
    const auto is_from = [from](uint64_t number) { return number == from; };
    EXPECT_EQ(Lower(from, is_from).number, from);
  }
}

TEST(ShrinkLowerTest, NumbersThatMustBeEqualAreLoweredTogether) {
  const auto fails = [](const Candidate& candidate) {
    return candidate.answers.size() == 2 && candidate.answers[0].answer > 20 &&
           candidate.answers[0].answer == candidate.answers[1].answer;
  };
  const ShrinkOptions options = {.try_candidates = FakeTrials(fails)};
  ShrinkState state(options, "x");
  Candidate start;
  start.answers = {{{{}, ChoiceKind::kRandom, 0}, 500},
                   {{{}, ChoiceKind::kRandom, 1}, 500}};
  ASSERT_TRUE(state.Start(start));
  LowerNumber(state, kAnswer, 1);
  EXPECT_EQ(state.current(), start);
  LowerNumber(state, kEqualAnswers, 1);
  EXPECT_EQ(state.current().answers[0].answer, 21u);
  EXPECT_EQ(state.current().answers[1].answer, 21u);
}

TEST(ShrinkLowerTest, PointsOfSegmentsAreNumbersToo) {
  const auto fails = [](const Candidate& candidate) {
    return candidate.schedule.size() == 2 && candidate.schedule[0].points >= 30;
  };
  const ShrinkOptions options = {.try_candidates = FakeTrials(fails)};
  ShrinkState state(options, "x");
  ASSERT_TRUE(state.Start({.schedule = {{{2}, 200}, {{3}, 1}}, .answers = {}}));
  LowerNumber(state, kPoints, 0);
  EXPECT_EQ(state.current().schedule[0].points, 30u);
  LowerNumber(state, kPoints, 7);  // there is none
}

}  // namespace
}  // namespace fozzy

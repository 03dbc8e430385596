#include "sim/search/shrink_answers.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "sim/testing/fake_trials.h"

namespace fozzy {
namespace {

constexpr ChoiceKind kRandom = ChoiceKind::kRandom;
constexpr ChoiceKind kDeliver = ChoiceKind::kDeliver;
constexpr ChoiceKind kFault = ChoiceKind::kFault;

using Pass = void (*)(ShrinkState& state);
using Answers = std::vector<KeyedAnswer>;

KeyedAnswer Answer(ChoiceKind kind, uint64_t ordinal, uint64_t answer) {
  return {{{}, kind, ordinal}, answer};
}

Answers After(Pass pass, const Answers& from,
              std::function<bool(const Answers&)> fails) {
  const ShrinkOptions options = {
      .try_candidates = FakeTrials([&fails](const Candidate& candidate) {
        return fails(candidate.answers);
      })};
  ShrinkState state(options, "x");
  EXPECT_TRUE(state.Start({.schedule = {}, .answers = from}));
  pass(state);
  return state.current().answers;
}

// Ten faults and ten random numbers.
Answers Mixed() {
  Answers answers;
  for (const ChoiceKind kind : {kRandom, kFault}) {
    for (uint64_t i = 0; i < 10; ++i) answers.push_back(Answer(kind, i, i + 1));
  }
  return answers;
}

bool Has(const Answers& answers, const KeyedAnswer& wanted) {
  const KeyedAnswer* found = FindAnswer(answers, wanted.key);
  return found != nullptr && found->answer == wanted.answer;
}

TEST(ShrinkAnswersTest, FaultsThatDoNotMatterAreDropped) {
  const KeyedAnswer needed = Answer(kFault, 6, 7);
  const Answers after =
      After(DropFaults, Mixed(),
            [&needed](const Answers& answers) { return Has(answers, needed); });
  ASSERT_EQ(after.size(), 11u);
  EXPECT_EQ(after[10], needed);
}

TEST(ShrinkAnswersTest, ValuesThatDoNotMatterAreZero) {
  const Answers after = After(ZeroValues, Mixed(), [](const Answers& answers) {
    return Has(answers, Answer(kRandom, 0, 1)) &&
           Has(answers, Answer(kRandom, 7, 8));
  });
  ASSERT_EQ(after.size(), 12u);
  EXPECT_EQ(after[0], Answer(kRandom, 0, 1));
  EXPECT_EQ(after[1], Answer(kRandom, 7, 8));
  EXPECT_EQ(after[2].key.kind, kFault);
}

TEST(ShrinkAnswersTest, WhatComesFirstIsAboutOrderAndNoValue) {
  const Answers from = {Answer(kRandom, 0, 3), Answer(kDeliver, 5, 40)};
  const auto fails = [](const Answers& answers) { return !answers.empty(); };
  EXPECT_EQ(After(CalmOrder, from, fails), Answers{from[0]});
  EXPECT_EQ(After(ZeroValues, from, fails), Answers{from[1]});
  const auto has_both = [](const Answers& answers) {
    return answers.size() == 2;
  };
  EXPECT_EQ(After(LowerOrder, from, has_both),
            (Answers{from[0], Answer(kDeliver, 5, 1)}));
  EXPECT_EQ(After(CutOrderQuestions, from, has_both),
            (Answers{from[0], Answer(kDeliver, 0, 40)}));
}

TEST(ShrinkAnswersTest, AnAnswerThatMayComeEarlierDoes) {
  const auto any_is_nine = [](const Answers& answers) {
    return answers.size() == 1 && answers[0].answer == 9;
  };
  for (const ChoiceKind kind : {kRandom, kFault}) {
    EXPECT_EQ(After(kind == kFault ? CutFaultQuestions : CutValueQuestions,
                    {Answer(kind, 77, 9)}, any_is_nine),
              Answers{Answer(kind, 0, 9)});
    // The other pass leaves it alone.
    EXPECT_EQ(After(kind == kRandom ? CutFaultQuestions : CutValueQuestions,
                    {Answer(kind, 77, 9)}, any_is_nine),
              Answers{Answer(kind, 77, 9)});
  }
}

TEST(ShrinkAnswersTest, AnAnswerComesAsEarlyAsItCan) {
  EXPECT_EQ(After(CutValueQuestions, {Answer(kRandom, 77, 9)},
                  [](const Answers& answers) {
                    return answers.size() == 1 && answers[0].key.ordinal >= 30;
                  }),
            Answers{Answer(kRandom, 30, 9)});
}

TEST(ShrinkAnswersTest, AnswersAreMadeSmallerByKind) {
  const Answers from = {Answer(kRandom, 0, 5'000), Answer(kRandom, 1, 70),
                        Answer(kFault, 0, 60)};
  const auto fails = [](const Answers& answers) {
    return answers.size() == 3 && answers[0].answer >= 1'000 &&
           answers[1].answer >= 50 && answers[2].answer >= 40;
  };
  EXPECT_EQ(After(LowerValues, from, fails),
            (Answers{Answer(kRandom, 0, 1'000), Answer(kRandom, 1, 50),
                     Answer(kFault, 0, 60)}));
  EXPECT_EQ(After(LowerFaults, from, fails),
            (Answers{Answer(kRandom, 0, 5'000), Answer(kRandom, 1, 70),
                     Answer(kFault, 0, 40)}));
}

}  // namespace
}  // namespace fozzy

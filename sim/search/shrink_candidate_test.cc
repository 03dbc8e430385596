#include "sim/search/shrink_candidate.h"

#include <gtest/gtest.h>

#include <vector>

namespace fozzy {
namespace {

constexpr ChoiceKind kRandom = ChoiceKind::kRandom;
constexpr ChoiceKind kFault = ChoiceKind::kFault;

KeyedAnswer Answer(ChoiceKind kind, uint64_t ordinal, uint64_t answer) {
  return {{{2}, kind, ordinal}, answer};
}

// 2 2 3 4 4 2, and some answers.
Candidate Example() {
  return {.schedule = {{{2}, 2}, {{3}, 1}, {{4}, 2}, {{2}, 1}},
          .answers = {Answer(kRandom, 1, 7), Answer(kRandom, 4, 7),
                      Answer(kRandom, 5, 8), Answer(kFault, 4, 7)}};
}

std::vector<Segment> Schedule(const Candidate& candidate) {
  return candidate.schedule;
}

TEST(ShrinkCandidateTest, ARunIsKeptUpToItsCalmEndAndWithoutZeros) {
  RecordedRun run;
  run.schedule = {{{2}, 2}, {{3}, 3}, {{2}, 1}};
  for (const uint64_t answer : {0u, 0u, 1u, 0u, 0u, 0u}) {
    run.decisions.push_back({ChoiceKind::kTask, {2}, answer});
    run.decisions.push_back({kRandom, {2}, 9});
  }
  run.answers = {Answer(kRandom, 0, 0), Answer(kRandom, 1, 5)};

  const Candidate candidate = CandidateOf(run);

  EXPECT_EQ(Schedule(candidate), (std::vector<Segment>{{{2}, 2}, {{3}, 1}}));
  EXPECT_EQ(candidate.answers,
            (std::vector<KeyedAnswer>{Answer(kRandom, 1, 5)}));
}

TEST(ShrinkCandidateTest, NormalizingJoinsNeighboursAndTakesOutWhatIsEmpty) {
  Candidate candidate = {
      .schedule = {{{2}, 1}, {{3}, 0}, {{2}, kForever}, {{3}, 1}},
      .answers = {Answer(kRandom, 0, 0), Answer(kFault, 0, 1)}};
  Normalize(candidate);
  EXPECT_EQ(Schedule(candidate),
            (std::vector<Segment>{{{2}, kForever}, {{3}, 1}}));
  EXPECT_EQ(candidate.answers,
            (std::vector<KeyedAnswer>{Answer(kFault, 0, 1)}));
}

TEST(ShrinkCandidateTest, TheIdentityIsThatOfTheRunsItCanLeadTo) {
  const Digest identity = IdentityOf(Example());
  Candidate same = Example();
  same.schedule.back().points = 9;  // its task goes on anyway
  EXPECT_EQ(IdentityOf(same), identity);
  Candidate longer = Example();
  ++longer.schedule.front().points;
  EXPECT_NE(IdentityOf(longer), identity);
  EXPECT_NE(IdentityOf(WithAnswer(Example(), 0, 6)), identity);
  EXPECT_NE(IdentityOf(WithoutSegments(Example(), 3, 4)), identity);
}

TEST(ShrinkCandidateTest, WithoutSegmentsTheNeighboursOfOneTaskAreJoined) {
  EXPECT_EQ(Schedule(WithoutSegments(Example(), 1, 3)),
            (std::vector<Segment>{{{2}, 3}}));
  EXPECT_TRUE(Schedule(WithoutSegments(Example(), 0, 4)).empty());
}

TEST(ShrinkCandidateTest, OtherSegmentsTakeThePlaceOfSome) {
  const Segment segments[] = {{{4}, 3}, {{5}, 1}};
  EXPECT_EQ(
      Schedule(WithSegments(Example(), 2, 3, segments)),
      (std::vector<Segment>{{{2}, 2}, {{3}, 1}, {{4}, 3}, {{5}, 1}, {{2}, 1}}));
}

TEST(ShrinkCandidateTest, ASegmentJoinsTheNextOrTheLastOfItsTask) {
  EXPECT_EQ(Schedule(WithSegmentLater(Example(), 0)),
            (std::vector<Segment>{{{3}, 1}, {{4}, 2}, {{2}, 3}}));
  EXPECT_EQ(Schedule(WithSegmentEarlier(Example(), 3)),
            (std::vector<Segment>{{{2}, 3}, {{3}, 1}, {{4}, 2}}));
  EXPECT_EQ(WithSegmentLater(Example(), 1), Example());
  EXPECT_EQ(WithSegmentEarlier(Example(), 1), Example());
}

TEST(ShrinkCandidateTest, PointsAndAnswersAreReplaced) {
  EXPECT_EQ(Schedule(WithPoints(Example(), 1, 0)),
            (std::vector<Segment>{{{2}, 2}, {{4}, 2}, {{2}, 1}}));
  EXPECT_EQ(WithAnswer(Example(), 2, 3).answers[2], Answer(kRandom, 5, 3));
  EXPECT_EQ(WithAnswer(Example(), 2, 0).answers.size(), 3u);
  const size_t out[] = {0, 3};
  EXPECT_EQ(
      WithoutAnswers(Example(), out).answers,
      (std::vector<KeyedAnswer>{Answer(kRandom, 4, 7), Answer(kRandom, 5, 8)}));
}

TEST(ShrinkCandidateTest, EqualAnswersOfAKindAreReplacedTogether) {
  EXPECT_EQ(
      WithEqualAnswers(Example(), 1, 2).answers,
      (std::vector<KeyedAnswer>{Answer(kRandom, 1, 2), Answer(kRandom, 4, 2),
                                Answer(kRandom, 5, 8), Answer(kFault, 4, 7)}));
}

TEST(ShrinkCandidateTest, WithoutQuestionsLaterAnswersComeEarlier) {
  EXPECT_EQ(
      WithoutQuestions(Example(), 1, 2).answers,
      (std::vector<KeyedAnswer>{Answer(kRandom, 1, 7), Answer(kRandom, 2, 7),
                                Answer(kRandom, 3, 8), Answer(kFault, 4, 7)}));
  EXPECT_EQ(
      WithoutQuestions(Example(), 1, 4).answers,
      (std::vector<KeyedAnswer>{Answer(kRandom, 0, 7), Answer(kRandom, 1, 8),
                                Answer(kFault, 4, 7)}));
}

}  // namespace
}  // namespace fozzy

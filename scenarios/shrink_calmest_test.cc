#include "scenarios/shrink_calmest.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace fozzy {
namespace {

// Asks for as many numbers as there are in `lasts`; those in `bad` in their
// order are the finding.
class ListSubject final : public Subject {
 public:
  ListSubject(std::vector<uint64_t> lasts, std::vector<uint64_t> bad)
      : lasts_(std::move(lasts)), bad_(std::move(bad)) {}

  RunOutcome Run(Strategy& strategy, RecordedRun* recorded) override {
    std::vector<uint64_t> answers;
    RecordedRun run;
    for (const uint64_t last : lasts_) {
      const ChoiceKey key = {TaskId{}, ChoiceKind::kDeliver, answers.size()};
      answers.push_back(strategy.PickValue(
          {.kind = ChoiceKind::kDeliver, .last = last, .key = key}));
      run.decisions.push_back({key.kind, key.task, answers.back()});
      run.answers.push_back({key, answers.back()});
      run.lasts.push_back(last);
    }
    seen.insert(answers);
    if (recorded != nullptr) *recorded = run;
    RunOutcome outcome;
    if (answers == bad_) {
      Finding finding;
      finding.title = "bad";
      outcome.finding = finding;
    }
    return outcome;
  }

  std::set<std::vector<uint64_t>> seen;

 private:
  const std::vector<uint64_t> lasts_;
  const std::vector<uint64_t> bad_;
};

CalmestOptions OptionsFor(uint64_t runs_max) {
  Finding finding;
  finding.title = "bad";
  return {.signature = Signature(finding), .runs_max = runs_max};
}

TEST(FindCalmestTest, TriesEveryListOnceTheFewestAnswersFirst) {
  ListSubject subject({2, 1, 2}, {9, 9, 9});
  const CalmestReport report = FindCalmest(subject, OptionsFor(1000));
  EXPECT_FALSE(report.run.has_value());
  EXPECT_EQ(report.runs, 3u * 2 * 3);
  EXPECT_EQ(subject.seen.size(), 3u * 2 * 3);

  ListSubject short_subject({2, 1, 2}, {9, 9, 9});
  FindCalmest(short_subject, OptionsFor(1 + 5));
  // Nothing, and the 2 + 1 + 2 with one answer.
  for (const std::vector<uint64_t>& answers : short_subject.seen) {
    EXPECT_LE((answers[0] != 0) + (answers[1] != 0) + (answers[2] != 0), 1);
  }
  EXPECT_EQ(short_subject.seen.size(), 6u);
}

TEST(FindCalmestTest, HandsOverTheRunThatFails) {
  ListSubject subject({3, 3, 3, 3}, {0, 2, 0, 1});
  const CalmestReport report = FindCalmest(subject, OptionsFor(1000));
  ASSERT_TRUE(report.run.has_value());
  EXPECT_EQ(report.run->decisions[1].answer, 2u);
  EXPECT_EQ(report.run->decisions[3].answer, 1u);
  EXPECT_LE(report.runs, 1u + 12 + 9 * 6);
}

TEST(FindCalmestTest, StopsWhenTheRunsOrTheTimeAreUsedUp) {
  ListSubject subject({3, 3, 3, 3}, {3, 3, 3, 3});
  EXPECT_EQ(FindCalmest(subject, OptionsFor(20)).runs, 20u);
  CalmestOptions timed = OptionsFor(1000);
  int asked = 0;
  timed.is_time_up = [&asked] { return ++asked == 4; };
  EXPECT_EQ(FindCalmest(subject, timed).runs, 3u);
}

TEST(FindCalmestTest, NumbersOfManyBitsAreNotEnumerated) {
  ListSubject subject({~uint64_t{0}, 1}, {7, 1});
  EXPECT_EQ(FindCalmest(subject, OptionsFor(1000)).runs, 2u);
}

}  // namespace
}  // namespace fozzy

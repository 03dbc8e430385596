#include "sim/search/shrink_state.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/testing/fake_trials.h"

namespace fozzy {
namespace {

Candidate WithAnswers(const std::vector<uint64_t>& answers) {
  Candidate candidate;
  for (size_t i = 0; i < answers.size(); ++i) {
    candidate.answers.push_back({{{}, ChoiceKind::kRandom, i}, answers[i]});
  }
  Normalize(candidate);
  return candidate;
}

// Counts the candidates that were tried.
struct Counted {
  uint64_t tried = 0;
  uint64_t batches = 0;

  TryCandidates Trials(std::function<bool(const Candidate&)> fails) {
    return
        [this, fails](std::span<const Candidate> candidates, const Goal& goal) {
          ++batches;
          std::vector<Trial> trials = FakeTrials(fails)(candidates, goal);
          tried += trials.size();
          return trials;
        };
  }
};

bool Always(const Candidate&) { return true; }

// The i-th change takes out the i-th answer.
std::optional<Candidate> TakeOut(const Candidate& current, size_t i) {
  if (i >= current.answers.size()) return std::nullopt;
  return WithoutAnswers(current, {&i, 1});
}

TEST(ShrinkStateTest, StartsOnlyWithWhatFails) {
  const ShrinkOptions options = {
      .try_candidates = FakeTrials([](const Candidate&) { return false; })};
  ShrinkState state(options, "x");
  EXPECT_FALSE(state.Start(WithAnswers({1})));
}

TEST(ShrinkStateTest, TakesWhatIsSimplerOnly) {
  const ShrinkOptions options = {.try_candidates = FakeTrials(Always)};
  ShrinkState state(options, "x");
  ASSERT_TRUE(state.Start(WithAnswers({5, 5})));
  EXPECT_TRUE(state.Try(WithAnswers({5, 4})));
  EXPECT_FALSE(state.Try(WithAnswers({5, 5})));
  EXPECT_FALSE(state.Try(WithAnswers({4, 6})));
  EXPECT_EQ(state.current(), WithAnswers({5, 4}));
  EXPECT_EQ(state.measure().sum_low, 9u);
}

TEST(ShrinkStateTest, NothingIsTriedTwice) {
  Counted counted;
  const ShrinkOptions options = {
      .try_candidates = counted.Trials([](const Candidate& candidate) {
        return candidate.answers.size() == 2;
      })};
  ShrinkState state(options, "x");
  ASSERT_TRUE(state.Start(WithAnswers({5, 5})));
  for (int round = 0; round < 3; ++round) {
    EXPECT_FALSE(state.Try(WithAnswers({5}))) << round;
    state.TryAll(TakeOut);
  }
  EXPECT_EQ(counted.tried, 3u);  // the start, {5, 0}, {0, 5}
  EXPECT_EQ(state.runs(), 3u);
}

TEST(ShrinkStateTest, AfterOneThatHelpedTheSameNumberIsTriedAgain) {
  // Answers above 10 are needed.
  const auto fails = [](const Candidate& candidate) {
    uint64_t large = 0;
    for (const KeyedAnswer& entry : candidate.answers) {
      if (entry.answer > 10) ++large;
    }
    return large == 2;
  };
  for (const uint64_t batch_max : {1u, 2u, 16u}) {
    Counted counted;
    const ShrinkOptions options = {.try_candidates = counted.Trials(fails),
                                   .batch_max = batch_max};
    ShrinkState state(options, "x");
    ASSERT_TRUE(state.Start(WithAnswers({1, 11, 2, 3, 12, 4})));
    state.TryAll(TakeOut);
    EXPECT_EQ(state.current(), WithAnswers({0, 11, 0, 0, 12, 0}));
    // The start, four that help, two that do not.
    EXPECT_EQ(state.runs(), 7u) << batch_max;
  }
}

TEST(ShrinkStateTest, TheBudgetIsKeptToTheRun) {
  for (const uint64_t runs_max : {0u, 1u, 3u, 4u, 5u}) {
    Counted counted;
    const ShrinkOptions options = {
        .try_candidates = counted.Trials([](const Candidate& candidate) {
          return candidate.answers.size() == 4;
        }),
        .runs_max = runs_max};
    ShrinkState state(options, "x");
    EXPECT_EQ(state.Start(WithAnswers({1, 1, 1, 1})), runs_max > 0);
    state.TryAll(TakeOut);
    EXPECT_EQ(state.runs(), runs_max);
    EXPECT_EQ(counted.tried, runs_max);
    // There are four changes, and the start.
    EXPECT_EQ(state.is_spent(), runs_max < 5) << runs_max;
  }
}

TEST(ShrinkStateTest, WhenTimeIsUpNothingIsTriedAnyMore) {
  Counted counted;
  bool is_time_up = false;
  const ShrinkOptions options = {
      .try_candidates = counted.Trials(Always),
      .is_time_up = [&is_time_up] { return is_time_up; }};
  ShrinkState state(options, "x");
  ASSERT_TRUE(state.Start(WithAnswers({2})));
  is_time_up = true;
  EXPECT_FALSE(state.Try(WithAnswers({1})));
  EXPECT_TRUE(state.is_spent());
  EXPECT_EQ(counted.tried, 1u);
}

TEST(ShrinkStateTest, AnUnstableRunEndsAll) {
  int calls = 0;
  const ShrinkOptions options = {
      .try_candidates = [&calls](std::span<const Candidate> candidates,
                                 const Goal& goal) {
        if (calls++ == 0) return FakeTrials(Always)(candidates, goal);
        return std::vector<Trial>{{.is_unstable = true,
                                   .measure = {},
                                   .recorded = {},
                                   .outcome = {}}};
      }};
  ShrinkState state(options, "x");
  ASSERT_TRUE(state.Start(WithAnswers({3})));
  EXPECT_FALSE(state.Try(WithAnswers({2})));
  EXPECT_TRUE(state.is_unstable());
  EXPECT_FALSE(state.Try(WithAnswers({1})));
  EXPECT_EQ(calls, 2);
}

TEST(ShrinkStateTest, RemembersTheTasksOfAllRunsItTook) {
  const ShrinkOptions options = {.try_candidates = FakeTrials(Always)};
  ShrinkState state(options, "x");
  ASSERT_TRUE(
      state.Start({.schedule = {{{4}, 1}, {{2}, 1}, {{4}, 1}}, .answers = {}}));
  ASSERT_TRUE(state.Try({.schedule = {{{3}, 1}}, .answers = {}}));
  EXPECT_EQ(state.tasks(), (std::vector<TaskId>{{2}, {3}, {4}}));
}

}  // namespace
}  // namespace fozzy

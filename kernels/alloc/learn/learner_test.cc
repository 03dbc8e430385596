#include "kernels/alloc/learn/learner.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace fozzy::alloc {
namespace {

constexpr uint64_t kSecond = 1'000'000'000;

// A generator that writes down its answers, or a list of them.
class Choices final : public LearnChoices {
 public:
  explicit Choices(uint32_t seed) : state_(seed) {}
  explicit Choices(std::vector<uint32_t> recorded)
      : recorded_(std::move(recorded)), is_replay_(true) {}

  uint32_t Below(uint32_t count) override {
    if (is_replay_) return recorded_.at(next_++);
    state_ = state_ * 1664525 + 1013904223;
    recorded_.push_back((state_ >> 8) % count);
    return recorded_.back();
  }

  const std::vector<uint32_t>& recorded() const { return recorded_; }

 private:
  uint32_t state_ = 0;
  std::vector<uint32_t> recorded_ = {};
  size_t next_ = 0;
  bool is_replay_ = false;
};

// What operations cost: by default strategy 7 is the best.
LearnSample CostOf(size_t strategy) {
  const uint64_t off = strategy > 7 ? strategy - 7 : 7 - strategy;
  return {.size = 3'000'000,
          .nanoseconds = 1000 + 300 * off,
          .faults = 10 + off,
          .held = 1000 + 100 * off};
}

using Cost = std::function<LearnSample(size_t)>;

class LearnerTest : public testing::Test {
 protected:
  static LearnerOptions Quick() {
    return {.window_operations = 2'000, .freeze_time = 20 * kSecond};
  }

  // Works for `seconds`, 1000 operations in each.
  void Work(uint64_t seconds, const Cost& cost = CostOf) {
    for (uint64_t i = 0; i < seconds * 1000; ++i) {
      now_ += kSecond / 1000;
      const size_t strategy = learner_.Choose();
      ++used_[strategy];
      learner_.Record(strategy, cost(strategy), now_);
    }
  }

  // Works until the state is `state`, for `seconds` at most.
  void WorkUntil(LearnState state, uint64_t seconds,
                 const Cost& cost = CostOf) {
    for (uint64_t i = 0; i < seconds && learner_.state() != state; ++i) {
      Work(1, cost);
    }
    ASSERT_EQ(learner_.state(), state);
  }

  void Freeze() {
    WorkUntil(LearnState::kCanary, 500);
    WorkUntil(LearnState::kFrozen, 100);
  }

  Choices choices_{5};
  uint64_t now_ = kSecond;
  Learner learner_{Quick(), choices_, now_};
  std::vector<uint64_t> used_ = std::vector<uint64_t>(kStrategies);
};

TEST_F(LearnerTest, StrategiesAreGeometric) {
  EXPECT_EQ(RetainMaxOf(0), size_t{512} << 10);
  EXPECT_EQ(RetainMaxOf(1), size_t{768} << 10);
  EXPECT_EQ(RetainMaxOf(4), size_t{2} << 20);
  for (size_t i = 1; i < kStrategies; ++i) {
    EXPECT_GT(RetainMaxOf(i), RetainMaxOf(i - 1));
  }
}

TEST_F(LearnerTest, BeginsToLearnWithThePresentStrategyConfirmed) {
  EXPECT_EQ(learner_.state(), LearnState::kLearn);
  EXPECT_EQ(RetainMaxOf(learner_.confirmed()), size_t{2} << 20);
}

TEST_F(LearnerTest, LearningFindsTheCheapestStrategy) {
  Freeze();
  EXPECT_EQ(learner_.confirmed(), 7u);
  for (size_t i = 0; i < kStrategies; ++i) {
    if (i != 7) {
      EXPECT_LT(learner_.RatingOf(i), learner_.RatingOf(7)) << i;
    }
  }
}

TEST_F(LearnerTest, NothingIsFrozenBeforeItsTime) {
  Work(19);
  EXPECT_EQ(learner_.state(), LearnState::kLearn);
}

TEST_F(LearnerTest, NothingIsFrozenWhileCostsChange) {
  uint64_t calls = 0;
  Work(200, [&calls](size_t strategy) {
    LearnSample sample = CostOf(strategy);
    // From window to window by a tenth.
    sample.nanoseconds += (++calls / 2'000 % 2) * sample.nanoseconds / 10;
    return sample;
  });
  EXPECT_EQ(learner_.state(), LearnState::kLearn);
}

TEST_F(LearnerTest, TheCanaryIsOneInTwenty) {
  WorkUntil(LearnState::kCanary, 500);
  used_.assign(kStrategies, 0);
  Work(2);
  const size_t candidate = learner_.candidate();
  EXPECT_NE(candidate, learner_.confirmed());
  EXPECT_NEAR(static_cast<double>(used_[candidate]), 100, 40);
  EXPECT_EQ(used_[candidate] + used_[learner_.confirmed()], 2'000u);
}

TEST_F(LearnerTest, ACandidateThatIsWorseSideBySideIsRolledBack) {
  WorkUntil(LearnState::kCanary, 500);
  const size_t confirmed = learner_.confirmed();
  const size_t candidate = learner_.candidate();
  const double rating = learner_.RatingOf(candidate);
  WorkUntil(LearnState::kLearn, 100, [confirmed](size_t strategy) {
    return CostOf(strategy == confirmed ? 7 : 0);
  });
  EXPECT_EQ(learner_.confirmed(), confirmed);
  EXPECT_LT(learner_.RatingOf(candidate), rating);
}

TEST_F(LearnerTest, WhatIsFrozenStaysAndIsNotRated) {
  Freeze();
  const double rating = learner_.RatingOf(7);
  used_.assign(kStrategies, 0);
  Work(500);
  EXPECT_EQ(learner_.state(), LearnState::kFrozen);
  EXPECT_EQ(used_[7], 500'000u);
  EXPECT_EQ(learner_.RatingOf(7), rating);
}

LearnSample SlowerCost(size_t strategy) {
  LearnSample sample = CostOf(strategy);
  sample.nanoseconds = sample.nanoseconds * 3 / 2;
  return sample;
}

TEST_F(LearnerTest, WorseForThreeWindowsLeadsBackToLearning) {
  Freeze();
  Work(4);
  Work(4, SlowerCost);  // two windows
  EXPECT_EQ(learner_.state(), LearnState::kFrozen);
  Work(2);  // and better again
  Work(4, SlowerCost);
  EXPECT_EQ(learner_.state(), LearnState::kFrozen);
  Work(2, SlowerCost);
  EXPECT_EQ(learner_.state(), LearnState::kLearn);
  EXPECT_EQ(learner_.RatingOf(7), 1500);
}

TEST_F(LearnerTest, OtherSizesLeadBackToLearning) {
  Freeze();
  Work(4);
  const auto other = [](size_t strategy) {
    LearnSample sample = CostOf(strategy);
    sample.size = 100'000;
    return sample;
  };
  Work(2, other);
  EXPECT_EQ(learner_.state(), LearnState::kLearn);
}

TEST_F(LearnerTest, AFewOtherSizesDoNot) {
  Freeze();
  Work(4);
  uint64_t calls = 0;
  Work(20, [&calls](size_t strategy) {
    LearnSample sample = CostOf(strategy);
    if (++calls % 10 == 0) sample.size = 100'000;  // distance 0.2
    return sample;
  });
  EXPECT_EQ(learner_.state(), LearnState::kFrozen);
}

TEST_F(LearnerTest, AShiftedLoadIsLearnedAnew) {
  Freeze();
  Work(4);
  const auto shifted = [](size_t strategy) {
    LearnSample sample = CostOf(kStrategies - 1 - strategy);
    sample.size = 700'000;
    return sample;
  };
  WorkUntil(LearnState::kLearn, 10, shifted);
  WorkUntil(LearnState::kFrozen, 1'000, shifted);
  EXPECT_EQ(learner_.confirmed(), kStrategies - 1 - 7);
}

TEST_F(LearnerTest, WindowsEndByTimeToo) {
  Freeze();
  // One operation in two seconds, each a window.
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(learner_.state(), LearnState::kFrozen) << i;
    now_ += 2 * kSecond;
    learner_.Record(7, i < 2 ? CostOf(7) : SlowerCost(7), now_);
  }
  EXPECT_EQ(learner_.state(), LearnState::kLearn);
}

TEST_F(LearnerTest, WhatWasNeverComparedIsNotFrozen) {
  for (int i = 0; i < 1'000; ++i) {
    now_ += kSecond;
    learner_.Record(4, CostOf(4), now_);
  }
  EXPECT_EQ(learner_.state(), LearnState::kLearn);
}

// What a learner did: its state and its best after each second.
struct Step {
  LearnState state;
  size_t confirmed;
  double rating;

  friend bool operator==(const Step&, const Step&) = default;
};

std::vector<Step> History(Choices& choices) {
  uint64_t now = 0;
  Learner learner({.window_operations = 500, .freeze_time = 10 * kSecond},
                  choices, now);
  std::vector<Step> history;
  for (uint64_t i = 0; i < 100'000; ++i) {
    now += kSecond / 1000;
    const size_t strategy = learner.Choose();
    const bool is_shifted = i / 40'000 % 2 != 0;
    learner.Record(strategy,
                   CostOf(is_shifted ? kStrategies - 1 - strategy : strategy),
                   now);
    if (i % 1000 == 0) {
      history.push_back({learner.state(), learner.confirmed(),
                         learner.RatingOf(learner.confirmed())});
    }
  }
  return history;
}

TEST(LearnerHistoryTest, ARecordedHistoryReplaysBitForBit) {
  Choices seeded(9);
  const std::vector<Step> recorded = History(seeded);
  Choices replayed(seeded.recorded());
  EXPECT_EQ(History(replayed), recorded);
  Choices other(10);
  EXPECT_NE(History(other), recorded);
}

TEST(LearnerHistoryTest, ADayPasses) {
  Choices choices(3);
  uint64_t now = 0;
  Learner learner({}, choices, now);
  constexpr uint64_t kDay = 24 * 3600 * kSecond;
  uint64_t frozen = 0;
  uint64_t operations = 0;
  for (; now < kDay; now += kSecond / 5) {
    const size_t strategy = learner.Choose();
    learner.Record(strategy, CostOf(strategy), now);
    frozen += learner.state() == LearnState::kFrozen;
    ++operations;
  }
  EXPECT_EQ(learner.state(), LearnState::kFrozen);
  // Its neighbours cost little more, and few matches tell them apart.
  EXPECT_NEAR(static_cast<double>(learner.confirmed()), 7, 1);
  EXPECT_GT(frozen, operations / 2);
}

}  // namespace
}  // namespace fozzy::alloc

#include "sim/core/prefix_strategy.h"

#include <gtest/gtest.h>

#include <vector>

namespace fozzy {
namespace {

// Answers with the number of questions it was asked so far in the run, plus
// 100 times the run, and keeps what it is told.
class CountingStrategy final : public Strategy {
 public:
  bool Begin(uint64_t run_index) override {
    next_ = 100 * run_index;
    return run_index < 2;
  }
  uint32_t PickTask(const TaskChoice&) override {
    return static_cast<uint32_t>(next_++);
  }
  uint64_t PickValue(const ValueChoice&) override { return next_++; }
  bool WantsOps() const override { return true; }
  void Executed(const Op& op) override { ops_.push_back(op.object); }
  void End(const RunSummary& summary) override { points_ = summary.points; }
  size_t Save(std::span<std::byte>) const override { return 7; }

  const std::vector<uint32_t>& ops() const { return ops_; }
  uint64_t points() const { return points_; }

 private:
  uint64_t next_ = 0;
  uint64_t points_ = 0;
  std::vector<uint32_t> ops_;
};

constexpr TaskId kTasks[] = {{2}, {3}, {4}};
constexpr Decision kPrefix[] = {{ChoiceKind::kTask, {}, 2},
                                {ChoiceKind::kRandom, {}, 9},
                                {ChoiceKind::kTask, {}, 1}};

TEST(PrefixStrategyTest, TheListComesFirstAndThenTheOther) {
  CountingStrategy rest;
  PrefixStrategy strategy({.prefix = kPrefix, .rest = &rest});
  for (uint64_t run = 0; run < 2; ++run) {
    ASSERT_TRUE(strategy.Begin(run));
    EXPECT_EQ(strategy.PickTask({.runnable = kTasks}), 2u) << run;
    EXPECT_EQ(strategy.PickValue({.last = 9}), 9u) << run;
    EXPECT_FALSE(strategy.is_used_up()) << run;
    EXPECT_EQ(strategy.PickTask({.runnable = kTasks}), 1u) << run;
    EXPECT_TRUE(strategy.is_used_up()) << run;
    EXPECT_EQ(strategy.PickTask({.runnable = kTasks}), 100 * run) << run;
    EXPECT_EQ(strategy.PickValue({.last = 999}), 100 * run + 1) << run;
  }
  EXPECT_FALSE(strategy.Begin(2));
}

TEST(PrefixStrategyTest, AnAnswerThatIsNotPossibleCountsAsZero) {
  CountingStrategy rest;
  PrefixStrategy strategy({.prefix = kPrefix, .rest = &rest});
  ASSERT_TRUE(strategy.Begin(1));
  EXPECT_EQ(strategy.PickTask({.runnable = std::span(kTasks).first(2)}), 0u);
  EXPECT_EQ(strategy.PickValue({.last = 8}), 0u);
  EXPECT_EQ(strategy.PickTask({.runnable = std::span(kTasks).first(2)}), 1u);
}

TEST(PrefixStrategyTest, AnEmptyListLeavesAllToTheOther) {
  CountingStrategy rest;
  PrefixStrategy strategy({.rest = &rest});
  ASSERT_TRUE(strategy.Begin(1));
  EXPECT_TRUE(strategy.is_used_up());
  EXPECT_EQ(strategy.PickValue({.last = 999}), 100u);
}

TEST(PrefixStrategyTest, TheOtherHearsOfOpsAndOfTheEndFromTheStart) {
  CountingStrategy rest;
  PrefixStrategy strategy({.prefix = kPrefix, .rest = &rest});
  ASSERT_TRUE(strategy.Begin(0));
  EXPECT_TRUE(strategy.WantsOps());
  strategy.Executed({.object = 5});
  strategy.End({.points = 12});
  EXPECT_EQ(rest.ops(), std::vector<uint32_t>{5});
  EXPECT_EQ(rest.points(), 12u);
  EXPECT_EQ(strategy.Save({}), 7u);
}

}  // namespace
}  // namespace fozzy

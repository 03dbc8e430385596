#include "sim/search/shrink_measure.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

constexpr TaskId kGoesOn[] = {{3}, {2}, {4}};
constexpr TaskId kWaits[] = {{2}, {4}};

// Measures choices of tasks answered by `answers`: task 3 can go on at even
// ones and cannot at others.
RunMeasure Measured(const std::vector<uint64_t>& answers,
                    std::span<const Op> pending = {}) {
  ScriptedStrategy script(answers);
  MeasuringStrategy strategy({.inner = &script});
  EXPECT_TRUE(strategy.Begin(0));
  for (size_t i = 0; i < answers.size(); ++i) {
    const bool goes_on = i % 2 == 0;
    strategy.PickTask({.runnable = goes_on ? std::span<const TaskId>(kGoesOn)
                                           : std::span<const TaskId>(kWaits),
                       .pending = pending,
                       .point = i,
                       .current = {3}});
  }
  return strategy.measure();
}

TEST(ShrinkMeasureTest, ASwitchIsAPreemptionIfTheTaskCouldGoOn) {
  EXPECT_EQ(Measured({0}), RunMeasure{});
  EXPECT_EQ(
      Measured({1}),
      (RunMeasure{.preemptions = 1, .switches = 1, .sum_low = 1, .places = 1}));
  EXPECT_EQ(Measured({0, 0}), (RunMeasure{.switches = 1}));
  EXPECT_EQ(Measured({0, 1}),
            (RunMeasure{.switches = 1, .sum_low = 1, .places = 2}));
}

TEST(ShrinkMeasureTest, ATaskThatYieldsIsNotPreempted) {
  std::vector<Op> pending(5);
  pending[3].kind = OpKind::kYield;
  EXPECT_EQ(Measured({1}, pending).preemptions, 0u);
  pending[3].kind = OpKind::kStore;
  EXPECT_EQ(Measured({1}, pending).preemptions, 1u);
}

TEST(ShrinkMeasureTest, FaultsAndOtherValuesAreCountedApart) {
  for (uint8_t i = 1; i < kChoiceKinds; ++i) {
    const ChoiceKind kind = static_cast<ChoiceKind>(i);
    ScriptedStrategy script({0, 5});
    MeasuringStrategy strategy({.inner = &script});
    strategy.Begin(0);
    strategy.PickValue({.kind = kind, .last = 9});
    strategy.PickValue({.kind = kind, .last = 9});
    const bool is_value = kind == ChoiceKind::kRandom ||
                          kind == ChoiceKind::kDeliver ||
                          kind == ChoiceKind::kProgress;
    EXPECT_EQ(strategy.measure(), (RunMeasure{.faults = is_value ? 0u : 1u,
                                              .values = is_value ? 1u : 0u,
                                              .sum_low = 5,
                                              .places = 2}))
        << ChoiceKindName(kind);
  }
}

TEST(ShrinkMeasureTest, TheSumDoesNotOverflow) {
  ScriptedStrategy script({~uint64_t{0}, 3});
  MeasuringStrategy strategy({.inner = &script});
  strategy.Begin(0);
  strategy.PickValue({.last = ~uint64_t{0}});
  strategy.PickValue({.last = ~uint64_t{0}});
  EXPECT_EQ(strategy.measure().sum_high, 1u);
  EXPECT_EQ(strategy.measure().sum_low, 2u);
}

TEST(ShrinkMeasureTest, TheFirstDifferenceDecides) {
  const RunMeasure ordered[] = {{},
                                {.points = 2},
                                {.places = 1},
                                {.sum_low = 1},
                                {.sum_high = 1},
                                {.values = 1, .sum_low = 9},
                                {.faults = 1},
                                {.switches = 1},
                                {.switches = 1, .points = 1},
                                {.preemptions = 1}};
  for (size_t i = 1; i < std::size(ordered); ++i) {
    EXPECT_LT(ordered[i - 1], ordered[i]) << i;
  }
}

TEST(ShrinkMeasureTest, LongRunsAreGivenUp) {
  ScriptedStrategy script;
  MeasuringStrategy strategy({.inner = &script, .points_max = 10});
  strategy.Begin(0);
  EXPECT_EQ(strategy.PickTask({.runnable = kGoesOn, .point = 10}), 0u);
  EXPECT_EQ(strategy.PickTask({.runnable = kGoesOn, .point = 11}),
            Strategy::kAbandon);
}

TEST(ShrinkMeasureTest, EachRunIsMeasuredByItself) {
  ScriptedStrategy script({1, 1});
  MeasuringStrategy strategy({.inner = &script});
  for (int round = 0; round < 2; ++round) {
    strategy.Begin(0);
    strategy.PickValue({.last = 1});
    EXPECT_EQ(strategy.measure().values, 1u) << round;
    EXPECT_EQ(strategy.decisions(), 1u) << round;
  }
}

}  // namespace
}  // namespace fozzy

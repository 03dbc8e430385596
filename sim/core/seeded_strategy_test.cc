#include "sim/core/seeded_strategy.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/base/drop_threshold.h"
#include "sim/base/seeds.h"

namespace fozzy {
namespace {

constexpr uint64_t kAnything = ~uint64_t{0};

// Source: the established tool; see compatibility_stream_test.cc.
constexpr uint64_t kSeedSeven[] = {877555679359244567, 8489183145130685057,
                                   603388764575719657, 14348097266448689630u};

ValueChoice Established(ChoiceKind kind, uint64_t last, uint64_t draw) {
  return {.kind = kind, .last = last, .draw = draw};
}

ValueChoice Fault() {
  return {.kind = ChoiceKind::kFault, .last = 1, .weight = Weight::Odds(1, 2)};
}

// Returns the first `count` answers of run `index` to a question of our own.
std::vector<uint64_t> NextRun(Strategy& strategy, uint64_t index, int count) {
  EXPECT_TRUE(strategy.Begin(index));
  std::vector<uint64_t> answers;
  for (int i = 0; i < count; ++i) {
    answers.push_back(strategy.PickValue({.last = kAnything}));
  }
  return answers;
}

TEST(SeededStrategyTest, RandomNumbersAreTheEstablishedOnes) {
  SeededStrategy strategy({.seed = 7});
  ASSERT_TRUE(strategy.Begin(0));
  for (uint64_t draw = 0; draw < 4; ++draw) {
    EXPECT_EQ(
        strategy.PickValue(Established(ChoiceKind::kRandom, kAnything, draw)),
        kSeedSeven[draw]);
  }
}

TEST(SeededStrategyTest, DeliveriesAreEstablishedNumbersModuloTheCount) {
  SeededStrategy strategy({.seed = 7});
  ASSERT_TRUE(strategy.Begin(0));
  for (uint64_t draw = 0; draw < 4; ++draw) {
    EXPECT_EQ(strategy.PickValue(Established(ChoiceKind::kDeliver, 2, draw)),
              kSeedSeven[draw] % 3);
  }
}

TEST(SeededStrategyTest, DropsCompareEstablishedNumbersWithTheThreshold) {
  SeededStrategy strategy({.seed = 7});
  ASSERT_TRUE(strategy.Begin(0));
  for (const double rate : {0.01, 0.04, 0.05, 0.46, 0.5, 0.77, 0.78, 1.0}) {
    for (uint64_t draw = 0; draw < 4; ++draw) {
      ValueChoice choice = Established(ChoiceKind::kDrop, 1, draw);
      choice.weight.threshold = DropThreshold(rate);
      const bool is_dropped = static_cast<double>(kSeedSeven[draw]) /
                                  static_cast<double>(~uint64_t{0}) <
                              rate;
      EXPECT_EQ(strategy.PickValue(choice), is_dropped ? 1u : 0u)
          << rate << ", draw " << draw;
    }
  }
}

TEST(SeededStrategyTest, OtherQuestionsNeverMoveTheEstablishedNumbers) {
  SeededStrategy strategy({.seed = 7});
  ASSERT_TRUE(strategy.Begin(0));
  const TaskId tasks[] = {{0}, {1}};
  for (uint64_t draw = 0; draw < 4; ++draw) {
    for (int i = 0; i < 5; ++i) strategy.PickValue(Fault());
    strategy.PickTask({.runnable = tasks});
    EXPECT_EQ(
        strategy.PickValue(Established(ChoiceKind::kRandom, kAnything, draw)),
        kSeedSeven[draw]);
  }
}

TEST(SeededStrategyTest, EstablishedNumbersNeverMoveOtherAnswers) {
  SeededStrategy alone({.seed = 7});
  const std::vector<uint64_t> answers = NextRun(alone, 0, 16);
  SeededStrategy mixed({.seed = 7});
  ASSERT_TRUE(mixed.Begin(0));
  for (uint64_t i = 0; i < answers.size(); ++i) {
    mixed.PickValue(Established(ChoiceKind::kRandom, kAnything, i));
    EXPECT_EQ(mixed.PickValue({.last = kAnything}), answers[i]) << i;
  }
}

TEST(SeededStrategyTest, AFaultIsNeverAnsweredFromTheEstablishedStream) {
  SeededStrategy strategy({.seed = 7});
  ASSERT_TRUE(strategy.Begin(0));
  const ValueChoice choice = {
      .kind = ChoiceKind::kFault, .last = kAnything, .draw = 0};
  EXPECT_NE(strategy.PickValue(choice), kSeedSeven[0]);
}

TEST(SeededStrategyTest, LaterRunsDoNotDependOnHowLongEarlierOnesWere) {
  SeededStrategy brief({.seed = 7});
  SeededStrategy lengthy({.seed = 7});
  NextRun(brief, /*index=*/0, /*count=*/1);
  NextRun(lengthy, /*index=*/0, /*count=*/1000);

  EXPECT_EQ(NextRun(brief, 1, 64), NextRun(lengthy, 1, 64));
}

TEST(SeededStrategyTest, ALaterRunIsTheFirstRunOfItsSeed) {
  SeededStrategy strategy({.seed = 7});
  SeededStrategy same({.seed = RunSeed(7, 5)});
  EXPECT_EQ(NextRun(strategy, 5, 64), NextRun(same, 0, 64));
  EXPECT_EQ(strategy.PickValue(Established(ChoiceKind::kRandom, kAnything, 3)),
            same.PickValue(Established(ChoiceKind::kRandom, kAnything, 3)));
}

TEST(SeededStrategyTest, RunsDiffer) {
  SeededStrategy strategy({.seed = 7});
  EXPECT_NE(NextRun(strategy, 0, 4), NextRun(strategy, 1, 4));
}

TEST(SeededStrategyTest, WeightsAreKept) {
  SeededStrategy strategy({.seed = 7});
  ASSERT_TRUE(strategy.Begin(0));
  int counts[4] = {};
  for (int i = 0; i < 10'000; ++i) {
    ++counts[strategy.PickValue({.kind = ChoiceKind::kFault,
                                 .last = 3,
                                 .weight = Weight::Odds(3, 10)})];
  }
  // The standard deviations are 46 and 30.
  EXPECT_NEAR(counts[0], 7000, 250);
  for (const int i : {1, 2, 3}) EXPECT_NEAR(counts[i], 1000, 160) << i;
}

TEST(SeededStrategyTest, EveryTaskIsPickedAboutEquallyOften) {
  SeededStrategy strategy({.seed = 7});
  ASSERT_TRUE(strategy.Begin(0));
  const TaskId tasks[] = {{3}, {0}, {7}};
  int counts[3] = {};
  for (int i = 0; i < 9000; ++i) {
    const uint32_t pick = strategy.PickTask({.runnable = tasks});
    ASSERT_LT(pick, 3u);
    ++counts[pick];
  }
  for (const int count : counts) EXPECT_NEAR(count, 3000, 250);
}

}  // namespace
}  // namespace fozzy

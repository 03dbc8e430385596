#include "sim/base/rng.h"

#include <gtest/gtest.h>

#include <vector>

namespace fozzy {
namespace {

std::vector<uint64_t> Numbers(Rng rng, int count) {
  std::vector<uint64_t> numbers;
  for (int i = 0; i < count; ++i) numbers.push_back(rng.Next());
  return numbers;
}

TEST(RngTest, OneNameGivesOneStream) {
  EXPECT_EQ(Numbers(Rng("faults", 7, 3), 100),
            Numbers(Rng("faults", 7, 3), 100));
}

TEST(RngTest, EachPartOfTheNameMatters) {
  const std::vector<uint64_t> numbers = Numbers(Rng("faults", 7, 3), 4);
  EXPECT_NE(numbers, Numbers(Rng("fault", 7, 3), 4));
  EXPECT_NE(numbers, Numbers(Rng("faults", 8, 3), 4));
  EXPECT_NE(numbers, Numbers(Rng("faults", 7, 4), 4));
  EXPECT_NE(numbers, Numbers(Rng("faults", 3, 7), 4));
}

TEST(RngTest, NumbersDoNotRepeatAcrossBlocks) {
  const std::vector<uint64_t> numbers = Numbers(Rng("a", 0), 64);
  for (size_t i = 0; i < numbers.size(); ++i) {
    for (size_t j = 0; j < i; ++j) EXPECT_NE(numbers[i], numbers[j]);
  }
}

TEST(RngTest, AForkDoesNotDependOnHowFarTheParentWasRead) {
  Rng fresh("parent", 1);
  Rng read("parent", 1);
  for (int i = 0; i < 13; ++i) read.Next();

  EXPECT_EQ(Numbers(fresh.Fork("child", 2), 16),
            Numbers(read.Fork("child", 2), 16));
}

TEST(RngTest, ForksDifferByParentLabelAndIndex) {
  const std::vector<uint64_t> numbers =
      Numbers(Rng("parent", 1).Fork("child", 2), 4);
  EXPECT_NE(numbers, Numbers(Rng("parent", 2).Fork("child", 2), 4));
  EXPECT_NE(numbers, Numbers(Rng("parent", 1).Fork("kid", 2), 4));
  EXPECT_NE(numbers, Numbers(Rng("parent", 1).Fork("child", 3), 4));
  EXPECT_NE(numbers, Numbers(Rng("parent", 1), 4));
}

TEST(RngTest, UpToReachesEveryAnswerAboutEquallyOften) {
  constexpr uint64_t kLast = 5;
  constexpr int kRounds = 60'000;
  Rng rng("dice", 7);
  int counts[kLast + 1] = {};
  for (int i = 0; i < kRounds; ++i) {
    const uint64_t answer = rng.UpTo(kLast);
    ASSERT_LE(answer, kLast);
    ++counts[answer];
  }
  // 10,000 each; the standard deviation is 91.
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 500);
}

TEST(RngTest, UpToDrawsAgainWhereAnswersWouldBeUneven) {
  // 2^64 draws on 3 * 2^62 answers: one answer in three would get two draws,
  // and so half of them.
  constexpr uint64_t kLast = 3 * (uint64_t{1} << 62) - 1;
  constexpr int kRounds = 9000;
  Rng rng("wide", 7);
  int counts[3] = {};
  for (int i = 0; i < kRounds; ++i) ++counts[rng.UpTo(kLast) % 3];
  // The standard deviation is 45.
  for (const int count : counts) EXPECT_NEAR(count, kRounds / 3, 250);
}

TEST(RngTest, UpToHandlesTheEndsOfTheRange) {
  Rng rng("ends", 7);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(rng.UpTo(0), 0u);
  Rng raw("ends", 8);
  Rng same("ends", 8);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(raw.UpTo(~uint64_t{0}), same.Next());
  }
}

TEST(RngTest, ChanceKeepsItsOdds) {
  constexpr int kRounds = 10'000;
  Rng rng("odds", 7);
  int hits = 0;
  for (int i = 0; i < kRounds; ++i) hits += rng.Chance(1, 50) ? 1 : 0;
  // 200 expected; the standard deviation is 14.
  EXPECT_NEAR(hits, 200, 70);
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(rng.Chance(3, 3));
    EXPECT_FALSE(rng.Chance(0, 3));
  }
}

}  // namespace
}  // namespace fozzy

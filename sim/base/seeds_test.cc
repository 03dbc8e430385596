#include "sim/base/seeds.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/base/blake3.h"

namespace fozzy {
namespace {

// Returns `number` as 8 little-endian bytes.
std::string Bytes(uint64_t number) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) {
    bytes.push_back(static_cast<char>(number >> (8 * i) & 0xff));
  }
  return bytes;
}

TEST(SeedsTest, RunZeroHasTheSeedItself) {
  EXPECT_EQ(RunSeed(7, 0), 7u);
  EXPECT_EQ(RunSeed(~uint64_t{0}, 0), ~uint64_t{0});
}

TEST(SeedsTest, LaterRunsHaveSeedsOfTheirOwn) {
  EXPECT_EQ(RunSeed(7, 1), Blake3().Add(Bytes(7) + Bytes(1)).Finish().Number());
  EXPECT_NE(RunSeed(7, 1), RunSeed(7, 2));
  EXPECT_NE(RunSeed(7, 1), RunSeed(8, 1));
}

TEST(SeedsTest, ScenariosOfASuiteFollowTheEstablishedRule) {
  const std::string path = "tests/example.fozzy.json";
  EXPECT_EQ(
      SuiteSeed(7, {.files = 5, .ordinal = 2, .path = path}),
      Blake3().Add(Bytes(7) + Bytes(5) + Bytes(2) + path).Finish().Number());
}

TEST(SeedsTest, FragmentationFollowsTheEstablishedVector) {
  // Source: section 1.9 of the format's description.
  EXPECT_EQ(FragmentationPercent(7, 1, 200000), 12u);
  EXPECT_EQ(FragmentationPercent(7, 2, 200000), 20u);
  EXPECT_EQ(FragmentationPercent(7, 3, 200000), 26u);
}

TEST(SeedsTest, FragmentationStaysBelow31Percent) {
  uint64_t largest = 0;
  for (uint64_t attempt = 1; attempt <= 1000; ++attempt) {
    largest = std::max(largest, FragmentationPercent(1, attempt, 64));
  }
  EXPECT_EQ(largest, 30u);
}

}  // namespace
}  // namespace fozzy

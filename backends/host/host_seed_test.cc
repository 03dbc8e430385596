#include "backends/host/host_seed.h"

#include <cstdint>
#include <set>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(HostSeedTest, NeverDrawsASeedTwice) {
  std::set<uint64_t> seeds;

  for (int i = 0; i < 1000; ++i) seeds.insert(DrawSeed());

  // Two equal ones among 1000: once in 4e13 times.
  EXPECT_EQ(seeds.size(), 1000u);
}

TEST(HostSeedTest, EveryBitOfASeedIsSometimesSetAndSometimesNot) {
  uint64_t ever = 0;
  uint64_t always = ~uint64_t{0};

  for (int i = 0; i < 100; ++i) {
    const uint64_t seed = DrawSeed();
    ever |= seed;
    always &= seed;
  }

  EXPECT_EQ(ever, ~uint64_t{0});
  EXPECT_EQ(always, 0u);
}

TEST(HostSeedTest, NeverDrawsARunIdTwice) {
  std::set<RunIdBytes> ids;

  for (int i = 0; i < 1000; ++i) ids.insert(DrawRunId());

  EXPECT_EQ(ids.size(), 1000u);
}

}  // namespace
}  // namespace fozzy

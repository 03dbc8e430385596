#include "sim/search/explore_digests.h"

#include <gtest/gtest.h>

#include <set>

namespace fozzy {
namespace {

TEST(ExploreDigestsTest, CountsLikeASet) {
  ExploreDigests digests;
  std::set<uint64_t> twin;
  uint64_t state = 3;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    // Few different ones at first, many later, all in neighbouring slots.
    const uint64_t digest = (state >> 40) % static_cast<uint64_t>(i + 1);
    digests.Add(digest);
    twin.insert(digest);
    ASSERT_EQ(digests.count(), twin.size()) << "round " << i;
  }
  EXPECT_EQ(digests.Sorted(), std::vector<uint64_t>(twin.begin(), twin.end()));
  EXPECT_FALSE(digests.is_full());
}

TEST(ExploreDigestsTest, SaysWhenItHadNoRoom) {
  ExploreDigests digests(/*count_max=*/2000);
  for (uint64_t i = 1; i <= 2000; ++i) digests.Add(i);
  for (uint64_t i = 1; i <= 2000; ++i) digests.Add(i);
  EXPECT_FALSE(digests.is_full());
  digests.Add(2001);
  EXPECT_TRUE(digests.is_full());
  EXPECT_EQ(digests.count(), 2000u);
}

}  // namespace
}  // namespace fozzy

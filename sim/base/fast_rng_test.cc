#include "sim/base/fast_rng.h"

#include <gtest/gtest.h>

#include <set>

namespace fozzy {
namespace {

// The first outputs for seed 1234567, as in the test of the generator in the
// Rosetta Code task "Pseudo-random numbers/Splitmix64".
TEST(FastRngTest, AgreesWithThePublishedVector) {
  FastRng rng = FastRng::FromState(1234567);

  EXPECT_EQ(rng.Next(), 6457827717110365317u);
  EXPECT_EQ(rng.Next(), 3203168211198807973u);
  EXPECT_EQ(rng.Next(), 9817491932198370423u);
  EXPECT_EQ(rng.Next(), 4593380528125082431u);
  EXPECT_EQ(rng.Next(), 16408922859458223821u);
}

TEST(FastRngTest, NumbersStayInTheirRangeAndReachAllOfIt) {
  FastRng rng(7);
  for (const uint64_t last : {1u, 2u, 9u}) {
    std::set<uint64_t> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(rng.UpTo(last));
    EXPECT_EQ(seen.size(), last + 1);
    EXPECT_EQ(*seen.rbegin(), last);
  }
}

TEST(FastRngTest, RunsHaveStreamsOfTheirOwn) {
  std::set<uint64_t> firsts;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    for (uint64_t run = 0; run < 100; ++run) {
      firsts.insert(FastRng(seed, run).Next());
    }
  }

  EXPECT_EQ(firsts.size(), 10'000u);
}

}  // namespace
}  // namespace fozzy

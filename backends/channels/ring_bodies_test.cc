#include <gtest/gtest.h>

#include <algorithm>

#include "backends/channels/channel_bodies.h"
#include "backends/channels/testing/explored.h"

namespace fozzy::channels {
namespace {

// The longest have some 80,000 schedules: they are run to the end if
// CHANNELS_RUNS is so large.
constexpr uint64_t kUsualRuns = 3'500;

TEST(RingBodiesTest, NamesAscend) {
  EXPECT_TRUE(std::ranges::is_sorted(RingBodies(), {}, &ChannelBody::name));
}

TEST(RingBodiesTest, NothingIsFoundInAnyScheduleOfThem) {
  int exhausted = 0;
  for (const ChannelBody& body : RingBodies()) {
    const ExploreReport report =
        Explored(body.name, body.body, "dfs", RunsOf(kUsualRuns));

    EXPECT_EQ(report.error, "");
    EXPECT_FALSE(report.finding.has_value()) << report.ToText();
    exhausted += report.is_exhaustive;
    RecordProperty(std::string(body.name),
                   std::to_string(report.runs) +
                       (report.is_exhaustive ? " are all" : " are not all"));
  }
  EXPECT_GE(exhausted, 10);
}

TEST(RingBodiesTest, NothingIsFoundByTheSearchThatFindsMost) {
  for (const ChannelBody& body : RingBodies()) {
    const ExploreReport report =
        Explored(body.name, body.body, "portfolio", RunsOf(200));

    EXPECT_FALSE(report.finding.has_value()) << report.ToText();
  }
}

}  // namespace
}  // namespace fozzy::channels

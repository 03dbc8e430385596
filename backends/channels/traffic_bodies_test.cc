#include <gtest/gtest.h>

#include <algorithm>

#include "backends/channels/channel_bodies.h"
#include "backends/channels/testing/explored.h"

namespace fozzy::channels {
namespace {

TEST(TrafficBodiesTest, NamesAscend) {
  EXPECT_TRUE(std::ranges::is_sorted(TrafficBodies(), {}, &ChannelBody::name));
}

TEST(TrafficBodiesTest, NothingIsFoundInThem) {
  for (const ChannelBody& body : TrafficBodies()) {
    const uint64_t runs = RunsOf(300);
    const ExploreReport report =
        Explored(body.name, body.body, "portfolio", runs);

    EXPECT_EQ(report.error, "");
    EXPECT_FALSE(report.finding.has_value()) << report.ToText();
    EXPECT_EQ(report.runs, runs) << body.name;
  }
}

}  // namespace
}  // namespace fozzy::channels

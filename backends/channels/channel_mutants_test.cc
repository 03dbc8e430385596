#include "backends/channels/channel_mutants.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "backends/channels/testing/explored.h"

namespace fozzy::channels {
namespace {

TEST(ChannelMutantsTest, NamesAscend) {
  EXPECT_TRUE(
      std::ranges::is_sorted(ChannelMutants(), {}, &ChannelMutant::name));
}

TEST(ChannelMutantsTest, EveryOneIsFound) {
  for (const ChannelMutant& mutant : ChannelMutants()) {
    const ExploreReport report =
        Explored(mutant.name, mutant.body, "portfolio", 10'000);

    EXPECT_EQ(report.error, "");
    EXPECT_TRUE(report.finding.has_value()) << mutant.name;
  }
}

TEST(ChannelMutantsTest, NothingIsFoundInTheTwinOfAny) {
  for (const ChannelMutant& mutant : ChannelMutants()) {
    const ExploreReport report =
        Explored(mutant.name, mutant.twin, "portfolio", RunsOf(300));

    EXPECT_FALSE(report.finding.has_value()) << report.ToText();
  }
}

}  // namespace
}  // namespace fozzy::channels

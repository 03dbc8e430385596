#include "scenarios/bodies/body_config.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

TEST(BodyConfigTest, SettingsAreReadBackAsWritten) {
  BodyConfig config;
  config.simulation.memory_model = MemoryModelKind::kSc;
  config.simulation.points_max = ~uint64_t{0};
  config.simulation.timer_races = 7;
  config.simulation.stack_bytes = 4096;

  const auto read = ReadBodySettings(WriteBodySettings(config));

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(*read == config);
  EXPECT_FALSE(*read == BodyConfig());
}

TEST(BodyConfigTest, SeedAndStrategyTellConfigurationsApart) {
  BodyConfig other;
  other.seed = 1;
  EXPECT_FALSE(other == BodyConfig());
  other.seed = 0;
  other.strategy = "pct";
  EXPECT_FALSE(other == BodyConfig());
}

TEST(BodyConfigTest, AnUnknownSettingIsOfANewerVersionAndABadOneIsDamage) {
  EXPECT_TRUE(absl::IsFailedPrecondition(
      ReadBodySettings({{"gravity", "1"}}).status()));
  for (const TraceSettings& settings :
       std::vector<TraceSettings>{{{"memory_model", "hope"}},
                                  {{"points_max", "-1"}},
                                  {{"timer_races", "4294967296"}},
                                  {{"stack_bytes", "99999999999999"}}}) {
    EXPECT_TRUE(absl::IsDataLoss(ReadBodySettings(settings).status()))
        << settings[0].first;
  }
}

}  // namespace
}  // namespace fozzy

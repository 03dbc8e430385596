#include "scenarios/run_config.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

// Returns a configuration in which nothing is as by default.
RunConfig Full() {
  RunConfig config;
  config.is_det = true;
  config.timeout = ~uint64_t{0};
  config.has_host_proc = true;
  config.has_host_fs = true;
  config.has_host_http = true;
  config.memory = {true, true, 1, 2, 3, "1,2", 0, 4, 5};
  config.faults = {{"fs.eio", 1, 50}, {"net.drop", 1, 1}};
  config.fault_budget = 0;
  config.schedule = "random";
  config.node_count = 5;
  config.presets = {"partition-first-two", "heal-first-two"};
  config.checkers = {"kv_all_equal:k", "kv_node_equals:n:k:v=1,2"};
  config.deliveries_max = 0;
  return config;
}

TEST(SettingsTest, DefaultsAreNotWritten) {
  EXPECT_TRUE(WriteSettings(RunConfig()).empty());
  EXPECT_EQ(ReadSettings({}).value(), RunConfig());
}

TEST(SettingsTest, WhatIsWrittenIsReadBack) {
  EXPECT_EQ(ReadSettings(WriteSettings(Full())).value(), Full());
}

TEST(SettingsTest, EachSettingIsReadBackByItself) {
  const Settings all = WriteSettings(Full());
  EXPECT_EQ(all.size(), 24U);
  for (const auto& setting : all) {
    const RunConfig config = ReadSettings({setting}).value();
    EXPECT_NE(config, RunConfig()) << setting.first;
    EXPECT_THAT(WriteSettings(config), ElementsAre(setting));
  }
}

TEST(SettingsTest, TheSeedIsNotASetting) {
  RunConfig config;
  config.seed = 7;
  EXPECT_TRUE(WriteSettings(config).empty());
}

TEST(SettingsTest, UnknownSettingsAreOfANewerVersion) {
  EXPECT_EQ(ReadSettings({{"warp", "9"}}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(SettingsTest, ValuesThatDoNotFitAreDamage) {
  const Settings kDamaged = {
      {"det", "yes"},         {"timeout_ms", ""},
      {"timeout_ms", "5ms"},  {"nodes", "-1"},
      {"fault", "fs.eio"},    {"fault", "fs.eio=0/1"},
      {"fault", "x=1/2"},     {"preset", "none"},
      {"preset", "meteor"},   {"fault_budget", "a"},
      {"leak_budget", "1.0"}, {"mem_limit_mb", "18446744073709551616"}};
  for (const auto& setting : kDamaged) {
    EXPECT_EQ(ReadSettings({setting}).status().code(),
              absl::StatusCode::kDataLoss)
        << setting.first << "=" << setting.second;
  }
}

TEST(AddFaultsTest, SitesAreSortedAndPresetsAreInOrder) {
  RunConfig config;
  ASSERT_TRUE(
      AddFaults("net.drop=1/20, restart-first,fs.eio,crash-first,none", config)
          .ok());

  EXPECT_THAT(config.presets, ElementsAre("restart-first", "crash-first"));
  EXPECT_THAT(config.faults, ElementsAre(FaultOdds{"fs.eio", 1, 1},
                                         FaultOdds{"net.drop", 1, 20}));
}

TEST(AddFaultsTest, TheLastOddsOfASiteCount) {
  RunConfig config;
  ASSERT_TRUE(AddFaults("fs.eio=1/2,fs.eio=3/4", config).ok());
  EXPECT_THAT(config.faults, ElementsAre(FaultOdds{"fs.eio", 3, 4}));
}

TEST(AddFaultsTest, KnowsAllSites) {
  RunConfig config;
  EXPECT_TRUE(AddFaults("fs.eio,fs.enospc,fs.short_read,fs.short_write,"
                        "http.timeout,http.reset,http.5xx,http.slow,"
                        "proc.spawn,proc.kill,proc.slow,net.drop",
                        config)
                  .ok());
  EXPECT_EQ(config.faults.size(), 12U);
}

TEST(AddFaultsTest, RefusesWhatItDoesNotKnow) {
  for (const absl::string_view list :
       {"", "meteor", "fs.eio,", "fs.eio=", "fs.eio=1", "fs.eio=0/5",
        "fs.eio=6/5", "fs.eio=1/0", "fs.eio=1/2/3", "fs.eio=-1/2", "fs.eio=0.5",
        "crash-first=1/2", "fs.eio=1/2=3"}) {
    RunConfig config;
    const absl::Status status = AddFaults(list, config);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << list;
    EXPECT_THAT(std::string(status.message()), HasSubstr("expected")) << list;
  }
}

TEST(AddFaultsTest, SaysWhatWasMeant) {
  RunConfig config;
  EXPECT_THAT(std::string(AddFaults("fs.eoi", config).message()),
              HasSubstr(", did you mean fs.eio?"));
  EXPECT_THAT(std::string(AddFaults("fs.eio=0.05", config).message()),
              HasSubstr("expected a fraction N/M"));
}

}  // namespace
}  // namespace fozzy

#include "cli/config_file.h"

#include <string>

#include "cli/backend_choice.h"
#include "cli/command_table.h"
#include "cli/file.h"
#include "cli/init_files.h"
#include "cli/testing/run_fozzy.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

std::string Error(const std::string& text) {
  return std::string(ParseConfigFile(text).status().message());
}

TEST(ConfigFileTest, AnEmptyFileIsAllDefaults) {
  const auto config = ParseConfigFile("");

  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->base_dir, ".fozzy");
  EXPECT_EQ(config->fs_backend, "virtual");
  EXPECT_FALSE(config->mem_track);
  EXPECT_EQ(config->mem_limit_mb, std::nullopt);
}

TEST(ConfigFileTest, ReadsAllKeys) {
  const auto config = ParseConfigFile(R"(
base_dir = "runs"
reporter = "junit"
proc_backend = "host"
fs_backend = "host"
http_backend = "host"
mem_track = true
fail_on_leak = true
mem_artifacts = true
mem_limit_mb = 1
mem_fail_after = 2
leak_budget = 3
mem_fragmentation_seed = 4
mem_pressure_wave = "1,2"
profile_heap_alloc_budget = 5
profile_heap_in_use_budget = 6
unknown = [1, 2]
)");

  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->base_dir, "runs");
  EXPECT_EQ(config->reporter, "junit");
  EXPECT_EQ(config->proc_backend, "host");
  EXPECT_EQ(config->fs_backend, "host");
  EXPECT_EQ(config->http_backend, "host");
  EXPECT_TRUE(config->mem_track);
  EXPECT_TRUE(config->fail_on_leak);
  EXPECT_TRUE(config->mem_artifacts);
  EXPECT_EQ(config->mem_limit_mb, 1u);
  EXPECT_EQ(config->mem_fail_after, 2u);
  EXPECT_EQ(config->leak_budget, 3u);
  EXPECT_EQ(config->mem_fragmentation_seed, 4u);
  EXPECT_EQ(config->mem_pressure_wave, "1,2");
  EXPECT_EQ(config->profile_heap_alloc_budget, 5u);
  EXPECT_EQ(config->profile_heap_in_use_budget, 6u);
}

TEST(ConfigFileTest, MistakesSayWhere) {
  EXPECT_EQ(Error("\nmem_track = 1"),
            "2:13: mem_track: expected true or false");
  EXPECT_EQ(Error("mem_limit_mb = -1"),
            "1:16: mem_limit_mb: expected a number from 0");
  EXPECT_EQ(Error("base_dir = 3"), "1:12: base_dir: expected a string");
  EXPECT_EQ(Error("fs_backend = \"real\""),
            "1:14: fs_backend: expected one of virtual, host");
  EXPECT_THAT(Error("a = "), HasSubstr("1:"));
}

TEST(ConfigFileTest, AMissingFileIsAllDefaults) {
  const TempFolder folder;

  EXPECT_TRUE(ReadConfigFile("fozzy.toml").ok());
}

TEST(ConfigFileTest, AnErrorNamesTheFile) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("my.toml", "mem_track = 1").ok());

  EXPECT_EQ(ReadConfigFile("my.toml").status().message(),
            "my.toml:1:13: mem_track: expected true or false");
}

TEST(ConfigFileTest, WhatInitWritesAreTheDefaults) {
  const auto config = ParseConfigFile(InitFiles()[0].content);

  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->base_dir, ConfigFile{}.base_dir);
  EXPECT_EQ(config->proc_backend, ConfigFile{}.proc_backend);
}

TEST(BackendChoiceTest, TheMostSpecificDecides) {
  ConfigFile config;
  config.fs_backend = "host";
  const CommandTable table = Commands();
  const auto choose = [&](const std::string& line) {
    return ChooseBackends(*ParseArgs(SplitWords(line), table), config);
  };

  EXPECT_TRUE(choose("env").has_host_fs);
  EXPECT_FALSE(choose("env").has_host_proc);
  EXPECT_FALSE(choose("env --fs-backend virtual").has_host_fs);
  EXPECT_TRUE(choose("env --host-backends").has_host_http);
  EXPECT_FALSE(
      choose("env --host-backends --proc-backend scripted").has_host_proc);
}

}  // namespace
}  // namespace fozzy

#include "scenarios/config_file.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string MessageOf(absl::string_view text) {
  const absl::Status status = ParseConfig(text, "fozzy.toml").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << text;
  return std::string(status.message());
}

TEST(ConfigFileTest, EmptyFileSetsNothing) {
  EXPECT_EQ(ParseConfig("", "fozzy.toml").value(), ConfigFile());
}

TEST(ConfigFileTest, AMissingFileSetsNothing) {
  EXPECT_EQ(ReadConfigFile("no/such/file.toml").value(), ConfigFile());
}

TEST(ConfigFileTest, ADirectoryIsNotAFile) {
  const absl::Status status = ReadConfigFile(".").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("directory"));
}

TEST(ConfigFileTest, ReadsEveryKey) {
  const ConfigFile config = ParseConfig(R"(
base_dir = "out"
reporter = "junit"
proc_backend = "host"
fs_backend = "virtual"
http_backend = "scripted"
mem_track = true
fail_on_leak = false
mem_artifacts = true
mem_limit_mb = 1
mem_fail_after = 2
leak_budget = 3
mem_fragmentation_seed = 9223372036854775807
mem_pressure_wave = "1,2"
profile_heap_alloc_budget = 0
profile_heap_in_use_budget = 0x10
)",
                                        "fozzy.toml")
                                .value();

  EXPECT_EQ(config.base_dir, "out");
  EXPECT_EQ(config.reporter, "junit");
  EXPECT_EQ(config.proc_backend, "host");
  EXPECT_EQ(config.fs_backend, "virtual");
  EXPECT_EQ(config.http_backend, "scripted");
  EXPECT_EQ(config.mem_track, true);
  EXPECT_EQ(config.fail_on_leak, false);
  EXPECT_EQ(config.mem_artifacts, true);
  EXPECT_EQ(config.mem_limit_mb, 1U);
  EXPECT_EQ(config.mem_fail_after, 2U);
  EXPECT_EQ(config.leak_budget, 3U);
  EXPECT_EQ(config.mem_fragmentation_seed, 9223372036854775807U);
  EXPECT_EQ(config.mem_pressure_wave, "1,2");
  EXPECT_EQ(config.profile_heap_alloc_budget, 0U);
  EXPECT_EQ(config.profile_heap_in_use_budget, 16U);
}

TEST(ConfigFileTest, UnknownKeysAndTablesAreNotLookedAt) {
  const auto config = ParseConfig(
      "colour = 'green'\n[tool]\nreporter = 5\nmem_track = 'x'\n[[a]]\nb=1\n",
      "fozzy.toml");
  EXPECT_EQ(config.value(), ConfigFile());
}

TEST(ConfigFileTest, WrongTypesNamePlaceFoundAndExpected) {
  EXPECT_EQ(MessageOf("\n  mem_track = 'yes'"),
            "fozzy.toml:2:15: key \"mem_track\": found \"yes\", a string, "
            "expected true or false");
  EXPECT_THAT(MessageOf("base_dir = 5"),
              HasSubstr("found 5, an integer, expected a string"));
  EXPECT_THAT(MessageOf("mem_limit_mb = -1"),
              HasSubstr("found -1, an integer, expected an integer from 0 up"));
  EXPECT_THAT(MessageOf("mem_limit_mb = 1.5"), HasSubstr("found a float"));
  EXPECT_THAT(MessageOf("mem_limit_mb = true"), HasSubstr("true, a boolean"));
  EXPECT_THAT(MessageOf("[reporter]\na=1"), HasSubstr("a table"));
  EXPECT_THAT(MessageOf("base_dir = [1]"), HasSubstr("an array"));
  EXPECT_THAT(MessageOf("base_dir = 2026-01-01"), HasSubstr("a date"));
}

TEST(ConfigFileTest, WordsOutsideOfTheListAreRefused) {
  EXPECT_THAT(MessageOf("reporter = 'loud'"),
              HasSubstr("found \"loud\", a string, expected one of pretty, "
                        "json, junit, html"));
  EXPECT_THAT(MessageOf("fs_backend = 'scripted'"),
              HasSubstr("expected one of virtual, host"));
}

TEST(ConfigFileTest, BadSyntaxNamesItsPlace) {
  EXPECT_THAT(MessageOf("\nключ = 1"), StartsWith("fozzy.toml:2:"));
  EXPECT_THAT(MessageOf("a = 1979-05-27Tx7:32:00Z"),
              StartsWith("fozzy.toml:1:"));
  EXPECT_THAT(MessageOf("mem_track = true\nreporter = \n"),
              StartsWith("fozzy.toml:2:"));
  EXPECT_THAT(MessageOf("a = 1\na = 2\n"), StartsWith("fozzy.toml:2:"));
  EXPECT_THAT(MessageOf("a = \"\xFF\""), StartsWith("fozzy.toml:1:"));
  EXPECT_THAT(MessageOf("mem_limit_mb = 99999999999999999999"),
              StartsWith("fozzy.toml:1:"));
}

TEST(ConfigFileTest, ABaseDirThatWouldNameAnotherFolderIsRefused) {
  for (const char* text : {"base_dir = \"\"", "base_dir = \"a\\u0000b\""}) {
    const absl::StatusOr<ConfigFile> config = ParseConfig(text, "f.toml");
    ASSERT_FALSE(config.ok()) << text;
    EXPECT_NE(config.status().message().find("f.toml:1:12: key \"base_dir\""),
              absl::string_view::npos)
        << config.status();
  }
}

TEST(ConfigFileTest, AKeyOfVeryManyPartsIsRefusedBeforeItIsParsed) {
  std::string key = "a";
  for (int i = 0; i < 500'000; ++i) key += ".a";

  const absl::StatusOr<ConfigFile> config =
      ParseConfig("x = 1\n" + key + " = 1\n", "f.toml");

  ASSERT_FALSE(config.ok());
  EXPECT_NE(config.status().message().find("f.toml:2:1: found more than"),
            absl::string_view::npos)
      << config.status();
}

}  // namespace
}  // namespace fozzy

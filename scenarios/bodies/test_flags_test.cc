#include "scenarios/bodies/test_flags.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

const char* Nothing(const char*) { return nullptr; }

const char* SeedAndRuns(const char* name) {
  const std::string_view variable = name;
  if (variable == "FOZZY_SEED") return "5";
  if (variable == "FOZZY_RUNS") return "20";
  return nullptr;
}

TEST(TestFlagsTest, WithoutFlagsThereAreTwoLimits) {
  const auto flags = ReadTestFlags({"./tests", "--gtest_filter=*"}, Nothing);

  ASSERT_TRUE(flags.ok());
  EXPECT_EQ(flags->runs, 10'000u);
  EXPECT_EQ(flags->time_ns, 10'000'000'000u);
  EXPECT_EQ(flags->config.seed, 0u);
  EXPECT_EQ(flags->config.strategy, "portfolio");
}

TEST(TestFlagsTest, WordsOverruleTheEnvironment) {
  const auto flags = ReadTestFlags(
      {"--fozzy_seed=9", "--fozzy_strategy=pct:2", "--fozzy_memory_model=sc",
       "--fozzy_replay=a=b.fozzy", "--fozzy_break_at=3", "--fozzy_stack_kib=64",
       "--fozzy_unreached=fail"},
      SeedAndRuns);

  ASSERT_TRUE(flags.ok()) << flags.status();
  EXPECT_EQ(flags->config.seed, 9u);
  EXPECT_EQ(flags->runs, 20u);
  EXPECT_EQ(flags->time_ns, ~uint64_t{0});
  EXPECT_EQ(flags->config.strategy, "pct:2");
  EXPECT_EQ(flags->config.simulation.memory_model, MemoryModelKind::kSc);
  EXPECT_EQ(flags->replay, "a=b.fozzy");
  EXPECT_EQ(flags->break_at, 3u);
  EXPECT_TRUE(flags->fails_if_unreached);
  EXPECT_EQ(flags->config.simulation.stack_bytes, 64u << 10);
}

TEST(TestFlagsTest, ATimeWithoutRunsIsTheOnlyLimit) {
  const auto flags = ReadTestFlags({"--fozzy_time=2m"}, Nothing);

  ASSERT_TRUE(flags.ok());
  EXPECT_EQ(flags->time_ns, 120'000'000'000u);
  EXPECT_EQ(flags->runs, ~uint64_t{0});
}

TEST(TestFlagsTest, UnknownFlagsAndBadValuesAreErrors) {
  for (const std::string word :
       {"--fozzy_sed=1", "--fozzy_seed", "--fozzy_seed=x", "--fozzy_runs=-1",
        "--fozzy_time=10", "--fozzy_strategy=luck", "--fozzy_memory_model=tso",
        "--fozzy_stack_kib=4", "--fozzy_unreached=perhaps"}) {
    EXPECT_TRUE(
        absl::IsInvalidArgument(ReadTestFlags({word}, Nothing).status()))
        << word;
  }
}

}  // namespace
}  // namespace fozzy

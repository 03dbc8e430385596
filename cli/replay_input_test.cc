#include "cli/replay_input.h"

#include <string>

#include "cli/args.h"
#include "cli/command_table.h"
#include "cli/file.h"
#include "cli/output.h"
#include "cli/run_store.h"
#include "cli/testing/run_fozzy.h"
#include "cli/testing/sample_summary.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

// Returns the path that `selector` finds, or the error.
std::string Found(const std::string& selector) {
  const CommandTable table = Commands();
  const ParsedArgs args;
  const ConfigFile config;
  Output output({});
  const Context context{args, table, config, output};
  const auto path = FindReplayInput(context, selector);
  return path.ok() ? *path : std::string(path.status().message());
}

TEST(ReplayInputTest, APathIsItselfAndARunItsTrace) {
  const TempFolder folder;
  const RunSummaryDoc summary = SampleFailure();
  ASSERT_TRUE(RunStore(".fozzy").Keep(summary).ok());
  ASSERT_TRUE(WriteFile(summary.identity.trace_path, "trace").ok());
  ASSERT_TRUE(WriteFile("a.fozzy", "trace").ok());

  EXPECT_EQ(Found("a.fozzy"), "a.fozzy");
  EXPECT_EQ(Found("last-fail"), summary.identity.trace_path);
  EXPECT_EQ(Found("58f9"), summary.identity.trace_path);
}

TEST(ReplayInputTest, WhatCannotBeReplayedSaysWhy) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("json.fozzy", "{}").ok());

  EXPECT_THAT(Found("json.fozzy"), HasSubstr("record the scenario again"));
  EXPECT_EQ(Found("none.fozzy"), "no trace none.fozzy");
  EXPECT_EQ(Found("latest"), "no run in .fozzy is latest");
}

}  // namespace
}  // namespace fozzy

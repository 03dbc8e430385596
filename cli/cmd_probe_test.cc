#include <memory>
#include <string>

#include "cli/testing/fozzy_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/reader.h"

namespace fozzy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(CmdProbeTest, ARunWithAFindingIsRecordedAndNothingElseIsLeft) {
  const FozzyFolder folder;
  folder.Write("s.fozzy.json",
               StepsScenario({R"({"type": "assert_eq_int", "a": 1, "b": 2})"}));

  const ProcResult result = folder.Run(
      {"probe", "s.fozzy.json", "--seed", "7", "--record", "t.fozzy"});

  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(folder.Names(), ElementsAre("s.fozzy.json", "t.fozzy"));
  const auto reader = TraceReader::Open(folder.PathOf("t.fozzy"));
  ASSERT_TRUE(reader.ok()) << reader.status();
  TraceRecord record;
  while (*(*reader)->Next(record)) {
  }
  ASSERT_TRUE((*reader)->is_complete());
  EXPECT_EQ((*reader)->header().seed, 7u);
  EXPECT_EQ((*reader)->footer().status, "fail");
}

TEST(CmdProbeTest, TimeIsVirtual) {
  const FozzyFolder folder;
  folder.Write("s.fozzy.json",
               StepsScenario({R"({"type": "sleep", "duration": "9h"})"}));

  const ProcResult result =
      folder.Run({"probe", "s.fozzy.json", "--record", "t.fozzy"});

  EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST(CmdProbeTest, WhatCannotBeRunIsAnError) {
  const FozzyFolder folder;

  const ProcResult no_trace = folder.Run({"probe", "s.fozzy.json"});
  const ProcResult no_file =
      folder.Run({"probe", "s.fozzy.json", "--record", "t.fozzy"});

  EXPECT_EQ(no_trace.exit_code, 2);
  EXPECT_THAT(no_trace.err, HasSubstr("--record"));
  EXPECT_EQ(no_file.exit_code, 2);
  EXPECT_THAT(no_file.err, HasSubstr("s.fozzy.json"));
}

}  // namespace
}  // namespace fozzy

#include "cli/trace_file.h"

#include "cli/file.h"
#include "cli/testing/run_fozzy.h"
#include "gtest/gtest.h"
#include "trace/testing/edit.h"
#include "trace/testing/sample.h"

namespace fozzy {
namespace {

TEST(TraceFileTest, TellsTheTwoFormatsApart) {
  const TempFolder folder;
  ASSERT_TRUE(SaveTrace(SampleTrace(), "ours.fozzy").ok());
  ASSERT_TRUE(WriteFile("json.fozzy", " \n{\"format\":").ok());
  ASSERT_TRUE(WriteFile("empty.fozzy", "").ok());

  EXPECT_FALSE(*IsEstablishedTrace("ours.fozzy"));
  EXPECT_TRUE(*IsEstablishedTrace("json.fozzy"));
  EXPECT_FALSE(*IsEstablishedTrace("empty.fozzy"));
}

TEST(TraceFileTest, AnErrorNamesItsTraceOnce) {
  EXPECT_TRUE(AtTrace("a", absl::OkStatus()).ok());
  EXPECT_EQ(AtTrace("a", absl::DataLossError("chunk 1: a byte")),
            absl::DataLossError("a: chunk 1: a byte"));
  EXPECT_EQ(AtTrace("a", absl::NotFoundError("cannot open a: it went")),
            absl::NotFoundError("cannot open a: it went"));
}

TEST(TraceFileTest, WhatCannotBeReadIsAnError) {
  const TempFolder folder;
  EXPECT_EQ(IsEstablishedTrace("none").status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(IsEstablishedTrace(".").status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace fozzy

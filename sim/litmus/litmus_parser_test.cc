#include "sim/litmus/litmus_parser.h"

#include <gtest/gtest.h>

#include "sim/litmus/litmus_shapes.h"
#include "sim/litmus/random_litmus.h"

namespace fozzy {
namespace {

std::string Message(absl::string_view text) {
  return std::string(ParseLitmusProgram(text).status().message());
}

TEST(LitmusParserTest, ReadsEveryKindOfOperation) {
  const absl::StatusOr<LitmusProgram> program = ParseLitmusProgram(
      "x=7 rel; r0=y acq; z=r0+2 sc || fence ar; r1=x.swap(2) con; "
      "r2=y.add(3) rlx || r3=z.cas(4,5) ar acq; x.add(1) rlx; y=r3 rlx");
  ASSERT_TRUE(program.ok()) << program.status();
  const LitmusProgram expected = {
      .threads = {{{.kind = LitmusOpKind::kStore,
                    .location = 0,
                    .order = MemoryOrder::kRelease,
                    .operand = 7},
                   {.kind = LitmusOpKind::kLoad,
                    .location = 1,
                    .order = MemoryOrder::kAcquire,
                    .target = 0},
                   {.kind = LitmusOpKind::kStore,
                    .location = 2,
                    .order = MemoryOrder::kSequentiallyConsistent,
                    .operand = 2,
                    .source = 0}},
                  {{.kind = LitmusOpKind::kFence,
                    .order = MemoryOrder::kAcquireRelease},
                   {.kind = LitmusOpKind::kExchange,
                    .location = 0,
                    .order = MemoryOrder::kConsume,
                    .operand = 2,
                    .target = 1},
                   {.kind = LitmusOpKind::kFetchAdd,
                    .location = 1,
                    .operand = 3,
                    .target = 2}},
                  {{.kind = LitmusOpKind::kCompareExchange,
                    .location = 2,
                    .order = MemoryOrder::kAcquireRelease,
                    .failure_order = MemoryOrder::kAcquire,
                    .operand = 5,
                    .expected = 4,
                    .target = 3},
                   {.kind = LitmusOpKind::kFetchAdd, .operand = 1},
                   {.kind = LitmusOpKind::kStore, .location = 1, .source = 3}}},
      .locations = 3,
      .registers = 4};
  EXPECT_EQ(*program, expected) << ToColumns(*program);
}

TEST(LitmusParserTest, SaysWhatIsWrong) {
  EXPECT_EQ(Message(""), "found \"\", expected an operation, \"r0=x acq\" say");
  EXPECT_EQ(Message("x=1 rlx; "),
            "found \" \", expected an operation, \"r0=x acq\" say");
  EXPECT_EQ(Message("x=1"), "found \"x=1\", expected 1 memory order(s)");
  EXPECT_EQ(Message("x.cas(0,1) rlx"),
            "found \"x.cas(0,1) rlx\", expected 2 memory order(s)");
  EXPECT_EQ(Message("x=1 relaxed"),
            "found \"relaxed\", expected rlx, con, acq, rel, ar or sc");
  EXPECT_EQ(Message("x=1 acq"), "thread 0 has the illegal x=1 acq");
  EXPECT_EQ(Message("x.cas(0,1) ar rel"),
            "thread 0 has the illegal failure of x.cas(0,1) ar rel");
  EXPECT_EQ(Message("r0=x rlx || y=r0 rlx"),
            "thread 1 reads r0, which it has not set");
  for (const absl::string_view bad :
       {"w=1 rlx", "r16=x rlx", "r=x rlx", "x=y rlx", "x rlx", "x=r0+ rlx",
        "r0=x; rlx", "x=1=2 rlx", "r0=x.add(1 rlx", "r0=x.add() rlx",
        "r0=x.add(1,2) rlx", "r0=x.swap(1,2) rlx", "r0=x.cas(1) rlx rlx",
        "r0=x.sub(1) rlx", "x=-1 rlx", "r0=fence sc", "x=1 rlx |||| y=1 rlx",
        "r0=x rlx; r0=x rlx", "x=r0+1+2 rlx"}) {
    EXPECT_EQ(ParseLitmusProgram(bad).status().code(),
              absl::StatusCode::kInvalidArgument)
        << bad;
  }
}

TEST(LitmusParserTest, WhatIsWrittenIsReadBack) {
  for (const LitmusShape& shape : LitmusShapes()) {
    const LitmusProgram program = ParseLitmusProgram(shape.program).value();
    EXPECT_EQ(ToString(program), shape.program);
  }
  for (uint64_t i = 0; i < 500; ++i) {
    const LitmusProgram program = RandomLitmusProgram({.seed = 5, .index = i});
    const LitmusProgram read = ParseLitmusProgram(ToString(program)).value();
    EXPECT_EQ(read.threads, program.threads) << ToString(program);
  }
}

TEST(LitmusParserTest, AnyPrefixIsReadOrRefused) {
  for (const LitmusShape& shape : LitmusShapes()) {
    for (size_t size = 0; size < shape.program.size(); ++size) {
      const absl::StatusOr<LitmusProgram> program =
          ParseLitmusProgram(shape.program.substr(0, size));
      EXPECT_EQ(program.ok() ? ProblemOf(*program) : "", "");
    }
  }
}

TEST(LitmusParserTest, APatternFitsOutcomesThatHaveItsValues) {
  const OutcomePattern pattern = ParseOutcomePattern("r1=2 z=3").value();
  Outcome outcome;
  EXPECT_FALSE(pattern.Fits(outcome));
  outcome.registers = {9, 2};
  EXPECT_FALSE(pattern.Fits(outcome));
  outcome.locations = {8, 8, 3};
  EXPECT_TRUE(pattern.Fits(outcome));
  outcome.registers[1] = 0;
  EXPECT_FALSE(pattern.Fits(outcome));
  EXPECT_TRUE(ParseOutcomePattern("")->Fits(outcome));
}

TEST(LitmusParserTest, BadPatternsAreRefused) {
  for (const absl::string_view bad :
       {"r1", "r16=0", "w=1", "r0=x", "=1", "r0=1=2"}) {
    EXPECT_FALSE(ParseOutcomePattern(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace fozzy

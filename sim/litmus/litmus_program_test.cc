#include "sim/litmus/litmus_program.h"

#include <gtest/gtest.h>

#include "sim/litmus/litmus_parser.h"

namespace fozzy {
namespace {

LitmusProgram OneOp(const LitmusOp& op) {
  return {.threads = {{op}}, .locations = 1, .registers = 1};
}

TEST(LitmusProgramTest, ColumnsAreThreads) {
  const LitmusProgram program =
      ParseLitmusProgram(
          "x=1 rlx || r0=x.cas(1,22) ar rlx; fence sc || r1=x acq")
          .value();
  EXPECT_EQ(ToColumns(program),
            "x=1 rlx               | r0=x.cas(1,22) ar rlx | r1=x acq\n"
            "                      | fence sc              |\n");
}

TEST(LitmusProgramTest, AnOutcomeShowsWhatTheProgramHas) {
  const LitmusProgram program =
      ParseLitmusProgram("r0=x rlx; y=1 rlx || r1=y rlx").value();
  Outcome outcome;
  outcome.registers = {7, 8};
  outcome.locations = {1, 2};
  EXPECT_EQ(ToString(outcome, program), "r0=7 r1=8 x=1 y=2");
}

TEST(LitmusProgramTest, OutcomesAreOrderedByRegistersThenLocations) {
  Outcome small;
  Outcome large;
  small.locations = {9, 9, 9};
  large.registers[15] = 1;
  EXPECT_LT(small, large);
}

TEST(LitmusProgramTest, LoadsDoNotReleaseAndStoresDoNotAcquire) {
  constexpr bool kLoads[] = {true, true, true, false, false, true};
  constexpr bool kStores[] = {true, false, false, true, false, true};
  for (uint8_t i = 0; i < 6; ++i) {
    const auto order = static_cast<MemoryOrder>(i);
    EXPECT_EQ(IsLegalOrder(LitmusOpKind::kLoad, order), kLoads[i]);
    EXPECT_EQ(IsLegalOrder(LitmusOpKind::kStore, order), kStores[i]);
    EXPECT_TRUE(IsLegalOrder(LitmusOpKind::kFetchAdd, order));
    EXPECT_TRUE(IsLegalOrder(LitmusOpKind::kFence, order));
  }
}

TEST(LitmusProgramTest, ProblemsAreNamed) {
  EXPECT_EQ(ProblemOf(OneOp({.kind = LitmusOpKind::kStore})), "");
  EXPECT_EQ(ProblemOf(OneOp({.kind = LitmusOpKind::kStore, .location = 1})),
            "thread 0 uses location 1 of 1");
  EXPECT_EQ(ProblemOf(OneOp({.kind = LitmusOpKind::kLoad})),
            "thread 0 loads into no register");
  EXPECT_EQ(ProblemOf(OneOp({.kind = LitmusOpKind::kLoad, .target = 1})),
            "thread 0 uses register 1 of 1");
  EXPECT_EQ(ProblemOf(OneOp({.kind = LitmusOpKind::kStore, .source = 0})),
            "thread 0 reads r0, which it has not set");
  EXPECT_EQ(ProblemOf(OneOp({.kind = LitmusOpKind::kFence, .target = 0})),
            "thread 0 sets r0 wrongly or twice");
  LitmusProgram wide = OneOp({.kind = LitmusOpKind::kStore});
  wide.threads.resize(5);
  EXPECT_EQ(ProblemOf(wide),
            "5 threads, 1 locations and 1 registers, at most 4, 3 and 16 can "
            "be had");
}

}  // namespace
}  // namespace fozzy

#include "kernels/compiler/lowering/lowering.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kernels/compiler/build_ir.h"
#include "kernels/compiler/check_types.h"
#include "kernels/compiler/eight_kernels.h"
#include "kernels/compiler/lowering/report.h"
#include "kernels/compiler/parser.h"

namespace fozzy::compiler {
namespace {

using ::testing::HasSubstr;

IrModule Lowered(absl::string_view source, const LoweringOptions& options,
                 std::string* refused = nullptr) {
  Problem problem;
  Module module = Parse(source, problem);
  CheckTypes(module, problem);
  EXPECT_FALSE(problem.is_set()) << problem.Text();
  IrModule ir = BuildIr(module, /*counts_turns=*/false, problem);
  Lower(ir, options, problem);
  if (refused != nullptr) *refused = problem.is_set() ? problem.Text() : "";
  EXPECT_EQ(VerifyIr(ir), "");
  return ir;
}

FunctionReport Last(absl::string_view source,
                    const LoweringOptions& options = {}) {
  return ReportLowering(Lowered(source, options)).back();
}

uint32_t Elided(const FunctionReport& report, Proof proof) {
  return report.elided[static_cast<size_t>(proof)];
}

constexpr uint32_t Without(PassId pass) {
  return 1u << static_cast<uint32_t>(pass);
}

TEST(LoweringTest, TheKernelsNeedNoHandlesNoChainsAndNoChecks) {
  for (const Kernel& kernel : kEightKernels) {
    SCOPED_TRACE(kernel.name);
    const IrModule module =
        Lowered({kernel.source.data(), kernel.source.size()},
                {.fast_path = FastPath::kForce});
    for (const FunctionReport& report : ReportLowering(module)) {
      EXPECT_EQ(report.handle_calls, 0u) << report.name;
      EXPECT_EQ(report.chains, 0u) << report.name;
      EXPECT_EQ(report.bounds_checks, 0u) << report.name;
    }
  }
}

TEST(LoweringTest, TheFallbackCallsTheRuntimeForEverything) {
  const Kernel& bytes = kEightKernels[2];
  const FunctionReport report = Last({bytes.source.data(), bytes.source.size()},
                                     {.fast_path = FastPath::kOff});
  EXPECT_EQ(report.direct_loads, 0u);
  EXPECT_EQ(report.handle_calls, 12u);  // eight stores, four loads
  EXPECT_EQ(report.bounds_checks, 12u);
}

TEST(LoweringTest, ProofsAreNamedAfterWhatBoundsTheIndex) {
  const FunctionReport report = Last(R"(
fn f(i: i32, n: i32) -> i32 {
  let a = [1, 2, 3, 4];
  if n < 0 { return 0; }
  var at = 0;
  var sum = 0;
  for k in 0..4 { sum = sum + a[k]; }
  while sum < 100 {
    sum = sum + a[at];
    at = at + 1;
    if at >= 4 { at = 0; }
  }
  return sum + a[3] + a[i & 3] + a[n % 4];
}
)");
  EXPECT_EQ(Elided(report, Proof::kConstant), 5u);  // four stores, a[3]
  EXPECT_EQ(Elided(report, Proof::kMask), 1u);
  EXPECT_EQ(Elided(report, Proof::kRemainder), 1u);
  EXPECT_EQ(Elided(report, Proof::kRange), 2u);
  EXPECT_EQ(report.bounds_checks, 0u);
}

TEST(LoweringTest, WithoutAProofTheCheckStays) {
  for (const char* index : {"i", "i & 7", "i % 4", "i + 1", "-1", "4"}) {
    const std::string source = std::string("fn f(i: i32) -> i32 { ") +
                               "let a = [1, 2, 3, 4]; return a[" + index +
                               "]; }";
    EXPECT_EQ(Last(source).bounds_checks, 1u) << index;
  }
  // Any value may come around the loop.
  EXPECT_EQ(Last("fn f(n: i32) -> i32 { let a = [1, 2]; var i = 0; "
                 "while i != n { i = i + 1; } return a[i]; }")
                .bounds_checks,
            1u);
}

TEST(LoweringTest, ACheckedIndexNeedsNoSecondCheck) {
  const FunctionReport report = Last(
      "fn f(i: i32) -> i32 { let a = [1, 2]; let b = a[i]; "
      "if b == 1 { return 1; } return a[i]; }");
  EXPECT_EQ(report.bounds_checks, 1u);
  EXPECT_EQ(Elided(report, Proof::kRange), 1u);
}

constexpr char kWindow[] =
    "fn f(i: i32) -> i32 { let a = [1, 2, 3, 4]; "
    "return a[i] + a[i + 1] + a[i + 2]; }";

TEST(LoweringTest, AWindowIsCheckedOnce) {
  const FunctionReport report = Last(kWindow);
  EXPECT_EQ(report.window_checks, 1u);
  EXPECT_EQ(Elided(report, Proof::kWindow), 3u);
  EXPECT_EQ(report.bounds_checks, 0u);
}

TEST(LoweringTest, WhatMayFailBetweenEndsAWindow) {
  const FunctionReport report = Last(
      "host fn h() -> i32; fn f(i: i32, j: i32) -> i32 { let a = [1, 2, 3]; "
      "return a[i] + h() + a[i + 1] + 7 / j + a[i + 2]; }");
  EXPECT_EQ(report.window_checks, 0u);
  EXPECT_EQ(report.bounds_checks, 3u);
}

TEST(LoweringTest, ABaseThatChangesEndsAWindow) {
  const FunctionReport report = Last(
      "fn f(j: i32) -> i32 { let a = [1, 2, 3, 4, 5]; var i = j; "
      "let x = a[i]; i = i * 2; return x + a[i + 1]; }");
  EXPECT_EQ(report.window_checks, 0u);
}

TEST(LoweringTest, EachPassCanBeLeftOut) {
  const uint32_t both = Without(PassId::kBounds) | Without(PassId::kWindows);
  EXPECT_EQ(Last(kWindow, {.without = Without(PassId::kWindows)}).bounds_checks,
            3u);
  EXPECT_EQ(Last(kWindow, {.without = both}).bounds_checks, 7u);
  EXPECT_EQ(
      Last(kWindow, {.without = Without(PassId::kDirectArrays)}).handle_calls,
      7u);
  constexpr char kMatch[] =
      "fn f(i: i32) -> i32 { match i { 1 => { return 3; } _ => { return 4; } "
      "} }";
  EXPECT_EQ(Last(kMatch).switches, 1u);
  EXPECT_EQ(Last(kMatch, {.without = Without(PassId::kDenseMatch)}).chains, 1u);
  constexpr char kText[] = "fn f() -> i32 { return \" a\".trim().len(); }";
  EXPECT_EQ(Last(kText).text_views, 2u);
  EXPECT_EQ(Last(kText, {.without = Without(PassId::kTextViews)}).text_interned,
            2u);
  constexpr char kSum[] = "fn f(i: i32) -> i32 { return (i & 7) + 1; }";
  EXPECT_EQ(Last(kSum).never_wraps, 1u);
  EXPECT_EQ(Last(kSum, {.without = Without(PassId::kRanges)}).never_wraps, 0u);
}

TEST(LoweringTest, TrustedAccessesAreNotChecked) {
  const FunctionReport report =
      Last("fn f(i: i32) -> i32 { let a = [1, 2]; return a[i]; }",
           {.trusts_bounds = true});
  EXPECT_EQ(report.bounds_checks, 0u);
  EXPECT_EQ(Elided(report, Proof::kTrusted), 1u);
}

TEST(LoweringTest, WhatEscapesStaysBehindAHandleAndForcingSaysWhy) {
  constexpr char kSource[] =
      "host fn h(a: [i32; 1]);\n"
      "fn g(a: [i32; 1]) -> i32 { return a[0]; }\n"
      "fn f() -> i32 { let a = [1]; let b = [2]; let c = [3]; h(b); "
      "return g(a) + c[0]; }";
  const std::string text = ReportText(ReportLowering(Lowered(kSource, {})));
  EXPECT_THAT(text, HasSubstr("array a handle: it comes from a caller"));
  EXPECT_THAT(text, HasSubstr("array a handle: it is passed to a function"));
  EXPECT_THAT(text,
              HasSubstr("array b handle: it is passed to a host function"));
  EXPECT_THAT(text, HasSubstr("array c direct"));
  std::string refused;
  Lowered(kSource, {.fast_path = FastPath::kForce}, &refused);
  EXPECT_EQ(refused,
            "2:9: array 'a' cannot lie in direct memory: it comes from a "
            "caller");
}

TEST(LoweringTest, SparseMatchesStayChainsAndForcingSaysSo) {
  constexpr char kSource[] =
      "fn f(i: i32) -> i32 { match i { 1 => { return 3; } 9000 => { return 5; "
      "} _ => { return 4; } } }";
  EXPECT_EQ(Last(kSource).chains, 1u);
  std::string refused;
  Lowered(kSource, {.fast_path = FastPath::kForce}, &refused);
  EXPECT_EQ(refused,
            "1:23: this match cannot be a switch: its values lie too far "
            "apart");
}

TEST(LoweringTest, ReportsAreJsonToo) {
  const std::string json = ReportJson(ReportLowering(Lowered(kWindow, {})));
  EXPECT_THAT(json, HasSubstr("\"function\": \"f\""));
  EXPECT_THAT(json, HasSubstr("\"window_checks\": 1"));
  EXPECT_THAT(json, HasSubstr("\"elided\": {\"constant\": 4, \"window\": 3}"));
  EXPECT_THAT(json, HasSubstr("{\"name\": \"a\", \"direct\": true"));
}

}  // namespace
}  // namespace fozzy::compiler

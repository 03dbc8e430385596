// Every backend, with every way to lower, says the same.
#include "kernels/compiler/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kernels/compiler/eight_kernels.h"
#include "kernels/compiler/testing/backends.h"

namespace fozzy::compiler {
namespace {

using ::testing::HasSubstr;

constexpr int64_t kFewTurns = 2000;

std::unique_ptr<Program> MakeOrDie(absl::string_view source,
                                   const ProgramOptions& options) {
  absl::StatusOr<std::unique_ptr<Program>> program =
      Program::Make(source, options);
  EXPECT_TRUE(program.ok()) << program.status().message();
  return *std::move(program);
}

Outcome RunOn(absl::string_view source, const ProgramOptions& options,
              const std::vector<int64_t>& arguments = {}) {
  RecordingHost host;
  return MakeOrDie(source, options)->Run(arguments, host);
}

TEST(ProgramTest, TheEightKernelsHaveTheirPublishedChecksums) {
  for (const Kernel& kernel : kEightKernels) {
    for (const ProgramOptions& options : FastestConfigurations()) {
#ifndef NDEBUG
      // Without optimisation the machine takes a minute for all turns.
      if (options.backend == Backend::kVm) continue;
#endif
      SCOPED_TRACE(std::string(kernel.name) + " on " + Describe(options));
      EXPECT_EQ(RunOn({kernel.source.data(), kernel.source.size()}, options,
                      {kKernelTurns})
                    .result,
                kernel.checksum);
    }
  }
}

TEST(ProgramTest, TheEightKernelsAgreeWithTheModelInEveryConfiguration) {
  for (const Kernel& kernel : kEightKernels) {
    const absl::string_view source(kernel.source.data(), kernel.source.size());
    const Outcome model =
        RunOn(source, {.backend = Backend::kInterp}, {kFewTurns});
    ASSERT_EQ(model.failure, Failure{});
    for (const ProgramOptions& options : AllConfigurations()) {
      SCOPED_TRACE(std::string(kernel.name) + " on " + Describe(options));
      EXPECT_EQ(RunOn(source, options, {kFewTurns}), model);
    }
  }
}

TEST(ProgramTest, AnIndexOutOfRangeIsNamedWithItsLengthAndPlace) {
  constexpr char kSource[] =
      "fn f(i: i32) -> i32 {\n"
      "  var a = [1, 2, 3];\n"
      "  return a[i];\n"
      "}\n";
  for (const ProgramOptions& options : AllConfigurations()) {
    SCOPED_TRACE(Describe(options));
    const Outcome low = RunOn(kSource, options, {-1});
    EXPECT_EQ(low.failure.Text(), "3:11: index -1 is outside of an array of 3");
    const Outcome high = RunOn(kSource, options, {3});
    EXPECT_EQ(high.failure.Text(), "3:11: index 3 is outside of an array of 3");
    EXPECT_EQ(RunOn(kSource, options, {2}).result, 3);
  }
}

TEST(ProgramTest, AWindowNamesTheFirstOfItsAccessesThatIsOutOfRange) {
  constexpr char kSource[] =
      "fn f(i: i32) -> i32 {\n"
      "  let a = [1, 2, 4, 8];\n"
      "  return a[i] + a[i + 1] +\n"
      "         a[i + 2];\n"
      "}\n";
  for (const ProgramOptions& options : AllConfigurations()) {
    SCOPED_TRACE(Describe(options));
    EXPECT_EQ(RunOn(kSource, options, {1}).result, 14);
    EXPECT_EQ(RunOn(kSource, options, {2}).failure.Text(),
              "4:11: index 4 is outside of an array of 4");
    EXPECT_EQ(RunOn(kSource, options, {-1}).failure.Text(),
              "3:11: index -1 is outside of an array of 4");
    EXPECT_EQ(RunOn(kSource, options, {2147483647}).failure.Text(),
              "3:11: index 2147483647 is outside of an array of 4");
  }
}

TEST(ProgramTest, DivisionByZeroFailsAndTheSmallestNumberByMinusOneWraps) {
  constexpr char kSource[] =
      "fn f(a: i32, b: i32) -> i32 {\n  return a / b + a % b;\n}\n";
  for (const ProgramOptions& options : AllConfigurations()) {
    SCOPED_TRACE(Describe(options));
    EXPECT_EQ(RunOn(kSource, options, {7, 0}).failure.Text(),
              "2:12: division by zero");
    EXPECT_EQ(RunOn(kSource, options, {INT32_MIN, -1}).result, INT32_MIN);
    EXPECT_EQ(RunOn(kSource, options, {-7, 2}).result, -4);
  }
}

TEST(ProgramTest, LoopsEndAfterTheTurnsAllowed) {
  constexpr char kSource[] =
      "fn f() -> i32 {\n  var i = 0;\n  while true { i = i + 1; }\n"
      "  return i;\n}\n";
  for (ProgramOptions options : AllConfigurations()) {
    SCOPED_TRACE(Describe(options));
    options.loops_max = 100;
    EXPECT_EQ(RunOn(kSource, options).failure.Text(),
              "3:3: more than 100 turns of loops");
  }
}

TEST(ProgramTest, AssignedAndPassedArraysAreCopies) {
  constexpr char kSource[] = R"(
fn second(a: [i32; 2]) -> i32 { return a[1]; }
fn f() -> i32 {
  var a = [1, 2];
  let alias = a;
  a[1] = 40;
  shared var b = a;
  b[1] = 500;
  return second(alias) + a[1] + b[1];
}
)";
  for (const ProgramOptions& options : AllConfigurations()) {
    SCOPED_TRACE(Describe(options));
    EXPECT_EQ(RunOn(kSource, options).result, 542);
  }
}

TEST(ProgramTest, GuardsAreTriedInOrderAndPayloadsAreBound) {
  constexpr char kSource[] = R"(
enum Shape { Empty, Circle(i32), Box(i32, i64) }
fn size(s: Shape) -> i64 {
  match s {
    Shape::Circle(r) if r > 10 => { return 1000; }
    Shape::Box(w, h) if w == 0 => { return h; }
    _ if false => { return -1; }
    Shape::Circle(r) => { return i64(r); }
    Shape::Box(w, h) => { return i64(w) * h; }
    Shape::Empty => { return 7; }
  }
}
fn f() -> i64 {
  return size(Shape::Circle(11)) * 10000 + size(Shape::Circle(3)) * 1000 +
         size(Shape::Box(0, 5)) * 100 + size(Shape::Box(2, 4)) * 10 +
         size(Shape::Empty);
}
)";
  for (const ProgramOptions& options : AllConfigurations()) {
    SCOPED_TRACE(Describe(options));
    EXPECT_EQ(RunOn(kSource, options).result, 10003587);
  }
}

TEST(ProgramTest, HostsSeeTheSameCallsWhateverRuns) {
  constexpr char kSource[] = R"(
enum Level { Low, High }
host fn log(level: Level, text: str, numbers: [i64; 2]) -> i32;
host fn note(value: i32);
fn f() -> i32 {
  note(3);
  let sum = log(Level::High, " a,b ".trim().replace(",", "--"), [1, 2]);
  note(sum);
  return sum;
}
)";
  // An array is passed by its name.
  std::string source = kSource;
  const std::string literal = "[1, 2]);";
  source.replace(source.find(literal), literal.size(), "pair);");
  source.replace(source.find("  note(3);"), 0,
                 "  let pair: [i64; 2] = [1, 2];\n");
  // 32-bit FNV-1a of "Level::High": frozen.
  constexpr char kCalls[] =
      "note(3 '' [])\n"
      "log(2466398485 '' [], 0 'a--b' [], 0 '' [1 2])\n"
      "note(2 '' [])\n";
  for (const ProgramOptions& options : AllConfigurations()) {
    SCOPED_TRACE(Describe(options));
    RecordingHost host;
    EXPECT_EQ(MakeOrDie(source, options)->Run({}, host).result, 2);
    EXPECT_EQ(host.calls(), kCalls);
  }
}

TEST(ProgramTest, AHostThatRefusesEndsTheRun) {
  constexpr char kSource[] =
      "host fn refuse();\nfn f() -> i32 {\n  refuse();\n  return 1;\n}\n";
  for (const ProgramOptions& options : AllConfigurations()) {
    SCOPED_TRACE(Describe(options));
    EXPECT_EQ(RunOn(kSource, options).failure.Text(),
              "3:3: the host refused the call");
  }
}

TEST(ProgramTest, VariantsLeaveAsTheirExternalTags) {
  constexpr char kSource[] = "enum E { A, B }\nfn f() -> E { return E::B; }\n";
  const Outcome model = RunOn(kSource, {.backend = Backend::kInterp});
  EXPECT_GT(model.result, 1000);
  for (const ProgramOptions& options : AllConfigurations()) {
    SCOPED_TRACE(Describe(options));
    EXPECT_EQ(RunOn(kSource, options), model);
  }
}

TEST(ProgramTest, ForcingNamesWhatIsNotEligibleAndWhy) {
  constexpr char kSource[] =
      "fn f() -> i32 {\n  shared let a = [1];\n  return a[0];\n}\n";
  const auto program =
      Program::Make(kSource, {.lowering = {.fast_path = FastPath::kForce}});
  EXPECT_EQ(program.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(program.status().message(),
            "2:3: array 'a' cannot lie in direct memory: it is declared "
            "shared");
}

TEST(ProgramTest, TheFunctionToRunTakesNumbers) {
  EXPECT_THAT(
      std::string(Program::Make("fn f(s: str) {}", {}).status().message()),
      HasSubstr("1:9: expected numbers or bools"));
  EXPECT_THAT(std::string(Program::Make("fn f() -> str { return \"\"; }", {})
                              .status()
                              .message()),
              HasSubstr("found str"));
  EXPECT_THAT(std::string(Program::Make("", {}).status().message()),
              HasSubstr("found none"));
}

}  // namespace
}  // namespace fozzy::compiler

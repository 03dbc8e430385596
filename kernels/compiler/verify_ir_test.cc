// The verifier accepts what is built and notices what is broken.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "kernels/compiler/build_ir.h"
#include "kernels/compiler/check_types.h"
#include "kernels/compiler/eight_kernels.h"
#include "kernels/compiler/ir.h"
#include "kernels/compiler/lowering/lowering.h"
#include "kernels/compiler/parser.h"

namespace fozzy::compiler {
namespace {

using ::testing::HasSubstr;

IrModule Built(absl::string_view source) {
  Problem problem;
  Module module = Parse(source, problem);
  CheckTypes(module, problem);
  EXPECT_FALSE(problem.is_set()) << problem.Text();
  return BuildIr(module, /*counts_turns=*/true, problem);
}

constexpr char kSource[] =
    "fn f(a: i32) -> i32 { let b = a + 1; if b < 3 { return b; } return 0; }";

Instruction& First(IrModule& module) {
  return module.functions[0].blocks[0].code[0];
}

TEST(VerifyIrTest, AcceptsTheEightKernelsBeforeAndAfterLowering) {
  for (const Kernel& kernel : kEightKernels) {
    IrModule module = Built({kernel.source.data(), kernel.source.size()});
    EXPECT_EQ(VerifyIr(module), "") << kernel.name;
    Problem problem;
    Lower(module, {.fast_path = FastPath::kForce}, problem);
    EXPECT_FALSE(problem.is_set()) << problem.Text();
    EXPECT_EQ(VerifyIr(module), "") << kernel.name;
  }
}

TEST(VerifyIrTest, NoticesRegistersOfAnotherType) {
  IrModule module = Built(kSource);
  First(module).type = Scalar::kI64;
  EXPECT_THAT(VerifyIr(module), HasSubstr("another type"));
}

TEST(VerifyIrTest, NoticesReadsBeforeWrites) {
  IrModule module = Built(kSource);
  First(module).a = First(module).dst;
  EXPECT_THAT(VerifyIr(module), HasSubstr("read before it is written"));
}

TEST(VerifyIrTest, NoticesWrittenConstantsAndUnknownTargets) {
  IrModule module = Built(kSource);
  First(module).dst = First(module).b;
  EXPECT_THAT(VerifyIr(module), HasSubstr("constant"));
  module = Built(kSource);
  module.functions[0].blocks[0].code.back().index = 99;
  EXPECT_THAT(VerifyIr(module), HasSubstr("unknown block"));
  module = Built(kSource);
  module.functions[0].blocks[0].code.pop_back();
  EXPECT_THAT(VerifyIr(module), HasSubstr("an end"));
}

TEST(VerifyIrTest, PrintsInstructionsWithTheirFactsAndPlaces) {
  IrModule module =
      Built("fn f(i: i32) -> i32 {\n  let a = [7, 8];\n  return a[i & 1];\n}");
  Problem problem;
  Lower(module, {}, problem);
  const std::string text = PrintIr(module);
  EXPECT_THAT(text, HasSubstr("array0 a: i32 x 2 direct"));
  EXPECT_THAT(text, HasSubstr("store array0 1, 8 proof=constant  ; 2:11"));
  EXPECT_THAT(text, HasSubstr("proof=mask  ; 3:11"));
}

}  // namespace
}  // namespace fozzy::compiler

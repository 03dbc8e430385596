// Any bytes are a kernel, or are refused with a place in them.  What passes the
// checker can be built, lowered, and is sound after that.
#include <cstddef>
#include <cstdint>
#include <string>

#include "kernels/compiler/build_ir.h"
#include "kernels/compiler/check_types.h"
#include "kernels/compiler/lowering/lowering.h"
#include "kernels/compiler/parser.h"
#include "kernels/compiler/require.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace fozzy::compiler;  // a fuzzer is one function
  const std::string source(reinterpret_cast<const char*>(data), size);
  Problem problem;
  Module module = Parse(source, problem);
  CheckTypes(module, problem);
  if (problem.is_set()) {
    Require(problem.at().line >= 1);
    Require(problem.at().column >= 1);
    Require(problem.at().column <= size + 1);
    return 0;
  }
  IrModule ir = BuildIr(module, /*counts_turns=*/true, problem);
  if (problem.is_set()) return 0;
  Require(VerifyIr(ir).empty());
  Lower(ir, {}, problem);
  Require(VerifyIr(ir).empty());
  return 0;
}

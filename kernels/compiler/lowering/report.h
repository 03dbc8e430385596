// What lowering made of each function.
#ifndef FOZZY_KERNELS_COMPILER_LOWERING_REPORT_H_
#define FOZZY_KERNELS_COMPILER_LOWERING_REPORT_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "kernels/compiler/ir.h"

namespace fozzy::compiler {

struct ArrayReport {
  std::string name;
  bool is_direct = false;
  std::string reason;  // why not
};

// Counts of instructions in the lowered function, not of what runs.
struct FunctionReport {
  std::string name;
  uint32_t direct_loads = 0;
  uint32_t direct_stores = 0;
  uint32_t handle_calls = 0;  // of the runtime, for arrays and interned strings
  uint32_t host_calls = 0;
  uint32_t bounds_checks = 0;  // made, also those within handle calls
  std::array<uint32_t, kProofs> elided = {};  // by proof
  uint32_t window_checks = 0;
  uint32_t switches = 0;
  uint32_t chains = 0;
  uint32_t text_views = 0;  // operations on strings
  uint32_t text_interned = 0;
  uint32_t never_wraps = 0;  // marked arithmetic
  std::vector<ArrayReport> arrays;
};

// Returns one entry for each function that is not of the host, in the order of
// the source.
std::vector<FunctionReport> ReportLowering(const IrModule& module);

std::string ReportText(const std::vector<FunctionReport>& reports);

// Returns a JSON array of one object for each function.
std::string ReportJson(const std::vector<FunctionReport>& reports);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_LOWERING_REPORT_H_

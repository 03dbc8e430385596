#include "kernels/compiler/lowering/report.h"

#include "absl/strings/str_cat.h"
#include "kernels/compiler/lowering/lowering.h"

namespace fozzy::compiler {
namespace {

void CountAccess(const IrFunction& function, const Instruction& code,
                 FunctionReport& report) {
  if (!function.arrays[code.array].is_direct) {
    ++report.handle_calls;
    ++report.bounds_checks;
    return;
  }
  ++(code.op == Op::kLoad ? report.direct_loads : report.direct_stores);
  if (code.proof == Proof::kNotProven) {
    ++report.bounds_checks;
  } else {
    ++report.elided[static_cast<size_t>(code.proof)];
  }
}

bool IsTextOp(const Instruction& code) {
  return code.op >= Op::kTextEqual && code.op <= Op::kLen;
}

void Count(const IrModule& module, const IrFunction& function,
           const Instruction& code, FunctionReport& report) {
  if (IsAccess(code.op)) return CountAccess(function, code, report);
  if (IsTextOp(code)) {
    ++(module.has_text_views ? report.text_views : report.text_interned);
    if (!module.has_text_views) ++report.handle_calls;
  } else if (code.op == Op::kMatch) {
    ++(code.is_switch ? report.switches : report.chains);
  } else if (code.op == Op::kHostCall) {
    ++report.host_calls;
  } else if (code.op == Op::kCheckWindow) {
    ++report.window_checks;
  } else if (code.op == Op::kCopyArray || code.op == Op::kFill) {
    const bool is_copy = code.op == Op::kCopyArray;
    const bool is_direct = function.arrays[code.array].is_direct &&
                           (!is_copy || function.arrays[code.other].is_direct);
    if (!is_direct) ++report.handle_calls;
    report.direct_stores += is_direct ? 1 : 0;
    report.direct_loads += is_direct && is_copy ? 1 : 0;
  } else if (IsArithmetic(code.op)) {
    report.never_wraps += code.never_wraps ? 1 : 0;
  }
  report.handle_calls += static_cast<uint32_t>(code.arrays.size());
}

std::string ElidedText(const FunctionReport& report, const char* between,
                       const char* quote) {
  std::string out;
  for (uint32_t i = 1; i < kProofs; ++i) {
    if (report.elided[i] == 0) continue;
    absl::StrAppend(&out, out.empty() ? "" : between, quote,
                    ProofName(static_cast<Proof>(i)), quote, ": ",
                    report.elided[i]);
  }
  return out;
}

struct Column {
  const char* name;
  uint32_t FunctionReport::*count;
};

constexpr Column kColumns[] = {
    {"direct_loads", &FunctionReport::direct_loads},
    {"direct_stores", &FunctionReport::direct_stores},
    {"handle_calls", &FunctionReport::handle_calls},
    {"host_calls", &FunctionReport::host_calls},
    {"bounds_checks", &FunctionReport::bounds_checks},
    {"window_checks", &FunctionReport::window_checks},
    {"switches", &FunctionReport::switches},
    {"chains", &FunctionReport::chains},
    {"text_views", &FunctionReport::text_views},
    {"text_interned", &FunctionReport::text_interned},
    {"never_wraps", &FunctionReport::never_wraps},
};

}  // namespace

std::vector<FunctionReport> ReportLowering(const IrModule& module) {
  std::vector<FunctionReport> reports;
  for (const IrFunction& function : module.functions) {
    if (function.is_host) continue;
    FunctionReport& report = reports.emplace_back();
    report.name = function.name;
    for (const Block& block : function.blocks) {
      for (const Instruction& code : block.code) {
        Count(module, function, code, report);
      }
    }
    for (const ArrayObject& array : function.arrays) {
      const std::string_view reason = WhyNotDirect(module, array);
      report.arrays.push_back({array.name, array.is_direct,
                               array.is_direct  ? ""
                               : reason.empty() ? "the pass is off"
                                                : std::string(reason)});
    }
  }
  return reports;
}

std::string ReportText(const std::vector<FunctionReport>& reports) {
  std::string out;
  for (const FunctionReport& report : reports) {
    absl::StrAppend(&out, "fn ", report.name, "\n");
    for (const Column& column : kColumns) {
      if (report.*column.count == 0) continue;
      absl::StrAppend(&out, "  ", column.name, " ", report.*column.count, "\n");
    }
    const std::string elided = ElidedText(report, ", ", "");
    if (!elided.empty()) absl::StrAppend(&out, "  elided ", elided, "\n");
    for (const ArrayReport& array : report.arrays) {
      absl::StrAppend(
          &out, "  array ", array.name,
          array.is_direct ? " direct" : absl::StrCat(" handle: ", array.reason),
          "\n");
    }
  }
  return out;
}

std::string ReportJson(const std::vector<FunctionReport>& reports) {
  // Names are of letters, digits and underscores: nothing needs an escape.
  std::string out = "[";
  for (const FunctionReport& report : reports) {
    absl::StrAppend(&out, out.size() > 1 ? "," : "", "\n  {\"function\": \"",
                    report.name, "\"");
    for (const Column& column : kColumns) {
      absl::StrAppend(&out, ", \"", column.name, "\": ", report.*column.count);
    }
    absl::StrAppend(&out, ", \"elided\": {", ElidedText(report, ", ", "\""),
                    "}, \"arrays\": [");
    bool is_first = true;
    for (const ArrayReport& array : report.arrays) {
      absl::StrAppend(&out, is_first ? "" : ", ", "{\"name\": \"", array.name,
                      "\", \"direct\": ", array.is_direct ? "true" : "false",
                      ", \"reason\": \"", array.reason, "\"}");
      is_first = false;
    }
    absl::StrAppend(&out, "]}");
  }
  absl::StrAppend(&out, "\n]");
  return out;
}

}  // namespace fozzy::compiler

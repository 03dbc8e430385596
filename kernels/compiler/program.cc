#include "kernels/compiler/program.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "kernels/compiler/build_ir.h"
#include "kernels/compiler/bytecode.h"
#include "kernels/compiler/check_types.h"
#include "kernels/compiler/checker.h"
#include "kernels/compiler/host/native_handles.h"
#include "kernels/compiler/host/native_module.h"
#include "kernels/compiler/host/native_runtime.h"
#include "kernels/compiler/interpreter.h"
#include "kernels/compiler/parser.h"
#include "kernels/compiler/vm.h"

namespace fozzy::compiler {
namespace {

class InterpProgram final : public Program {
 public:
  Outcome Run(const std::vector<int64_t>& arguments, Host& host) override {
    return Interpreter(module_, host, loops_max_).Run(function_, arguments);
  }

 private:
  absl::Status Finish(const ProgramOptions&) override {
    return absl::OkStatus();
  }
};

class VmProgramRunner final : public Program {
 public:
  Outcome Run(const std::vector<int64_t>& arguments, Host& host) override {
    return Vm(ir_, code_, handles_, host, loops_max_).Run(function_, arguments);
  }

 private:
  absl::Status Finish(const ProgramOptions&) override {
    code_ = Assemble(ir_);
    return absl::OkStatus();
  }

  VmProgram code_;
  NativeHandles handles_;
};

class LlvmProgram final : public Program {
 public:
  Outcome Run(const std::vector<int64_t>& arguments, Host& host) override {
    return NativeRun(ir_, handles_, host, loops_max_)
        .Run(code_->entry(), function_, arguments);
  }

 private:
  absl::Status Finish(const ProgramOptions& options) override {
    std::string error;
    const CompileNative compile =
        LoadNativeModule(options.native_module, error);
    if (compile == nullptr) return absl::UnavailableError(error);
    code_.reset(compile(ir_,
                        {.function = function_,
                         .is_optimised = options.is_optimised,
                         .dump = options.llvm_text},
                        kNativeCalls, error));
    if (code_ == nullptr) return absl::InternalError(error);
    return absl::OkStatus();
  }

  std::unique_ptr<NativeCode> code_;
  NativeHandles handles_;
};

std::unique_ptr<Program> NewProgram(Backend backend) {
  switch (backend) {
    case Backend::kInterp:
      return std::make_unique<InterpProgram>();
    case Backend::kVm:
      return std::make_unique<VmProgramRunner>();
    case Backend::kLlvm:
      return std::make_unique<LlvmProgram>();
  }
  return nullptr;
}

bool IsNumber(const Type& type) {
  return IsInteger(type) || type.kind == TypeKind::kBool;
}

absl::Status ToStatus(const Problem& problem) {
  if (!problem.is_set()) return absl::OkStatus();
  return absl::InvalidArgumentError(problem.Text());
}

}  // namespace

absl::StatusOr<std::unique_ptr<Program>> Program::Make(
    absl::string_view source, const ProgramOptions& options) {
  std::unique_ptr<Program> program = NewProgram(options.backend);
  absl::Status status = program->Prepare(source, options);
  if (status.ok()) status = program->Finish(options);
  if (!status.ok()) return status;
  return program;
}

absl::Status Program::Prepare(absl::string_view source,
                              const ProgramOptions& options) {
  Problem problem;
  module_ = Parse(source, problem);
  CheckTypes(module_, problem);
  if (problem.is_set()) return ToStatus(problem);
  if (absl::Status found = FindEntry(options.function); !found.ok()) {
    return found;
  }
  loops_max_ = options.loops_max;
  ir_ = BuildIr(module_, /*counts_turns=*/loops_max_ != 0, problem);
  if (problem.is_set()) return ToStatus(problem);
  if (options.backend == Backend::kInterp) return absl::OkStatus();
  Lower(ir_, options.lowering, problem);
  if (problem.is_set()) return absl::FailedPreconditionError(problem.Text());
  if (options.after_lowering != nullptr) {
    options.after_lowering(ir_, options.after_lowering_context);
  }
  return absl::OkStatus();
}

absl::Status Program::FindEntry(const std::string& name) {
  function_ = kNone;
  for (uint32_t i = 0; i < module_.functions.size(); ++i) {
    const Function& function = module_.functions[i];
    if (function.is_host) continue;
    if (name.empty() || module_.symbols[function.symbol] == name) function_ = i;
  }
  if (function_ == kNone) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected a function '", name, "', found none"));
  }
  const Function& function = module_.functions[function_];
  Problem problem;
  for (const Field& field : function.parameters) {
    if (IsNumber(field.type_name.type)) continue;
    problem.Report(field.type_name.at,
                   absl::StrCat("expected numbers or bools as parameters of "
                                "the function to run, found ",
                                TypeText(module_, field.type_name.type)));
  }
  const Type& result = function.result.type;
  if (!IsNumber(result) && result.kind != TypeKind::kUnit &&
      !IsPlainEnum(module_, result)) {
    problem.Report(function.result.at,
                   absl::StrCat("expected a number, a bool or an enum without "
                                "payload as the result of the function to "
                                "run, found ",
                                TypeText(module_, result)));
  }
  return ToStatus(problem);
}

}  // namespace fozzy::compiler

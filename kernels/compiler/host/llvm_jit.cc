// Compiles modules with LLVM's ORC just-in-time compiler.  This is the entry
// of the module that is loaded when native code is wanted.
#include <llvm-c/Analysis.h>
#include <llvm-c/Core.h>
#include <llvm-c/Error.h>
#include <llvm-c/LLJIT.h>
#include <llvm-c/Orc.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>

#include <memory>
#include <string>
#include <utility>

#include "kernels/compiler/host/llvm_function.h"
#include "kernels/compiler/host/native_calls.h"

namespace fozzy::compiler {
namespace {

// The processor that compilers assume unless told: what is measured against
// them is the code, not the machine it is for.
constexpr const char kProcessor[] = "x86-64";
constexpr const char kTriple[] = "x86_64-pc-linux-gnu";
constexpr const char kEntryName[] = "entry";

std::string TakeMessage(LLVMErrorRef failed) {
  char* const message = LLVMGetErrorMessage(failed);
  std::string text = message;
  LLVMDisposeErrorMessage(message);
  return text;
}

// Owns the compiler that owns the code.
class OrcCode final : public NativeCode {
 public:
  explicit OrcCode(LLVMOrcLLJITRef jit) : jit_(jit) {}
  ~OrcCode() override { LLVMConsumeError(LLVMOrcDisposeLLJIT(jit_)); }

  Entry entry() const override { return entry_; }

  // Compiles `module`, which this takes over, and finds the entry.
  LLVMErrorRef Add(LLVMOrcThreadSafeModuleRef module) {
    const LLVMOrcJITDylibRef main = LLVMOrcLLJITGetMainJITDylib(jit_);
    LLVMOrcDefinitionGeneratorRef process = nullptr;
    LLVMErrorRef failed = LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(
        &process, LLVMOrcLLJITGetGlobalPrefix(jit_), nullptr, nullptr);
    if (failed != nullptr) {
      LLVMOrcDisposeThreadSafeModule(module);
      return failed;
    }
    LLVMOrcJITDylibAddGenerator(main, process);
    failed = LLVMOrcLLJITAddLLVMIRModule(jit_, main, module);
    if (failed != nullptr) return failed;
    LLVMOrcExecutorAddress address = 0;
    failed = LLVMOrcLLJITLookup(jit_, &address, kEntryName);
    entry_ = reinterpret_cast<Entry>(address);
    return failed;
  }

 private:
  LLVMOrcLLJITRef jit_;
  Entry entry_ = nullptr;
};

LLVMTargetMachineRef MakeTarget(bool is_optimised, std::string& error) {
  static const bool is_ready = [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    return true;
  }();
  static_cast<void>(is_ready);
  LLVMTargetRef target = nullptr;
  char* message = nullptr;
  if (LLVMGetTargetFromTriple(kTriple, &target, &message) != 0) {
    error = message;
    LLVMDisposeMessage(message);
    return nullptr;
  }
  return LLVMCreateTargetMachine(
      target, kTriple, kProcessor, "",
      is_optimised ? LLVMCodeGenLevelAggressive : LLVMCodeGenLevelNone,
      LLVMRelocPIC, LLVMCodeModelJITDefault);
}

void Mark(LlvmModule& to, LLVMValueRef function, const char* name,
          size_t size) {
  const unsigned kind = LLVMGetEnumAttributeKindForName(name, size);
  LLVMAddAttributeAtIndex(function, kWholeFunction,
                          LLVMCreateEnumAttribute(to.context, kind, 0));
}

// Declares the functions that are needed: `function` and those it calls.
void Declare(LlvmModule& to, uint32_t function) {
  if (to.functions[function] != nullptr) return;
  const IrFunction& source = to.source.functions[function];
  for (const Block& block : source.blocks) {
    for (const Instruction& code : block.code) {
      // Calls are at most kCallDepthMax deep.
      if (code.op == Op::kCall) Declare(to, code.index);
    }
  }
  to.types[function] = to.FunctionType(source);
  to.functions[function] = LLVMAddFunction(
      to.module, ("f." + source.name).c_str(), to.types[function]);
  LLVMSetLinkage(to.functions[function], LLVMInternalLinkage);
  Mark(to, to.functions[function], "nounwind", 8);
  const unsigned kind = LLVMGetEnumAttributeKindForName("noalias", 7);
  LLVMAddAttributeAtIndex(to.functions[function], 1,
                          LLVMCreateEnumAttribute(to.context, kind, 0));
}

// Makes i64 entry(context, i64* arguments).
void MakeEntry(LlvmModule& to, uint32_t function) {
  const IrFunction& source = to.source.functions[function];
  LLVMTypeRef parameters[] = {to.ContextPointer(),
                              LLVMPointerType(to.Int(64), 0)};
  const LLVMValueRef entry = LLVMAddFunction(
      to.module, kEntryName, LLVMFunctionType(to.Int(64), parameters, 2, 0));
  LLVMPositionBuilderAtEnd(
      to.builder, LLVMAppendBasicBlockInContext(to.context, entry, ""));
  std::vector<LLVMValueRef> args = {LLVMGetParam(entry, 0)};
  for (unsigned i = 0; i < source.parameters.size(); ++i) {
    LLVMValueRef at = to.Int64(int64_t{i});
    const LLVMValueRef word = LLVMBuildLoad2(
        to.builder, to.Int(64),
        LLVMBuildInBoundsGEP2(to.builder, to.Int(64), LLVMGetParam(entry, 1),
                              &at, 1, ""),
        "");
    args.push_back(LLVMBuildTruncOrBitCast(
        to.builder, word, to.TypeOf(source.parameters[i]), ""));
  }
  const LLVMValueRef result =
      LLVMBuildCall2(to.builder, to.types[function], to.functions[function],
                     args.data(), static_cast<unsigned>(args.size()), "");
  if (source.results.empty()) {
    LLVMBuildRet(to.builder, to.Int64(0));
    return;
  }
  const bool is_signed = source.results.front() == Scalar::kI32;
  LLVMBuildRet(
      to.builder,
      is_signed ? LLVMBuildSExt(to.builder, result, to.Int(64), "")
                : LLVMBuildZExtOrBitCast(to.builder, result, to.Int(64), ""));
}

void Fill(LlvmModule& to, uint32_t function) {
  to.functions.resize(to.source.functions.size());
  to.types.resize(to.source.functions.size());
  Declare(to, function);
  for (uint32_t i = 0; i < to.functions.size(); ++i) {
    if (to.functions[i] != nullptr) LlvmFunction(to, i).Translate();
  }
  MakeEntry(to, function);
}

// Returns what LLVM has against the module, or "".
std::string Optimise(LLVMModuleRef module, LLVMTargetMachineRef target,
                     bool is_optimised) {
  char* message = nullptr;
  const bool is_refused =
      LLVMVerifyModule(module, LLVMReturnStatusAction, &message) != 0;
  std::string text = is_refused ? message : "";
  LLVMDisposeMessage(message);
  if (is_refused || !is_optimised) return text;
  const LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
  const LLVMErrorRef failed =
      LLVMRunPasses(module, "default<O3>", target, options);
  LLVMDisposePassBuilderOptions(options);
  return failed == nullptr ? "" : TakeMessage(failed);
}

// Translates and optimises into a new module.  Sets `error` if LLVM refuses.
LLVMOrcThreadSafeModuleRef Translate(const IrModule& source,
                                     const NativeOptions& options,
                                     const NativeCalls& calls,
                                     LLVMTargetMachineRef target,
                                     std::string& error) {
  const LLVMOrcThreadSafeContextRef shared =
      LLVMOrcCreateNewThreadSafeContext();
  const LLVMContextRef context = LLVMOrcThreadSafeContextGetContext(shared);
  LlvmModule to{context, LLVMModuleCreateWithNameInContext("kernel", context),
                LLVMCreateBuilderInContext(context), source, calls};
  LLVMSetTarget(to.module, kTriple);
  const LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(target);
  LLVMSetModuleDataLayout(to.module, layout);
  LLVMDisposeTargetData(layout);
  Fill(to, options.function);
  LLVMDisposeBuilder(to.builder);
  error = Optimise(to.module, target, options.is_optimised);
  if (options.dump != nullptr) {
    char* const text = LLVMPrintModuleToString(to.module);
    *options.dump = text;
    LLVMDisposeMessage(text);
  }
  const LLVMOrcThreadSafeModuleRef module =
      LLVMOrcCreateNewThreadSafeModule(to.module, shared);
  // The module keeps the context alive.
  LLVMOrcDisposeThreadSafeContext(shared);
  return module;
}

std::unique_ptr<NativeCode> Compile(const IrModule& source,
                                    const NativeOptions& options,
                                    const NativeCalls& calls,
                                    std::string& error) {
  const LLVMTargetMachineRef target = MakeTarget(options.is_optimised, error);
  if (target == nullptr) return nullptr;
  const LLVMOrcThreadSafeModuleRef module =
      Translate(source, options, calls, target, error);
  if (!error.empty()) {
    LLVMOrcDisposeThreadSafeModule(module);
    LLVMDisposeTargetMachine(target);
    return nullptr;
  }
  const LLVMOrcLLJITBuilderRef builder = LLVMOrcCreateLLJITBuilder();
  LLVMOrcLLJITBuilderSetJITTargetMachineBuilder(
      builder, LLVMOrcJITTargetMachineBuilderCreateFromTargetMachine(target));
  LLVMOrcLLJITRef jit = nullptr;
  if (const LLVMErrorRef failed = LLVMOrcCreateLLJIT(&jit, builder)) {
    LLVMOrcDisposeThreadSafeModule(module);
    error = TakeMessage(failed);
    return nullptr;
  }
  auto code = std::make_unique<OrcCode>(jit);
  if (const LLVMErrorRef failed = code->Add(module)) {
    error = TakeMessage(failed);
    return nullptr;
  }
  return code;
}

}  // namespace
}  // namespace fozzy::compiler

extern "C" __attribute__((visibility("default"))) fozzy::compiler::NativeCode*
fozzy_compiler_compile_native_1(const fozzy::compiler::IrModule& module,
                                const fozzy::compiler::NativeOptions& options,
                                const fozzy::compiler::NativeCalls& calls,
                                std::string& error) {
  return fozzy::compiler::Compile(module, options, calls, error).release();
}

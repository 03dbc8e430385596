// Translates one lowered function for LLVM.
#ifndef FOZZY_KERNELS_COMPILER_HOST_LLVM_FUNCTION_H_
#define FOZZY_KERNELS_COMPILER_HOST_LLVM_FUNCTION_H_

#include <llvm-c/Core.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "kernels/compiler/host/native_calls.h"
#include "kernels/compiler/ir.h"
#include "kernels/compiler/outcome.h"

namespace fozzy::compiler {

// Where attributes of functions, not of parameters, go.
inline constexpr auto kWholeFunction =
    static_cast<LLVMAttributeIndex>(LLVMAttributeFunctionIndex);

// What is shared by the functions of a module.
struct LlvmModule {
  LLVMContextRef context;
  LLVMModuleRef module;
  LLVMBuilderRef builder;
  const IrModule& source;
  const NativeCalls& calls;
  std::vector<LLVMValueRef> functions = {};  // as in IrModule
  std::vector<LLVMTypeRef> types = {};       // of those

  LLVMTypeRef Int(unsigned bits) const {
    return LLVMIntTypeInContext(context, bits);
  }
  LLVMTypeRef Bytes() const { return LLVMPointerType(Int(8), 0); }
  LLVMValueRef Int64(int64_t value) const {
    return LLVMConstInt(Int(64), static_cast<unsigned long long>(value), 1);
  }
  // The type of a register; of a view of a string {i8*, i64}.
  LLVMTypeRef TypeOf(Scalar scalar) const;
  LLVMTypeRef ContextPointer() const;
  // The type of what a function of these results returns.
  LLVMTypeRef ResultType(const std::vector<Scalar>& results) const;
  LLVMTypeRef FunctionType(const IrFunction& function) const;
  // A constant as the program holds it.
  int64_t TagNumber(uint32_t enum_index, int64_t variant) const;
};

class LlvmFunction {
 public:
  // The functions it calls have been declared in `module`.
  LlvmFunction(LlvmModule& module, uint32_t function);
  LlvmFunction(const LlvmFunction&) = delete;
  LlvmFunction& operator=(const LlvmFunction&) = delete;
  ~LlvmFunction() = default;

  void Translate();

 private:
  // llvm_function.cc
  void PlaceRegisters();
  void PlaceArrays();
  void Translate(const Instruction& code);
  void TranslateEnd(const Instruction& code);
  void TranslateMatch(const Instruction& code);
  void TranslateReturn(const Instruction& code);
  void TranslateTurn(const Instruction& code);
  LLVMBasicBlockRef NewBlock();
  LLVMValueRef EntryAlloca(LLVMTypeRef type);
  LLVMBasicBlockRef Nowhere();

  // llvm_values.cc
  LLVMValueRef Read(uint32_t reg);
  void Write(uint32_t reg, LLVMValueRef value);
  LLVMValueRef Constant(const Register& reg);
  LLVMValueRef Literal(int64_t text);
  LLVMValueRef Word(LLVMValueRef value, Scalar type);
  LLVMValueRef FromWord(LLVMValueRef word, Scalar type);
  void StoreSlot(uint32_t reg);
  void StoreSlotOf(LLVMValueRef value, Scalar type);
  LLVMValueRef LoadSlot(Scalar type);
  LLVMValueRef SlotPointer(unsigned word);
  LLVMValueRef SlotFor(LLVMValueRef index, Position at);
  LLVMValueRef Field(unsigned index);
  bool IsView(uint32_t reg) const;
  // Calls a function of the runtime with the context and `args`.
  template <class Function>
  LLVMValueRef Call(Function* function, LLVMTypeRef result,
                    const std::vector<LLVMValueRef>& args) {
    return CallAddress(reinterpret_cast<uintptr_t>(function), result, args);
  }
  LLVMValueRef CallAddress(uintptr_t address, LLVMTypeRef result,
                           const std::vector<LLVMValueRef>& args);
  LLVMValueRef Place(Position at);
  // What fails if a condition holds, and where.
  struct Check {
    FailureKind kind;
    Position at;
  };
  void FailIf(LLVMValueRef condition, const Check& check, LLVMValueRef found,
              LLVMValueRef limit);

  // llvm_arithmetic.cc
  void TranslateArithmetic(const Instruction& code);
  LLVMValueRef Linear(const Instruction& code, LLVMValueRef a, LLVMValueRef b);
  LLVMValueRef Division(const Instruction& code, LLVMValueRef a,
                        LLVMValueRef b);
  void TranslateComparison(const Instruction& code);
  void TranslateOpaque(const Instruction& code);
  LLVMValueRef Opaque(LLVMValueRef value);

  // llvm_arrays.cc
  void TranslateAccess(const Instruction& code);
  void TranslateHandleAccess(const Instruction& code);
  void TranslateWindow(const Instruction& code);
  void TranslateCopyArray(const Instruction& code);
  void TranslateFill(const Instruction& code);
  LLVMValueRef Element(uint32_t array, LLVMValueRef index);
  LLVMValueRef Index(uint32_t reg);
  LLVMValueRef Handle(uint32_t array);

  // llvm_text.cc
  void TranslateText(const Instruction& code);
  void TranslateView(const Instruction& code);
  void TranslateInterned(const Instruction& code);
  LLVMValueRef Together(const std::vector<uint32_t>& registers);
  LLVMValueRef SameBytes(LLVMValueRef a, LLVMValueRef b, LLVMValueRef size);
  LLVMValueRef SizeOf(LLVMValueRef view);
  LLVMValueRef BytesOf(LLVMValueRef view);
  LLVMValueRef IsPartAt(LLVMValueRef text, LLVMValueRef part, bool is_end);
  LLVMValueRef EqualViews(LLVMValueRef a, LLVMValueRef b);

  // llvm_call.cc
  void TranslateCall(const Instruction& code);
  void TranslateHostCall(const Instruction& code);
  void TranslateExternalTag(const Instruction& code);

  LlvmModule& to_;
  const IrFunction& source_;
  LLVMValueRef function_;
  LLVMBuilderRef builder_;
  LLVMValueRef context_ = nullptr;       // the first parameter
  std::vector<LLVMValueRef> registers_;  // allocas
  std::vector<LLVMValueRef> arrays_;     // allocas, of elements or a handle
  std::vector<LLVMBasicBlockRef> blocks_;
  LLVMValueRef slot_ = nullptr;  // four words to pass elements in
  LLVMBasicBlockRef nowhere_ = nullptr;
};

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_HOST_LLVM_FUNCTION_H_

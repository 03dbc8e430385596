#include "kernels/compiler/host/llvm_function.h"

#include <algorithm>

#include "kernels/compiler/require.h"

namespace fozzy::compiler {

LLVMTypeRef LlvmModule::TypeOf(Scalar scalar) const {
  switch (scalar) {
    case Scalar::kBool:
      return Int(1);
    case Scalar::kI32:
    case Scalar::kTag:
      return Int(32);
    case Scalar::kI64:
      return Int(64);
    case Scalar::kStr:
      break;
  }
  if (!source.has_text_views) return Int(64);
  LLVMTypeRef fields[] = {Bytes(), Int(64)};
  return LLVMStructTypeInContext(context, fields, 2, 0);
}

LLVMTypeRef LlvmModule::ContextPointer() const {
  static_assert(sizeof(NativeContext) == 2 * sizeof(int64_t));
  return LLVMPointerType(Int(64), 0);
}

LLVMTypeRef LlvmModule::ResultType(const std::vector<Scalar>& results) const {
  if (results.empty()) return LLVMVoidTypeInContext(context);
  if (results.size() == 1) return TypeOf(results.front());
  std::vector<LLVMTypeRef> fields;
  for (const Scalar scalar : results) fields.push_back(TypeOf(scalar));
  return LLVMStructTypeInContext(context, fields.data(),
                                 static_cast<unsigned>(fields.size()), 0);
}

LLVMTypeRef LlvmModule::FunctionType(const IrFunction& function) const {
  std::vector<LLVMTypeRef> parameters = {ContextPointer()};
  for (const Scalar scalar : function.parameters) {
    parameters.push_back(TypeOf(scalar));
  }
  for (uint32_t i = 0; i < function.array_parameters; ++i) {
    parameters.push_back(Int(64));
  }
  return LLVMFunctionType(ResultType(function.results), parameters.data(),
                          static_cast<unsigned>(parameters.size()), 0);
}

int64_t LlvmModule::TagNumber(uint32_t enum_index, int64_t variant) const {
  if (source.has_compact_tags) return variant;
  return source.external_tags[enum_index][static_cast<size_t>(variant)];
}

LlvmFunction::LlvmFunction(LlvmModule& module, uint32_t function)
    : to_(module),
      source_(module.source.functions[function]),
      function_(module.functions[function]),
      builder_(module.builder) {}

LLVMBasicBlockRef LlvmFunction::NewBlock() {
  return LLVMAppendBasicBlockInContext(to_.context, function_, "");
}

// Memory of the whole call: in a loop, it must not grow.
LLVMValueRef LlvmFunction::EntryAlloca(LLVMTypeRef type) {
  const LLVMBasicBlockRef here = LLVMGetInsertBlock(builder_);
  LLVMPositionBuilderBefore(
      builder_, LLVMGetFirstInstruction(LLVMGetEntryBasicBlock(function_)));
  const LLVMValueRef memory = LLVMBuildAlloca(builder_, type, "");
  LLVMPositionBuilderAtEnd(builder_, here);
  return memory;
}

// A block that is never reached.
LLVMBasicBlockRef LlvmFunction::Nowhere() {
  if (nowhere_ != nullptr) return nowhere_;
  const LLVMBasicBlockRef here = LLVMGetInsertBlock(builder_);
  nowhere_ = NewBlock();
  LLVMPositionBuilderAtEnd(builder_, nowhere_);
  LLVMBuildUnreachable(builder_);
  LLVMPositionBuilderAtEnd(builder_, here);
  return nowhere_;
}

void LlvmFunction::Translate() {
  LLVMPositionBuilderAtEnd(builder_, NewBlock());
  context_ = LLVMGetParam(function_, 0);
  PlaceRegisters();
  PlaceArrays();
  for (size_t i = 0; i < source_.blocks.size(); ++i) {
    blocks_.push_back(NewBlock());
  }
  LLVMBuildBr(builder_, blocks_.front());
  for (size_t i = 0; i < source_.blocks.size(); ++i) {
    LLVMPositionBuilderAtEnd(builder_, blocks_[i]);
    for (const Instruction& code : source_.blocks[i].code) Translate(code);
    if (source_.blocks[i].code.empty()) LLVMBuildUnreachable(builder_);
  }
}

void LlvmFunction::PlaceRegisters() {
  for (const Register& reg : source_.registers) {
    registers_.push_back(
        reg.is_constant ? nullptr
                        : LLVMBuildAlloca(builder_, to_.TypeOf(reg.type), ""));
  }
  slot_ = LLVMBuildAlloca(builder_, LLVMArrayType(to_.Int(64), 4), "");
  for (uint32_t i = 0; i < source_.parameters.size(); ++i) {
    Write(i, LLVMGetParam(function_, i + 1));
  }
}

void LlvmFunction::PlaceArrays() {
  auto parameter = static_cast<unsigned>(source_.parameters.size()) + 1;
  for (const ArrayObject& array : source_.arrays) {
    if (array.is_direct) {
      arrays_.push_back(LLVMBuildAlloca(
          builder_, LLVMArrayType(to_.TypeOf(array.element), array.length),
          ""));
      continue;
    }
    arrays_.push_back(LLVMBuildAlloca(builder_, to_.Int(64), ""));
    const LLVMValueRef handle = array.is_parameter
                                    ? LLVMGetParam(function_, parameter++)
                                    : Call(to_.calls.array_new, to_.Int(64),
                                           {to_.Int64(int64_t{array.length})});
    LLVMBuildStore(builder_, handle, arrays_.back());
  }
}

void LlvmFunction::Translate(const Instruction& code) {
  if (IsArithmetic(code.op)) return TranslateArithmetic(code);
  if (IsComparison(code.op)) return TranslateComparison(code);
  if (code.op >= Op::kTextEqual && code.op <= Op::kLen) {
    return TranslateText(code);
  }
  if (EndsBlock(code.op)) return TranslateEnd(code);
  switch (code.op) {
    case Op::kCopy:
      return Write(code.dst, Read(code.a));
    case Op::kNot:
      return Write(code.dst, LLVMBuildNot(builder_, Read(code.a), ""));
    case Op::kWiden:
      return Write(code.dst,
                   LLVMBuildSExt(builder_, Read(code.a), to_.Int(64), ""));
    case Op::kNarrow:
      return Write(code.dst,
                   LLVMBuildTrunc(builder_, Read(code.a), to_.Int(32), ""));
    case Op::kOpaque:
      return TranslateOpaque(code);
    case Op::kLoad:
    case Op::kStore:
      return TranslateAccess(code);
    case Op::kCopyArray:
      return TranslateCopyArray(code);
    case Op::kFill:
      return TranslateFill(code);
    case Op::kCheckWindow:
      return TranslateWindow(code);
    case Op::kCall:
      return TranslateCall(code);
    case Op::kHostCall:
      return TranslateHostCall(code);
    case Op::kExternalTag:
      return TranslateExternalTag(code);
    case Op::kMark:
      return Write(code.dst,
                   LLVMBuildLoad2(builder_, to_.Int(64), Field(0), ""));
    case Op::kRelease:
      LLVMBuildStore(builder_, Read(code.a), Field(0));
      return;
    default:
      Require(code.op == Op::kTurn);
      return TranslateTurn(code);
  }
}

void LlvmFunction::TranslateTurn(const Instruction& code) {
  const LLVMValueRef left = LLVMBuildLoad2(builder_, to_.Int(64), Field(1), "");
  const LLVMValueRef is_out =
      LLVMBuildICmp(builder_, LLVMIntEQ, left, to_.Int64(0), "");
  FailIf(is_out, {FailureKind::kLoops, code.at}, to_.Int64(0), to_.Int64(0));
  LLVMBuildStore(builder_, LLVMBuildSub(builder_, left, to_.Int64(1), ""),
                 Field(1));
}

void LlvmFunction::TranslateEnd(const Instruction& code) {
  switch (code.op) {
    case Op::kJump:
      LLVMBuildBr(builder_, blocks_[code.index]);
      return;
    case Op::kBranch:
      LLVMBuildCondBr(builder_, Read(code.a), blocks_[code.index],
                      blocks_[code.other]);
      return;
    case Op::kMatch:
      return TranslateMatch(code);
    default:
      return TranslateReturn(code);
  }
}

void LlvmFunction::TranslateMatch(const Instruction& code) {
  const Register& reg = source_.registers[code.a];
  const LLVMValueRef value = Read(code.a);
  const LLVMBasicBlockRef rest =
      code.index == kNone ? Nowhere() : blocks_[code.index];
  const auto constant = [&](const Case& c) {
    const int64_t number = reg.type == Scalar::kTag
                               ? to_.TagNumber(reg.enum_index, c.value)
                               : c.value;
    return LLVMConstInt(to_.TypeOf(reg.type),
                        static_cast<unsigned long long>(number), 1);
  };
  if (code.is_switch) {
    const LLVMValueRef to = LLVMBuildSwitch(
        builder_, value, rest, static_cast<unsigned>(code.cases.size()));
    for (const Case& c : code.cases) {
      LLVMAddCase(to, constant(c), blocks_[c.block]);
    }
    return;
  }
  for (const Case& c : code.cases) {
    const LLVMBasicBlockRef next = NewBlock();
    const LLVMValueRef is_equal =
        LLVMBuildICmp(builder_, LLVMIntEQ, value, constant(c), "");
    LLVMBuildCondBr(builder_, is_equal, blocks_[c.block], next);
    LLVMPositionBuilderAtEnd(builder_, next);
  }
  LLVMBuildBr(builder_, rest);
}

void LlvmFunction::TranslateReturn(const Instruction& code) {
  std::vector<LLVMValueRef> values;
  for (const uint32_t reg : code.args) values.push_back(Read(reg));
  for (uint32_t i = 0; i < source_.arrays.size(); ++i) {
    if (source_.arrays[i].is_direct) continue;
    Call(to_.calls.array_free, LLVMVoidTypeInContext(to_.context), {Handle(i)});
  }
  if (values.empty()) {
    LLVMBuildRetVoid(builder_);
  } else if (values.size() == 1) {
    LLVMBuildRet(builder_, values.front());
  } else {
    LLVMValueRef all = LLVMGetUndef(to_.ResultType(source_.results));
    for (unsigned i = 0; i < values.size(); ++i) {
      all = LLVMBuildInsertValue(builder_, all, values[i], i, "");
    }
    LLVMBuildRet(builder_, all);
  }
}

}  // namespace fozzy::compiler

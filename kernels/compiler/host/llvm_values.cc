#include "kernels/compiler/host/llvm_function.h"

namespace fozzy::compiler {

bool LlvmFunction::IsView(uint32_t reg) const {
  return source_.registers[reg].type == Scalar::kStr &&
         to_.source.has_text_views;
}

LLVMValueRef LlvmFunction::Read(uint32_t reg) {
  const Register& info = source_.registers[reg];
  if (info.is_constant) return Constant(info);
  return LLVMBuildLoad2(builder_, to_.TypeOf(info.type), registers_[reg], "");
}

void LlvmFunction::Write(uint32_t reg, LLVMValueRef value) {
  LLVMBuildStore(builder_, value, registers_[reg]);
}

LLVMValueRef LlvmFunction::Constant(const Register& reg) {
  if (reg.type == Scalar::kStr) return Literal(reg.value);
  const int64_t number = reg.type == Scalar::kTag
                             ? to_.TagNumber(reg.enum_index, reg.value)
                             : reg.value;
  return LLVMConstInt(to_.TypeOf(reg.type),
                      static_cast<unsigned long long>(number), 1);
}

LLVMValueRef LlvmFunction::Literal(int64_t text) {
  if (!to_.source.has_text_views) {
    return Call(to_.calls.literal, to_.Int(64), {to_.Int64(text)});
  }
  const std::string& bytes = to_.source.texts[static_cast<size_t>(text)];
  const std::string name = "text" + std::to_string(text);
  LLVMValueRef global = LLVMGetNamedGlobal(to_.module, name.c_str());
  const auto size = static_cast<unsigned>(bytes.size());
  const LLVMTypeRef type = LLVMArrayType(to_.Int(8), size + 1);
  if (global == nullptr) {
    global = LLVMAddGlobal(to_.module, type, name.c_str());
    LLVMSetInitializer(
        global, LLVMConstStringInContext(to_.context, bytes.data(), size, 0));
    LLVMSetGlobalConstant(global, 1);
    LLVMSetLinkage(global, LLVMPrivateLinkage);
    LLVMSetUnnamedAddress(global, LLVMGlobalUnnamedAddr);
  }
  LLVMValueRef fields[] = {LLVMConstBitCast(global, to_.Bytes()),
                           to_.Int64(int64_t{size})};
  return LLVMConstStructInContext(to_.context, fields, 2, 0);
}

// Returns what is passed to the runtime as 64 bits: of a view its bytes.
LLVMValueRef LlvmFunction::Word(LLVMValueRef value, Scalar type) {
  switch (type) {
    case Scalar::kBool:
    case Scalar::kTag:
      return LLVMBuildZExt(builder_, value, to_.Int(64), "");
    case Scalar::kI32:
      return LLVMBuildSExt(builder_, value, to_.Int(64), "");
    case Scalar::kI64:
      return value;
    case Scalar::kStr:
      break;
  }
  if (!to_.source.has_text_views) return value;
  return LLVMBuildPtrToInt(builder_, BytesOf(value), to_.Int(64), "");
}

LLVMValueRef LlvmFunction::FromWord(LLVMValueRef word, Scalar type) {
  switch (type) {
    case Scalar::kBool:
      return LLVMBuildICmp(builder_, LLVMIntNE, word, to_.Int64(0), "");
    case Scalar::kI32:
    case Scalar::kTag:
      return LLVMBuildTrunc(builder_, word, to_.Int(32), "");
    default:
      return word;
  }
}

LLVMValueRef LlvmFunction::SlotPointer(unsigned word) {
  LLVMValueRef indices[] = {to_.Int64(0), to_.Int64(int64_t{word})};
  return LLVMBuildInBoundsGEP2(builder_, LLVMArrayType(to_.Int(64), 4), slot_,
                               indices, 2, "");
}

void LlvmFunction::StoreSlot(uint32_t reg) {
  StoreSlotOf(Read(reg), source_.registers[reg].type);
}

void LlvmFunction::StoreSlotOf(LLVMValueRef value, Scalar type) {
  const bool is_view = type == Scalar::kStr && to_.source.has_text_views;
  LLVMBuildStore(builder_, Word(value, type), SlotPointer(0));
  LLVMBuildStore(builder_, is_view ? SizeOf(value) : to_.Int64(0),
                 SlotPointer(1));
}

LLVMValueRef LlvmFunction::LoadSlot(Scalar type) {
  const LLVMValueRef first =
      LLVMBuildLoad2(builder_, to_.Int(64), SlotPointer(0), "");
  if (type != Scalar::kStr || !to_.source.has_text_views) {
    return FromWord(first, type);
  }
  LLVMValueRef view = LLVMGetUndef(to_.TypeOf(type));
  view = LLVMBuildInsertValue(
      builder_, view, LLVMBuildIntToPtr(builder_, first, to_.Bytes(), ""), 0,
      "");
  return LLVMBuildInsertValue(
      builder_, view, LLVMBuildLoad2(builder_, to_.Int(64), SlotPointer(1), ""),
      1, "");
}

// Returns where a field of the NativeContext is.
LLVMValueRef LlvmFunction::Field(unsigned index) {
  LLVMValueRef at = to_.Int64(int64_t{index});
  return LLVMBuildInBoundsGEP2(builder_, to_.Int(64), context_, &at, 1, "");
}

LLVMValueRef LlvmFunction::CallAddress(uintptr_t address, LLVMTypeRef result,
                                       const std::vector<LLVMValueRef>& args) {
  std::vector<LLVMValueRef> all = {context_};
  all.insert(all.end(), args.begin(), args.end());
  std::vector<LLVMTypeRef> types;
  for (const LLVMValueRef arg : all) types.push_back(LLVMTypeOf(arg));
  const auto count = static_cast<unsigned>(all.size());
  const LLVMTypeRef type = LLVMFunctionType(result, types.data(), count, 0);
  const LLVMValueRef callee = LLVMConstIntToPtr(
      to_.Int64(static_cast<int64_t>(address)), LLVMPointerType(type, 0));
  const LLVMValueRef call =
      LLVMBuildCall2(builder_, type, callee, all.data(), count, "");
  const unsigned kind = LLVMGetEnumAttributeKindForName("nounwind", 8);
  LLVMAddCallSiteAttribute(call, kWholeFunction,
                           LLVMCreateEnumAttribute(to_.context, kind, 0));
  return call;
}

LLVMValueRef LlvmFunction::Place(Position at) {
  return to_.Int64((int64_t{at.line} << 32) | int64_t{at.column});
}

void LlvmFunction::FailIf(LLVMValueRef condition, const Check& check,
                          LLVMValueRef found, LLVMValueRef limit) {
  const LLVMBasicBlockRef fails = NewBlock();
  const LLVMBasicBlockRef next = NewBlock();
  LLVMBuildCondBr(builder_, condition, fails, next);
  LLVMPositionBuilderAtEnd(builder_, fails);
  LLVMBuildStore(builder_, found, SlotPointer(0));
  LLVMBuildStore(builder_, limit, SlotPointer(1));
  Call(to_.calls.fail, LLVMVoidTypeInContext(to_.context),
       {to_.Int64(static_cast<int64_t>(check.kind)), Place(check.at),
        SlotPointer(0)});
  LLVMBuildUnreachable(builder_);
  LLVMPositionBuilderAtEnd(builder_, next);
}

// Returns the slot for an access to element `index`.
LLVMValueRef LlvmFunction::SlotFor(LLVMValueRef index, Position at) {
  LLVMBuildStore(builder_, index, SlotPointer(2));
  LLVMBuildStore(builder_, Place(at), SlotPointer(3));
  return SlotPointer(0);
}

}  // namespace fozzy::compiler

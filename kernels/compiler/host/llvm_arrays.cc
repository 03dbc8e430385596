#include <algorithm>

#include "kernels/compiler/host/llvm_function.h"

namespace fozzy::compiler {

LLVMValueRef LlvmFunction::Handle(uint32_t array) {
  return LLVMBuildLoad2(builder_, to_.Int(64), arrays_[array], "");
}

// Returns the index in `reg` as 64 bits.
LLVMValueRef LlvmFunction::Index(uint32_t reg) {
  const LLVMValueRef index = Read(reg);
  return source_.registers[reg].type == Scalar::kI64
             ? index
             : LLVMBuildSExt(builder_, index, to_.Int(64), "");
}

LLVMValueRef LlvmFunction::Element(uint32_t array, LLVMValueRef index) {
  const ArrayObject& object = source_.arrays[array];
  LLVMValueRef indices[] = {to_.Int64(0), index};
  return LLVMBuildInBoundsGEP2(
      builder_, LLVMArrayType(to_.TypeOf(object.element), object.length),
      arrays_[array], indices, 2, "");
}

void LlvmFunction::TranslateAccess(const Instruction& code) {
  const ArrayObject& object = source_.arrays[code.array];
  if (!object.is_direct) return TranslateHandleAccess(code);
  const LLVMValueRef index = Index(code.a);
  if (code.proof == Proof::kNotProven) {
    const LLVMValueRef length = to_.Int64(int64_t{object.length});
    FailIf(LLVMBuildICmp(builder_, LLVMIntUGE, index, length, ""),
           {FailureKind::kBounds, code.at}, index, length);
  }
  const LLVMValueRef element = Element(code.array, index);
  if (code.op == Op::kLoad) {
    Write(code.dst,
          LLVMBuildLoad2(builder_, to_.TypeOf(object.element), element, ""));
  } else {
    LLVMBuildStore(builder_, Read(code.b), element);
  }
}

void LlvmFunction::TranslateHandleAccess(const Instruction& code) {
  const LLVMTypeRef nothing = LLVMVoidTypeInContext(to_.context);
  if (code.op == Op::kLoad) {
    Call(to_.calls.array_get, nothing,
         {Handle(code.array), SlotFor(Index(code.a), code.at)});
    Write(code.dst, LoadSlot(code.type));
    return;
  }
  StoreSlot(code.b);
  Call(to_.calls.array_set, nothing,
       {Handle(code.array), SlotFor(Index(code.a), code.at)});
}

// One comparison tells whether all parts are in range; if not, each is looked
// at in turn.
void LlvmFunction::TranslateWindow(const Instruction& code) {
  const int64_t length = source_.arrays[code.array].length;
  int64_t low = code.window.front().offset;
  int64_t high = low;
  for (const WindowPart& part : code.window) {
    low = std::min(low, part.offset);
    high = std::max(high, part.offset);
  }
  const LLVMBasicBlockRef slow = NewBlock();
  const LLVMBasicBlockRef next = NewBlock();
  const LLVMValueRef first =
      LLVMBuildAdd(builder_, Index(code.a), to_.Int64(low), "");
  // No first index will do if the window is longer than the array.
  const int64_t firsts = std::max<int64_t>(length - (high - low), 0);
  LLVMBuildCondBr(
      builder_,
      LLVMBuildICmp(builder_, LLVMIntULT, first, to_.Int64(firsts), ""), next,
      slow);
  LLVMPositionBuilderAtEnd(builder_, slow);
  for (const WindowPart& part : code.window) {
    const LLVMTypeRef type = to_.TypeOf(code.type);
    LLVMValueRef index = LLVMBuildAdd(
        builder_, Read(code.a),
        LLVMConstInt(type, static_cast<unsigned long long>(part.offset), 1),
        "");
    index = LLVMBuildSExtOrBitCast(builder_, index, to_.Int(64), "");
    FailIf(LLVMBuildICmp(builder_, LLVMIntUGE, index, to_.Int64(length), ""),
           {FailureKind::kBounds, part.at}, index, to_.Int64(length));
  }
  LLVMBuildBr(builder_, next);
  LLVMPositionBuilderAtEnd(builder_, next);
}

void LlvmFunction::TranslateCopyArray(const Instruction& code) {
  const ArrayObject& to = source_.arrays[code.array];
  const ArrayObject& from = source_.arrays[code.other];
  const LLVMTypeRef nothing = LLVMVoidTypeInContext(to_.context);
  if (!to.is_direct && !from.is_direct) {
    Call(to_.calls.array_copy, nothing,
         {Handle(code.array), Handle(code.other)});
    return;
  }
  const LLVMTypeRef type = LLVMArrayType(to_.TypeOf(to.element), to.length);
  if (to.is_direct && from.is_direct) {
    LLVMBuildMemCpy(builder_, arrays_[code.array], 1, arrays_[code.other], 1,
                    LLVMSizeOf(type));
    return;
  }
  for (int64_t i = 0; i < to.length; ++i) {
    const LLVMValueRef index = to_.Int64(i);
    if (to.is_direct) {
      Call(to_.calls.array_get, nothing,
           {Handle(code.other), SlotFor(index, code.at)});
      LLVMBuildStore(builder_, LoadSlot(to.element),
                     Element(code.array, index));
      continue;
    }
    const LLVMValueRef value = LLVMBuildLoad2(
        builder_, to_.TypeOf(from.element), Element(code.other, index), "");
    StoreSlotOf(value, from.element);
    Call(to_.calls.array_set, nothing,
         {Handle(code.array), SlotFor(index, code.at)});
  }
}

void LlvmFunction::TranslateFill(const Instruction& code) {
  const ArrayObject& object = source_.arrays[code.array];
  if (!object.is_direct) {
    StoreSlot(code.a);
    Call(to_.calls.array_fill, LLVMVoidTypeInContext(to_.context),
         {Handle(code.array), SlotPointer(0)});
    return;
  }
  const LLVMValueRef value = Read(code.a);
  const LLVMBasicBlockRef before = LLVMGetInsertBlock(builder_);
  const LLVMBasicBlockRef loop = NewBlock();
  const LLVMBasicBlockRef next = NewBlock();
  LLVMBuildBr(builder_, loop);
  LLVMPositionBuilderAtEnd(builder_, loop);
  LLVMValueRef index = LLVMBuildPhi(builder_, to_.Int(64), "");
  LLVMBuildStore(builder_, value, Element(code.array, index));
  LLVMValueRef after = LLVMBuildNUWAdd(builder_, index, to_.Int64(1), "");
  LLVMValueRef zero = to_.Int64(0);
  LLVMBasicBlockRef first = before;
  LLVMBasicBlockRef again = loop;
  LLVMAddIncoming(index, &zero, &first, 1);
  LLVMAddIncoming(index, &after, &again, 1);
  LLVMBuildCondBr(builder_,
                  LLVMBuildICmp(builder_, LLVMIntULT, after,
                                to_.Int64(int64_t{object.length}), ""),
                  loop, next);
  LLVMPositionBuilderAtEnd(builder_, next);
}

}  // namespace fozzy::compiler

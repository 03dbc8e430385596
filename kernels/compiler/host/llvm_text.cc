#include "kernels/compiler/host/llvm_function.h"

namespace fozzy::compiler {

LLVMValueRef LlvmFunction::BytesOf(LLVMValueRef view) {
  return LLVMBuildExtractValue(builder_, view, 0, "");
}

LLVMValueRef LlvmFunction::SizeOf(LLVMValueRef view) {
  return LLVMBuildExtractValue(builder_, view, 1, "");
}

void LlvmFunction::TranslateText(const Instruction& code) {
  if (to_.source.has_text_views) {
    TranslateView(code);
  } else {
    TranslateInterned(code);
  }
}

// Returns whether `size` bytes are the same.  LLVM knows memcmp: with a small
// constant size it becomes plain comparisons.
LLVMValueRef LlvmFunction::SameBytes(LLVMValueRef a, LLVMValueRef b,
                                     LLVMValueRef size) {
  LLVMTypeRef types[] = {to_.Bytes(), to_.Bytes(), to_.Int(64)};
  const LLVMTypeRef type = LLVMFunctionType(to_.Int(32), types, 3, 0);
  LLVMValueRef memcmp = LLVMGetNamedFunction(to_.module, "memcmp");
  if (memcmp == nullptr) {
    memcmp = LLVMAddFunction(to_.module, "memcmp", type);
  }
  LLVMValueRef args[] = {a, b, size};
  const LLVMValueRef order =
      LLVMBuildCall2(builder_, type, memcmp, args, 3, "");
  return LLVMBuildICmp(builder_, LLVMIntEQ, order,
                       LLVMConstInt(to_.Int(32), 0, 0), "");
}

// Returns whether the sizes are the same and then the bytes.  The size of a
// constant is told to memcmp.
LLVMValueRef LlvmFunction::EqualViews(LLVMValueRef a, LLVMValueRef b) {
  const LLVMValueRef size = SizeOf(b);
  const LLVMValueRef is_same_size =
      LLVMBuildICmp(builder_, LLVMIntEQ, SizeOf(a), size, "");
  const LLVMBasicBlockRef before = LLVMGetInsertBlock(builder_);
  const LLVMBasicBlockRef compare = NewBlock();
  const LLVMBasicBlockRef next = NewBlock();
  LLVMBuildCondBr(builder_, is_same_size, compare, next);
  LLVMPositionBuilderAtEnd(builder_, compare);
  const LLVMValueRef is_same = SameBytes(BytesOf(a), BytesOf(b), size);
  LLVMBuildBr(builder_, next);
  LLVMPositionBuilderAtEnd(builder_, next);
  const LLVMValueRef result = LLVMBuildPhi(builder_, to_.Int(1), "");
  LLVMValueRef values[] = {LLVMConstInt(to_.Int(1), 0, 0), is_same};
  LLVMBasicBlockRef blocks[] = {before, compare};
  LLVMAddIncoming(result, values, blocks, 2);
  return result;
}

// Returns whether `text` has `part` at its beginning or its end.
LLVMValueRef LlvmFunction::IsPartAt(LLVMValueRef text, LLVMValueRef part,
                                    bool is_end) {
  const LLVMValueRef size = SizeOf(part);
  const LLVMValueRef fits =
      LLVMBuildICmp(builder_, LLVMIntUGE, SizeOf(text), size, "");
  const LLVMBasicBlockRef before = LLVMGetInsertBlock(builder_);
  const LLVMBasicBlockRef compare = NewBlock();
  const LLVMBasicBlockRef next = NewBlock();
  LLVMBuildCondBr(builder_, fits, compare, next);
  LLVMPositionBuilderAtEnd(builder_, compare);
  LLVMValueRef bytes = BytesOf(text);
  if (is_end) {
    LLVMValueRef at = LLVMBuildSub(builder_, SizeOf(text), size, "");
    bytes = LLVMBuildInBoundsGEP2(builder_, to_.Int(8), bytes, &at, 1, "");
  }
  const LLVMValueRef is_same = SameBytes(bytes, BytesOf(part), size);
  LLVMBuildBr(builder_, next);
  LLVMPositionBuilderAtEnd(builder_, next);
  const LLVMValueRef result = LLVMBuildPhi(builder_, to_.Int(1), "");
  LLVMValueRef values[] = {LLVMConstInt(to_.Int(1), 0, 0), is_same};
  LLVMBasicBlockRef blocks[] = {before, compare};
  LLVMAddIncoming(result, values, blocks, 2);
  return result;
}

// Returns where the views in `registers` lie in a row.
LLVMValueRef LlvmFunction::Together(const std::vector<uint32_t>& registers) {
  const auto count = static_cast<unsigned>(registers.size());
  const LLVMTypeRef type = LLVMArrayType(to_.TypeOf(Scalar::kStr), count);
  const LLVMValueRef texts = EntryAlloca(type);
  for (unsigned i = 0; i < count; ++i) {
    LLVMValueRef at[] = {to_.Int64(0), to_.Int64(int64_t{i})};
    LLVMBuildStore(builder_, Read(registers[i]),
                   LLVMBuildInBoundsGEP2(builder_, type, texts, at, 2, ""));
  }
  return texts;
}

void LlvmFunction::TranslateView(const Instruction& code) {
  const LLVMValueRef text = Read(code.a);
  const LLVMTypeRef view = to_.TypeOf(Scalar::kStr);
  switch (code.op) {
    case Op::kTextEqual:
      // The constant, if there is one, goes second.
      return Write(code.dst, source_.registers[code.a].is_constant
                                 ? EqualViews(Read(code.b), text)
                                 : EqualViews(text, Read(code.b)));
    case Op::kTrim:
      return Write(code.dst,
                   Call(to_.calls.trim, view, {BytesOf(text), SizeOf(text)}));
    case Op::kReplace: {
      const LLVMValueRef three = Together({code.a, code.args[0], code.args[1]});
      return Write(code.dst,
                   Call(to_.calls.replace, view, {three, Place(code.at)}));
    }
    case Op::kContains: {
      const LLVMValueRef found =
          Call(to_.calls.contains, to_.Int(64), {Together({code.a, code.b})});
      return Write(code.dst, FromWord(found, Scalar::kBool));
    }
    case Op::kStartsWith:
    case Op::kEndsWith:
      return Write(code.dst,
                   IsPartAt(text, Read(code.b), code.op == Op::kEndsWith));
    default:
      return Write(code.dst,
                   LLVMBuildTrunc(builder_, SizeOf(text), to_.Int(32), ""));
  }
}

void LlvmFunction::TranslateInterned(const Instruction& code) {
  const LLVMValueRef text = Read(code.a);
  const LLVMTypeRef word = to_.Int(64);
  switch (code.op) {
    case Op::kTextEqual:
      return Write(code.dst,
                   LLVMBuildICmp(builder_, LLVMIntEQ, text, Read(code.b), ""));
    case Op::kTrim:
      return Write(code.dst, Call(to_.calls.trim_interned, word, {text}));
    case Op::kReplace:
      LLVMBuildStore(builder_, Read(code.args[0]), SlotPointer(0));
      LLVMBuildStore(builder_, Read(code.args[1]), SlotPointer(1));
      return Write(code.dst, Call(to_.calls.replace_interned, word,
                                  {text, Place(code.at), SlotPointer(0)}));
    case Op::kLen:
      return Write(code.dst,
                   FromWord(Call(to_.calls.length_interned, word, {text}),
                            Scalar::kI32));
    default: {
      const LLVMValueRef holds =
          Call(to_.calls.test_interned, word,
               {to_.Int64(static_cast<int64_t>(code.op)), text, Read(code.b)});
      return Write(code.dst, FromWord(holds, Scalar::kBool));
    }
  }
}

}  // namespace fozzy::compiler

#include "kernels/compiler/host/llvm_function.h"

namespace fozzy::compiler {

void LlvmFunction::TranslateCall(const Instruction& code) {
  std::vector<LLVMValueRef> args = {context_};
  for (const uint32_t reg : code.args) args.push_back(Read(reg));
  for (const uint32_t array : code.arrays) {
    args.push_back(Call(to_.calls.array_clone, to_.Int(64), {Handle(array)}));
  }
  const LLVMValueRef result =
      LLVMBuildCall2(builder_, to_.types[code.index], to_.functions[code.index],
                     args.data(), static_cast<unsigned>(args.size()), "");
  if (code.results.size() == 1) return Write(code.results.front(), result);
  for (unsigned i = 0; i < code.results.size(); ++i) {
    Write(code.results[i], LLVMBuildExtractValue(builder_, result, i, ""));
  }
}

void LlvmFunction::TranslateHostCall(const Instruction& code) {
  const IrFunction& callee = to_.source.functions[code.index];
  std::vector<LLVMValueRef> words;
  size_t scalar = 0;
  size_t array = 0;
  for (const bool is_array : callee.parameter_is_array) {
    if (is_array) {
      words.push_back(Handle(code.arrays[array++]));
      continue;
    }
    const uint32_t reg = code.args[scalar++];
    const LLVMValueRef value = Read(reg);
    words.push_back(Word(value, source_.registers[reg].type));
    if (IsView(reg)) words.push_back(SizeOf(value));
  }
  const auto count = static_cast<unsigned>(words.size());
  const LLVMTypeRef type = LLVMArrayType(to_.Int(64), count + 1);
  const LLVMValueRef memory = EntryAlloca(type);
  LLVMValueRef first = nullptr;
  for (unsigned i = count + 1; i > 0; --i) {
    LLVMValueRef at[] = {to_.Int64(0), to_.Int64(int64_t{i} - 1)};
    first = LLVMBuildInBoundsGEP2(builder_, type, memory, at, 2, "");
    if (i <= count) LLVMBuildStore(builder_, words[i - 1], first);
  }
  const LLVMValueRef result =
      Call(to_.calls.host_call, to_.Int(64),
           {to_.Int64(int64_t{code.index}), first, Place(code.at)});
  if (code.results.empty()) return;
  Write(code.results.front(), FromWord(result, callee.results.front()));
}

void LlvmFunction::TranslateExternalTag(const Instruction& code) {
  const LLVMValueRef tag =
      LLVMBuildZExt(builder_, Read(code.a), to_.Int(64), "");
  if (!to_.source.has_compact_tags) return Write(code.dst, tag);
  const std::vector<int64_t>& tags = to_.source.external_tags[code.index];
  std::vector<LLVMValueRef> values;
  for (const int64_t value : tags) values.push_back(to_.Int64(value));
  const auto count = static_cast<unsigned>(values.size());
  const LLVMTypeRef type = LLVMArrayType(to_.Int(64), count);
  const LLVMValueRef table = LLVMAddGlobal(to_.module, type, "tags");
  LLVMSetInitializer(table, LLVMConstArray(to_.Int(64), values.data(), count));
  LLVMSetGlobalConstant(table, 1);
  LLVMSetLinkage(table, LLVMPrivateLinkage);
  LLVMValueRef at[] = {to_.Int64(0), tag};
  Write(code.dst,
        LLVMBuildLoad2(builder_, to_.Int(64),
                       LLVMBuildInBoundsGEP2(builder_, type, table, at, 2, ""),
                       ""));
}

}  // namespace fozzy::compiler

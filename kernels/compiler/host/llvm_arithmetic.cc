#include "kernels/compiler/host/llvm_function.h"

namespace fozzy::compiler {
namespace {

LLVMIntPredicate PredicateOf(Op op) {
  switch (op) {
    case Op::kEqual:
      return LLVMIntEQ;
    case Op::kNotEqual:
      return LLVMIntNE;
    case Op::kLess:
      return LLVMIntSLT;
    case Op::kLessEqual:
      return LLVMIntSLE;
    case Op::kGreater:
      return LLVMIntSGT;
    default:
      return LLVMIntSGE;
  }
}

}  // namespace

void LlvmFunction::TranslateArithmetic(const Instruction& code) {
  const LLVMValueRef a = Read(code.a);
  const LLVMValueRef b = Read(code.b);
  if (code.op == Op::kDivide || code.op == Op::kRemainder) {
    return Write(code.dst, Division(code, a, b));
  }
  Write(code.dst, Linear(code, a, b));
}

LLVMValueRef LlvmFunction::Linear(const Instruction& code, LLVMValueRef a,
                                  LLVMValueRef b) {
  const bool is_safe = code.never_wraps;
  switch (code.op) {
    case Op::kAdd:
      return is_safe ? LLVMBuildNSWAdd(builder_, a, b, "")
                     : LLVMBuildAdd(builder_, a, b, "");
    case Op::kSubtract:
      return is_safe ? LLVMBuildNSWSub(builder_, a, b, "")
                     : LLVMBuildSub(builder_, a, b, "");
    case Op::kMultiply:
      return is_safe ? LLVMBuildNSWMul(builder_, a, b, "")
                     : LLVMBuildMul(builder_, a, b, "");
    case Op::kAnd:
      return LLVMBuildAnd(builder_, a, b, "");
    case Op::kOr:
      return LLVMBuildOr(builder_, a, b, "");
    case Op::kXor:
      return LLVMBuildXor(builder_, a, b, "");
    default:
      break;
  }
  const LLVMTypeRef type = LLVMTypeOf(b);
  const unsigned long long mask = LLVMGetIntTypeWidth(type) - 1;
  const LLVMValueRef by =
      LLVMBuildAnd(builder_, b, LLVMConstInt(type, mask, 0), "");
  return code.op == Op::kShiftLeft ? LLVMBuildShl(builder_, a, by, "")
                                   : LLVMBuildAShr(builder_, a, by, "");
}

LLVMValueRef LlvmFunction::Division(const Instruction& code, LLVMValueRef a,
                                    LLVMValueRef b) {
  const bool is_divide = code.op == Op::kDivide;
  if (code.never_negative) {
    return is_divide ? LLVMBuildUDiv(builder_, a, b, "")
                     : LLVMBuildURem(builder_, a, b, "");
  }
  const LLVMTypeRef type = LLVMTypeOf(b);
  const LLVMValueRef zero = LLVMConstInt(type, 0, 0);
  const Register& by = source_.registers[code.b];
  if (!by.is_constant || by.value == 0) {
    FailIf(LLVMBuildICmp(builder_, LLVMIntEQ, b, zero, ""),
           {FailureKind::kDivision, code.at}, to_.Int64(0), to_.Int64(0));
  }
  // The smallest number divided by -1 would be undefined.
  const LLVMValueRef is_minus =
      LLVMBuildICmp(builder_, LLVMIntEQ, b, LLVMConstAllOnes(type), "");
  const LLVMValueRef safe =
      LLVMBuildSelect(builder_, is_minus, LLVMConstInt(type, 1, 0), b, "");
  if (is_divide) {
    return LLVMBuildSelect(builder_, is_minus, LLVMBuildNeg(builder_, a, ""),
                           LLVMBuildSDiv(builder_, a, safe, ""), "");
  }
  return LLVMBuildSelect(builder_, is_minus, zero,
                         LLVMBuildSRem(builder_, a, safe, ""), "");
}

void LlvmFunction::TranslateComparison(const Instruction& code) {
  Write(code.dst, LLVMBuildICmp(builder_, PredicateOf(code.op), Read(code.a),
                                Read(code.b), ""));
}

void LlvmFunction::TranslateOpaque(const Instruction& code) {
  LLVMValueRef value = Read(code.a);
  if (code.type == Scalar::kBool) {
    value = LLVMBuildZExt(builder_, value, to_.Int(32), "");
    value = LLVMBuildTrunc(builder_, Opaque(value), to_.Int(1), "");
  } else if (IsView(code.a)) {
    const LLVMValueRef bytes = Opaque(BytesOf(value));
    const LLVMValueRef size = Opaque(SizeOf(value));
    value = LLVMBuildInsertValue(builder_, value, bytes, 0, "");
    value = LLVMBuildInsertValue(builder_, value, size, 1, "");
  } else {
    value = Opaque(value);
  }
  Write(code.dst, value);
}

// What clang makes of asm volatile("" : "+r"(value)).
LLVMValueRef LlvmFunction::Opaque(LLVMValueRef value) {
  LLVMTypeRef type = LLVMTypeOf(value);
  const LLVMTypeRef function = LLVMFunctionType(type, &type, 1, 0);
  char none[] = "";
  char constraints[] = "=r,0,~{dirflag},~{fpsr},~{flags}";
  const LLVMValueRef barrier =
      LLVMGetInlineAsm(function, none, 0, constraints, sizeof(constraints) - 1,
                       1, 0, LLVMInlineAsmDialectATT, 0);
  return LLVMBuildCall2(builder_, function, barrier, &value, 1, "");
}

}  // namespace fozzy::compiler

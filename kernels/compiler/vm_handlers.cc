#include "kernels/compiler/vm_handlers.h"

#include "kernels/compiler/arithmetic.h"
#include "kernels/compiler/vm.h"

namespace fozzy::compiler {
namespace {

// An optimised build goes from handler to handler by tail calls.  One that is
// not would pile them up, so there the machine's loop calls each in turn.
const Code* Go(const Code* code, int64_t* frame, Vm& vm) {
#ifdef FOZZY_COMPILER_TAIL_CALLS
  return code->run(code, frame, vm);
#else
  static_cast<void>(frame);
  static_cast<void>(vm);
  return code;
#endif
}

template <int kBits>
int64_t Cut(int64_t value) {
  return kBits == 32 ? Cut32(value) : value;
}

template <int kBits>
struct Add {
  static int64_t Of(int64_t a, int64_t b) { return Cut<kBits>(WrapAdd(a, b)); }
};
template <int kBits>
struct Subtract {
  static int64_t Of(int64_t a, int64_t b) {
    return Cut<kBits>(WrapSubtract(a, b));
  }
};
template <int kBits>
struct Multiply {
  static int64_t Of(int64_t a, int64_t b) {
    return Cut<kBits>(WrapMultiply(a, b));
  }
};
template <int kBits>
struct And {
  static int64_t Of(int64_t a, int64_t b) { return a & b; }
};
template <int kBits>
struct Or {
  static int64_t Of(int64_t a, int64_t b) { return a | b; }
};
template <int kBits>
struct Xor {
  static int64_t Of(int64_t a, int64_t b) { return a ^ b; }
};
template <int kBits>
struct Left {
  static int64_t Of(int64_t a, int64_t b) {
    return Cut<kBits>(ShiftLeft(a, b, kBits));
  }
};
template <int kBits>
struct Right {
  static int64_t Of(int64_t a, int64_t b) { return ShiftRight(a, b, kBits); }
};
struct Equal {
  static int64_t Of(int64_t a, int64_t b) { return a == b; }
};
struct NotEqual {
  static int64_t Of(int64_t a, int64_t b) { return a != b; }
};
struct Less {
  static int64_t Of(int64_t a, int64_t b) { return a < b; }
};
struct LessEqual {
  static int64_t Of(int64_t a, int64_t b) { return a <= b; }
};
struct Greater {
  static int64_t Of(int64_t a, int64_t b) { return a > b; }
};
struct GreaterEqual {
  static int64_t Of(int64_t a, int64_t b) { return a >= b; }
};

template <class Operation>
const Code* Binary(const Code* code, int64_t* frame, Vm& vm) {
  frame[code->dst] = Operation::Of(frame[code->a], frame[code->b]);
  return Go(code + 1, frame, vm);
}

template <int kBits, bool kIsRemainder>
const Code* Division(const Code* code, int64_t* frame, Vm& vm) {
  const int64_t a = frame[code->a];
  const int64_t b = frame[code->b];
  if (b == 0) return vm.FailAt(code, FailureKind::kDivision, 0, 0);
  frame[code->dst] =
      Cut<kBits>(kIsRemainder ? WrapRemainder(a, b) : WrapDivide(a, b));
  return Go(code + 1, frame, vm);
}

const Code* First(const Code* code) {
  return code + static_cast<int32_t>(code->value);
}

const Code* Second(const Code* code) { return code + (code->value >> 32); }

template <class Operation>
const Code* Branch(const Code* code, int64_t* frame, Vm& vm) {
  const bool holds = Operation::Of(frame[code->a], frame[code->b]) != 0;
  return Go(holds ? First(code) : Second(code), frame, vm);
}

template <class Operation>
const Code* Loop(const Code* code, int64_t* frame, Vm& vm) {
  const int64_t next = frame[code->a] + frame[code->c];
  frame[code->a] = next;
  const bool holds = Operation::Of(next, frame[code->b]) != 0;
  return Go(holds ? First(code) : Second(code), frame, vm);
}

// a - a / d * d, the division by multiplying with 2^64 / d rounded up.  The
// error of that is below a / 2^64 * d, and so below 1 for 32-bit operands.
// Source: Granlund and Montgomery, "Division by Invariant Integers using
// Multiplication", PLDI 1994.
template <bool kIsSigned>
int64_t FastRemainder(int64_t a, int64_t divisor, int64_t reciprocal) {
  __extension__ using Wide = unsigned __int128;
  if (kIsSigned) {
    // The sign is that of `a`; -1 or 0 flips it there and back.
    const int64_t sign = a >> 63;
    const int64_t rest =
        FastRemainder<false>((a ^ sign) - sign, divisor, reciprocal);
    return (rest ^ sign) - sign;
  }
  const auto quotient = static_cast<uint64_t>(
      (Wide{static_cast<uint64_t>(a)} * static_cast<uint64_t>(reciprocal)) >>
      64);
  return static_cast<int64_t>(static_cast<uint64_t>(a) -
                              quotient * static_cast<uint64_t>(divisor));
}

template <bool kIsSigned>
const Code* RemainderByConstant(const Code* code, int64_t* frame, Vm& vm) {
  frame[code->dst] =
      FastRemainder<kIsSigned>(frame[code->a], frame[code->b], code->value);
  return Go(code + 1, frame, vm);
}

template <bool kIsSigned>
const Code* AddRemainder(const Code* code, int64_t* frame, Vm& vm) {
  frame[code->dst] = FastRemainder<kIsSigned>(frame[code->a] + frame[code->b],
                                              frame[code->c], code->value);
  return Go(code + 1, frame, vm);
}

const Code* ShiftAdd(const Code* code, int64_t* frame, Vm& vm) {
  const auto shifted = static_cast<int64_t>(
      static_cast<uint64_t>(frame[code->b]) << code->value);
  frame[code->dst] = Cut32(WrapAdd(frame[code->a], shifted));
  return Go(code + 1, frame, vm);
}

const Code* LoadShiftAdd(const Code* code, int64_t* frame, Vm& vm) {
  const int64_t element = frame[code->value + frame[code->b]];
  const auto shifted =
      static_cast<int64_t>(static_cast<uint64_t>(element) << code->c);
  frame[code->dst] = Cut32(WrapAdd(frame[code->a], shifted));
  return Go(code + 1, frame, vm);
}

const Code* Load(const Code* code, int64_t* frame, Vm& vm) {
  frame[code->dst] = frame[code->value + frame[code->a]];
  return Go(code + 1, frame, vm);
}

const Code* Store(const Code* code, int64_t* frame, Vm& vm) {
  frame[code->value + frame[code->a]] = frame[code->b];
  return Go(code + 1, frame, vm);
}

template <bool kIsLoad>
const Code* CheckedAccess(const Code* code, int64_t* frame, Vm& vm) {
  const int64_t index = frame[code->a];
  const int64_t length = code->value >> 32;
  if (static_cast<uint64_t>(index) >= static_cast<uint64_t>(length)) {
    return vm.FailAt(code, FailureKind::kBounds, index, length);
  }
  int64_t& element = frame[static_cast<int32_t>(code->value) + index];
  if (kIsLoad) {
    frame[code->dst] = element;
  } else {
    element = frame[code->b];
  }
  return Go(code + 1, frame, vm);
}

template <bool kIsPair>
const Code* Copy(const Code* code, int64_t* frame, Vm& vm) {
  frame[code->dst] = frame[code->a];
  if (kIsPair) frame[code->dst + 1] = frame[code->a + 1];
  return Go(code + 1, frame, vm);
}

const Code* Not(const Code* code, int64_t* frame, Vm& vm) {
  frame[code->dst] = frame[code->a] ^ 1;
  return Go(code + 1, frame, vm);
}

const Code* Narrow(const Code* code, int64_t* frame, Vm& vm) {
  frame[code->dst] = Cut32(frame[code->a]);
  return Go(code + 1, frame, vm);
}

const Code* Jump(const Code* code, int64_t* frame, Vm& vm) {
  return Go(First(code), frame, vm);
}

const Code* BranchIf(const Code* code, int64_t* frame, Vm& vm) {
  return Go(frame[code->a] != 0 ? First(code) : Second(code), frame, vm);
}

// The jumps for the values from `value` on follow, `c` of them, then that for
// all others.
const Code* Switch(const Code* code, int64_t* frame, Vm& vm) {
  const auto which =
      static_cast<uint64_t>(WrapSubtract(frame[code->a], code->value));
  const uint64_t entry = which < code->c ? which : code->c;
  const Code* jump = code + 1 + entry;
  return Go(First(jump), frame, vm);
}

template <int kBits>
Handler ArithmeticHandler(Op op) {
  switch (op) {
    case Op::kAdd:
      return Binary<Add<kBits>>;
    case Op::kSubtract:
      return Binary<Subtract<kBits>>;
    case Op::kMultiply:
      return Binary<Multiply<kBits>>;
    case Op::kDivide:
      return Division<kBits, false>;
    case Op::kRemainder:
      return Division<kBits, true>;
    case Op::kAnd:
      return Binary<And<kBits>>;
    case Op::kOr:
      return Binary<Or<kBits>>;
    case Op::kXor:
      return Binary<Xor<kBits>>;
    case Op::kShiftLeft:
      return Binary<Left<kBits>>;
    default:
      return Binary<Right<kBits>>;
  }
}

}  // namespace

Handler BinaryHandler(Op op, Scalar type) {
  switch (op) {
    case Op::kEqual:
      return Binary<Equal>;
    case Op::kNotEqual:
      return Binary<NotEqual>;
    case Op::kLess:
      return Binary<Less>;
    case Op::kLessEqual:
      return Binary<LessEqual>;
    case Op::kGreater:
      return Binary<Greater>;
    case Op::kGreaterEqual:
      return Binary<GreaterEqual>;
    default:
      return type == Scalar::kI32 ? ArithmeticHandler<32>(op)
                                  : ArithmeticHandler<64>(op);
  }
}

Handler BranchHandler(Op op) {
  switch (op) {
    case Op::kEqual:
      return Branch<Equal>;
    case Op::kNotEqual:
      return Branch<NotEqual>;
    case Op::kLess:
      return Branch<Less>;
    case Op::kLessEqual:
      return Branch<LessEqual>;
    case Op::kGreater:
      return Branch<Greater>;
    default:
      return Branch<GreaterEqual>;
  }
}

Handler LoopHandler(Op op) {
  switch (op) {
    case Op::kEqual:
      return Loop<Equal>;
    case Op::kNotEqual:
      return Loop<NotEqual>;
    case Op::kLess:
      return Loop<Less>;
    case Op::kLessEqual:
      return Loop<LessEqual>;
    case Op::kGreater:
      return Loop<Greater>;
    default:
      return Loop<GreaterEqual>;
  }
}

Handler RemainderByConstantHandler(bool is_signed) {
  return is_signed ? RemainderByConstant<true> : RemainderByConstant<false>;
}

Handler AddRemainderHandler(bool is_signed) {
  return is_signed ? AddRemainder<true> : AddRemainder<false>;
}

Handler ShiftAddHandler() { return ShiftAdd; }
Handler LoadShiftAddHandler() { return LoadShiftAdd; }
Handler LoadHandler() { return Load; }
Handler StoreHandler() { return Store; }
Handler CheckedLoadHandler() { return CheckedAccess<true>; }
Handler CheckedStoreHandler() { return CheckedAccess<false>; }
Handler CopyHandler(bool is_pair) { return is_pair ? Copy<true> : Copy<false>; }
Handler NotHandler() { return Not; }
Handler NarrowHandler() { return Narrow; }
Handler JumpHandler() { return Jump; }
Handler BranchIfHandler() { return BranchIf; }
Handler SwitchHandler() { return Switch; }

}  // namespace fozzy::compiler

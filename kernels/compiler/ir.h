// The intermediate representation: functions of blocks of instructions on
// registers.  Structs and enums are spread over registers, one for each field;
// arrays are objects of their function.  A register may be written many times;
// those of constants are never written.
#ifndef FOZZY_KERNELS_COMPILER_IR_H_
#define FOZZY_KERNELS_COMPILER_IR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "kernels/compiler/ast.h"
#include "kernels/compiler/position.h"

namespace fozzy::compiler {

inline constexpr uint32_t kRegistersMax = 20'000;  // of a function

// What a register holds; kTag is a variant, in whatever form the lowering
// gives it.
enum class Scalar : uint8_t { kBool, kI32, kI64, kStr, kTag };

enum class Op : uint8_t {
  kCopy,  // dst = a
  kAdd,   // dst = a op b, of `type`, down to kGreaterEqual
  kSubtract,
  kMultiply,
  kDivide,     // may fail
  kRemainder,  // may fail
  kAnd,
  kOr,
  kXor,
  kShiftLeft,
  kShiftRight,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kNot,          // dst = not a
  kWiden,        // i32 to i64
  kNarrow,       // i64 to i32
  kOpaque,       // dst = a, which no optimiser sees through
  kTextEqual,    // dst = a == b
  kTrim,         // dst = a
  kReplace,      // dst = a, args[0] by args[1]; may fail
  kContains,     // dst = a, b
  kStartsWith,   // dst = a, b
  kEndsWith,     // dst = a, b
  kLen,          // dst = a
  kLoad,         // dst = array[a]; may fail
  kStore,        // array[a] = b; may fail
  kCopyArray,    // array = other
  kFill,         // array = a everywhere
  kCheckWindow,  // fails unless array has all of a + window[i]
  kCall,         // results = function `index` of args, arrays
  kHostCall,     // the same; may fail
  kExternalTag,  // dst (i64) = the tag a as hosts know it
  kMark,         // dst (i64) = which strings are there
  kRelease,      // those made since mark a are not used any more
  kTurn,         // of a loop; may fail
  kJump,         // to `index`; this and the following end a block
  kBranch,       // to `index` if a, else to `other`
  kMatch,        // to the case of a, else to `index`, kNone: there is none
  kReturn,       // args
};

// Why a bounds check is not needed.
enum class Proof : uint8_t {
  kNotProven,  // it is made
  kConstant,   // the index is a constant
  kMask,       // the index is x & constant
  kRemainder,  // the index is x % constant of an x that is not negative
  kRange,      // all values that the index can have are in range
  kWindow,     // a check of the whole window comes first
  kTrusted,    // the user vouches for it
};
inline constexpr uint32_t kProofs = 7;

struct Case {
  int64_t value = 0;
  uint32_t block = 0;
};

// One access of a window: its index is base + offset.
struct WindowPart {
  int64_t offset = 0;
  Position at;
};

struct Instruction {
  Op op = Op::kCopy;
  Scalar type = Scalar::kI32;
  Position at;
  uint32_t dst = kNone;
  uint32_t a = kNone;
  uint32_t b = kNone;
  uint32_t array = kNone;
  uint32_t index = kNone;
  uint32_t other = kNone;
  std::vector<uint32_t> args;
  std::vector<uint32_t> arrays;   // of calls, in the order of parameters
  std::vector<uint32_t> results;  // of calls
  std::vector<Case> cases;
  std::vector<WindowPart> window;
  // Facts that passes add.
  Proof proof = Proof::kNotProven;
  bool never_wraps = false;     // of kAdd, kSubtract, kMultiply
  bool never_negative = false;  // both operands of kDivide, kRemainder
  bool is_switch = false;       // kMatch: a jump through a table
};

struct Register {
  Scalar type = Scalar::kI32;
  bool is_constant = false;
  int64_t value = 0;            // of constants; of kStr an index into texts
  uint32_t enum_index = kNone;  // of kTag
};

struct ArrayObject {
  std::string name;
  Position at;
  Scalar element = Scalar::kI32;
  uint32_t enum_index = kNone;
  uint32_t length = 0;
  bool is_parameter = false;
  bool is_mutable = false;
  bool is_shared = false;
  uint32_t passed_to = kNone;  // a function that it is passed to
  bool is_direct = false;      // in memory of the function, not behind a handle
};

struct Block {
  std::vector<Instruction> code;  // ends with the only one that ends blocks
};

// Parameters are the first registers and the first arrays.
struct IrFunction {
  std::string name;
  Position at;
  bool is_host = false;
  std::vector<Scalar> parameters;  // of host functions, arrays left out
  // Per parameter as written, whether it is an array; of host functions.
  std::vector<bool> parameter_is_array;
  std::vector<uint32_t> array_enums;  // per array parameter of host functions
  std::vector<Scalar> results;
  uint32_t result_enum = kNone;  // if the first result is a kTag
  uint32_t array_parameters = 0;
  std::vector<Register> registers;
  std::vector<ArrayObject> arrays;
  std::vector<Block> blocks;  // begins with the first
  bool makes_texts = false;
};

struct IrModule {
  std::vector<IrFunction> functions;  // as in Module
  std::vector<uint32_t> order;
  std::vector<std::string> texts;
  std::vector<std::vector<int64_t>> external_tags;  // [enum][variant]
  std::vector<std::string> enum_names;
  // What lowering decides for the whole module.
  bool has_compact_tags = false;  // variants are numbered; else external tags
  bool has_text_views = false;    // strings are views; else interned
};

// Returns the module in text, for people and tests.
std::string PrintIr(const IrModule& module);
std::string PrintIr(const IrModule& module, const IrFunction& function);

// Returns what is wrong with `module`, or "": registers of the wrong type,
// read before they are written, constants written, blocks without an end,
// targets that do not exist.
std::string VerifyIr(const IrModule& module);

// Returns the name of `op` in the printed form.
const char* OpName(Op op);
const char* ProofName(Proof proof);

inline bool IsArithmetic(Op op) {
  return op >= Op::kAdd && op <= Op::kShiftRight;
}
inline bool IsComparison(Op op) {
  return op >= Op::kEqual && op <= Op::kGreaterEqual;
}
inline bool EndsBlock(Op op) { return op >= Op::kJump; }
inline bool IsAccess(Op op) { return op == Op::kLoad || op == Op::kStore; }

// Calls visit(reg) for every register that `instruction` reads.
template <class Visit>
void ForEachRead(const Instruction& instruction, Visit visit) {
  if (instruction.a != kNone) visit(instruction.a);
  if (instruction.b != kNone) visit(instruction.b);
  for (const uint32_t reg : instruction.args) visit(reg);
}

// Calls visit(reg) for every register that `instruction` writes.
template <class Visit>
void ForEachWrite(const Instruction& instruction, Visit visit) {
  if (instruction.dst != kNone) visit(instruction.dst);
  for (const uint32_t reg : instruction.results) visit(reg);
}

// Calls visit(block) for every block that may follow `end`.
template <class Visit>
void ForEachTarget(const Instruction& end, Visit visit) {
  if (end.index != kNone) visit(end.index);
  if (end.op == Op::kBranch) visit(end.other);
  for (const Case& c : end.cases) visit(c.block);
}

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_IR_H_

// The tree of a kernel's source.  Nodes lie in pools of their Module and name
// each other by index, so that deep trees are destroyed without recursion.
// The parser fills it; the checker adds the types and what names stand for.
#ifndef FOZZY_KERNELS_COMPILER_AST_H_
#define FOZZY_KERNELS_COMPILER_AST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "kernels/compiler/position.h"

namespace fozzy::compiler {

inline constexpr uint32_t kNone = ~uint32_t{0};

enum class TypeKind : uint8_t {
  kUnit,
  kBool,
  kI32,
  kI64,
  kStr,
  kStruct,
  kEnum,
  kArray,
};

// A type.  `index` is that of a struct or enum of the module, `element` and
// `length` are of arrays; an array of enums keeps their index in `index`.
struct Type {
  TypeKind kind = TypeKind::kUnit;
  TypeKind element = TypeKind::kUnit;
  uint32_t index = 0;
  uint32_t length = 0;

  friend bool operator==(const Type&, const Type&) = default;
};

inline Type ElementOf(const Type& array) {
  return {.kind = array.element, .index = array.index};
}
inline bool IsInteger(const Type& type) {
  return type.kind == TypeKind::kI32 || type.kind == TypeKind::kI64;
}

// A type as written; `name` is the symbol of a struct or enum, or kNone.
struct TypeName {
  Type type;
  uint32_t name = kNone;
  Position at;
};

enum class Operator : uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kRemainder,
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
  kBothOf,    // &&
  kEitherOf,  // ||
  kNegate,
  kNot,
};

enum class ExprKind : uint8_t {
  kInteger,      // number
  kBool,         // number
  kString,       // index of Module::strings
  kName,         // symbol; index of the local
  kUnary,        // op, args[0]
  kBinary,       // op, args[0], args[1]
  kCall,         // symbol; index of the function
  kHostCall,     // index of the host function
  kMethod,       // method of args[0], the rest are its arguments
  kIndex,        // args[0], a kName; args[1]
  kField,        // args[0], symbol; index of the field
  kStruct,       // type; args in the order of the fields
  kVariant,      // symbol, second_symbol; index of the variant, args
  kArray,        // args
  kArrayRepeat,  // args[0], number times
  kCast,         // to type, args[0]
  kOpaque,       // args[0], unknown to whoever optimises
};

enum class Method : uint8_t {
  kTrim,
  kReplace,
  kContains,
  kStartsWith,
  kEndsWith,
  kLen,  // of strings and arrays
};

struct Expr {
  ExprKind kind = ExprKind::kInteger;
  Operator op = Operator::kAdd;
  Method method = Method::kTrim;
  Position at;
  Type type;
  uint32_t symbol = kNone;
  uint32_t second_symbol = kNone;
  uint32_t index = kNone;
  int64_t number = 0;
  std::vector<uint32_t> args;
  std::vector<uint32_t> names;  // of the fields of a kStruct, as written
};

enum class StmtKind : uint8_t {
  kLet,     // index of the local, value
  kAssign,  // target, value
  kExpr,    // value
  kIf,      // value, body, other
  kWhile,   // value, body
  kFor,     // index of the local, value to end, body
  kMatch,   // value, arms
  kReturn,  // value or kNone
  kBreak,
  kContinue,
};

// Matches a variant (symbol::second_symbol), an integer, or anything.
struct Pattern {
  bool is_any = false;
  bool is_integer = false;
  int64_t number = 0;
  uint32_t symbol = kNone;
  uint32_t second_symbol = kNone;
  uint32_t index = kNone;          // of the variant
  std::vector<uint32_t> bindings;  // symbols; locals once checked
  std::vector<Position> binding_at;
};

struct Arm {
  Position at;
  Pattern pattern;
  uint32_t guard = kNone;
  std::vector<uint32_t> body;
};

struct Stmt {
  StmtKind kind = StmtKind::kExpr;
  Position at;
  uint32_t symbol = kNone;
  uint32_t index = kNone;
  bool is_mutable = false;
  bool is_shared = false;
  bool has_type = false;
  TypeName type_name;
  uint32_t target = kNone;
  uint32_t value = kNone;
  uint32_t end = kNone;
  std::vector<uint32_t> body;
  std::vector<uint32_t> other;
  std::vector<Arm> arms;
};

struct Field {
  uint32_t symbol = kNone;
  TypeName type_name;
};

struct Struct {
  uint32_t symbol = kNone;
  Position at;
  std::vector<Field> fields;
};

struct Variant {
  uint32_t symbol = kNone;
  Position at;
  std::vector<TypeName> payload;
};

struct Enum {
  uint32_t symbol = kNone;
  Position at;
  std::vector<Variant> variants;
};

// A variable of a function; parameters come first.
struct Local {
  uint32_t symbol = kNone;
  Position at;
  Type type;
  bool is_mutable = false;
  bool is_shared = false;
};

struct Function {
  uint32_t symbol = kNone;
  Position at;
  bool is_host = false;
  std::vector<Field> parameters;
  TypeName result;
  std::vector<uint32_t> body;
  std::vector<Local> locals;
};

// A whole source text.  `functions` holds host functions, too; `order` lists
// the others such that each follows those it calls.
struct Module {
  std::vector<std::string> symbols;
  std::vector<std::string> strings;
  std::vector<Expr> exprs;
  std::vector<Stmt> stmts;
  std::vector<Struct> structs;
  std::vector<Enum> enums;
  std::vector<Function> functions;
  std::vector<uint32_t> order;
};

// Returns how `type` is written.
std::string TypeText(const Module& module, const Type& type);

// Returns the function called `name`, or kNone.
uint32_t FindFunction(const Module& module, const std::string& name);

// Returns what stands for a variant outside of a program, whatever its number
// inside: 32-bit FNV-1a of "Enum::Variant".  This is frozen: hosts rely on it.
int64_t ExternalTag(const Module& module, uint32_t enum_index,
                    uint32_t variant_index);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_AST_H_

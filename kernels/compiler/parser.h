// Reads the text of kernels into a tree.  README.md has the grammar.
#ifndef FOZZY_KERNELS_COMPILER_PARSER_H_
#define FOZZY_KERNELS_COMPILER_PARSER_H_

#include "absl/strings/string_view.h"
#include "kernels/compiler/ast.h"
#include "kernels/compiler/position.h"

namespace fozzy::compiler {

inline constexpr uint32_t kNestingMax = 64;     // blocks and brackets
inline constexpr uint32_t kExprDepthMax = 100;  // of one expression's tree
inline constexpr uint32_t kExprsMax = 200'000;  // of a module
inline constexpr uint32_t kArrayLengthMax = 65536;

// Returns the tree of `source`, with names unresolved.  The first problem is
// reported with what was expected and what was found; what is returned is of
// no use then.
Module Parse(absl::string_view source, Problem& problem);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_PARSER_H_

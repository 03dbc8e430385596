// What the methods of strings compute, for whoever runs kernels.
#ifndef FOZZY_KERNELS_COMPILER_TEXT_OPS_H_
#define FOZZY_KERNELS_COMPILER_TEXT_OPS_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace fozzy::compiler {

// Returns `text` without the spaces, tabs, line feeds and carriage returns at
// both ends.
absl::string_view Trimmed(absl::string_view text);

// Returns the size of `text` with every `from`, from the left, replaced by
// `to`.  An empty `from` is found nowhere.
size_t ReplacedSize(absl::string_view text, absl::string_view from,
                    absl::string_view to);

// Writes that text to `out`, which has room for it.
void ReplaceInto(absl::string_view text, absl::string_view from,
                 absl::string_view to, char* out);

bool Contains(absl::string_view text, absl::string_view part);

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_TEXT_OPS_H_

#include "kernels/compiler/outcome.h"

#include "absl/strings/str_cat.h"

namespace fozzy::compiler {

std::string Failure::Text() const {
  const std::string place = absl::StrCat(at.line, ":", at.column, ": ");
  switch (kind) {
    case FailureKind::kNoFailure:
      return "";
    case FailureKind::kBounds:
      return absl::StrCat(place, "index ", found, " is outside of an array of ",
                          limit);
    case FailureKind::kDivision:
      return absl::StrCat(place, "division by zero");
    case FailureKind::kLoops:
      return absl::StrCat(place, "more than ", limit, " turns of loops");
    case FailureKind::kText:
      return absl::StrCat(place, "a string of ", found,
                          " bytes, expected at most ", limit);
    case FailureKind::kMemory:
      return absl::StrCat(place, "strings in use need more than ", limit,
                          " bytes");
    case FailureKind::kHost:
      return absl::StrCat(place, "the host refused the call");
  }
  return "";
}

}  // namespace fozzy::compiler

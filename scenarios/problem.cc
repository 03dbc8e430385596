#include "scenarios/problem.h"

#include "absl/strings/str_cat.h"

namespace fozzy {

std::string Problem::Message() const {
  std::string message = step;
  if (!field.empty()) {
    absl::StrAppend(&message, message.empty() ? "" : ", ", "field \"", field,
                    "\"");
  }
  absl::StrAppend(&message, message.empty() ? "" : ": ", "found ", found,
                  ", expected ", expected);
  return message;
}

std::string Problem::Text(const std::string& file) const {
  return absl::StrCat(file, ":", line, ":", column, ": ", Message());
}

}  // namespace fozzy

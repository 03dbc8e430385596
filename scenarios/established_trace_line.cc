#include "scenarios/established_trace_line.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "scenarios/established_trace_compact.h"

namespace fozzy {
namespace {

constexpr absl::string_view kKind = "kind";

bool IsWord(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           absl::string_view("_.:-").find(c) != absl::string_view::npos;
  });
}

absl::string_view Word(const JsonNode& text, absl::string_view source) {
  return IsWord(text.view()) ? text.view() : text.Raw(source);
}

}  // namespace

std::string DecisionLine(const JsonNode& decision, absl::string_view source) {
  std::string line = "decision ";
  std::string members;
  const JsonNode* key = decision.inside();
  for (uint32_t i = 0; i < decision.size; ++i, key = key->next()->next()) {
    if (key->view() == kKind) {
      absl::StrAppend(&line, Word(*key->next(), source));
      continue;
    }
    absl::StrAppend(&members, " ", Word(*key, source), "=");
    AppendCompactJson(key->next()->Raw(source), members);
  }
  return line + members;
}

std::string EventLine(const EventNodes& event, absl::string_view source) {
  std::string line =
      absl::StrCat("@", event.time_ms, "ms ", Word(event.name, source));
  if (event.fields.kind == JsonNode::Kind::kObject && event.fields.size > 0) {
    line += ' ';
    AppendCompactJson(event.fields.Raw(source), line);
  }
  return line;
}

}  // namespace fozzy

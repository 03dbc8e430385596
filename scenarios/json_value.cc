#include "scenarios/json_value.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "scenarios/json.h"
#include "scenarios/json_number.h"
#include "scenarios/json_text.h"
#include "scenarios/scenario_arena.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

using Kind = JsonNode::Kind;

// The nodes of a JSON text, which must outlive it.
class Document {
 public:
  explicit Document(absl::string_view text) {
    if (text.size() > kJsonBytesMax) return;
    is_valid_ = !ReadJson(text, arena_, tape_).has_value();
  }

  bool is_valid() const { return is_valid_; }
  const JsonNode& root() const { return tape_[0]; }

 private:
  ScenarioArena arena_;
  std::vector<JsonNode> tape_;
  bool is_valid_ = false;
};

// Writes values of one document.
class CanonicalWriter {
 public:
  // `joins_zeros`: -0.0 is written as 0.0.
  CanonicalWriter(absl::string_view source, bool joins_zeros)
      : source_(source), joins_zeros_(joins_zeros) {}

  // As deep as the JSON is, which is limited.
  void Write(const JsonNode& node) {
    switch (node.kind) {
      case Kind::kNumber:
        return WriteNumber(node.Raw(source_));
      case Kind::kText:
        return AppendJsonText(node.view(), output_);
      case Kind::kArray:
        return WriteArray(node);
      case Kind::kObject:
        return WriteObject(node);
      default:
        absl::StrAppend(&output_, node.Raw(source_));
    }
  }

  std::string Take() { return std::move(output_); }

 private:
  void WriteArray(const JsonNode& node) {
    output_ += '[';
    const JsonNode* item = node.inside();
    for (uint32_t i = 0; i < node.size; ++i, item = item->next()) {
      if (i > 0) output_ += ',';
      Write(*item);
    }
    output_ += ']';
  }

  void WriteObject(const JsonNode& node) {
    std::vector<const JsonNode*> keys;
    const JsonNode* key = node.inside();
    for (uint32_t i = 0; i < node.size; ++i, key = key->next()->next()) {
      keys.push_back(key);
    }
    std::stable_sort(keys.begin(), keys.end(),
                     [](const JsonNode* a, const JsonNode* b) {
                       return a->view() < b->view();
                     });
    output_ += '{';
    bool is_first = true;
    for (size_t i = 0; i < keys.size(); ++i) {
      const bool is_overwritten =
          i + 1 < keys.size() && keys[i]->view() == keys[i + 1]->view();
      if (is_overwritten) continue;
      if (!is_first) output_ += ',';
      is_first = false;
      AppendJsonText(keys[i]->view(), output_);
      output_ += ':';
      Write(*keys[i]->next());
    }
    output_ += '}';
  }

  void WriteNumber(absl::string_view text) {
    constexpr uint64_t kNegativeMax = uint64_t{1} << 63;
    const std::optional<JsonInteger> integer = ReadJsonInteger(text);
    const bool is_exact =
        integer.has_value() &&
        (!integer->is_negative || integer->magnitude <= kNegativeMax);
    if (is_exact) {
      absl::StrAppend(&output_, text);
      return;
    }
    const std::optional<double> number = ReadJsonDouble(text);
    FOZZY_CHECK(number.has_value());
    AppendJsonDouble(joins_zeros_ && *number == 0 ? 0.0 : *number, output_);
  }

  const absl::string_view source_;
  const bool joins_zeros_;
  std::string output_;
};

std::string Canonical(absl::string_view text, bool joins_zeros) {
  const Document document(text);
  FOZZY_CHECK(document.is_valid());
  CanonicalWriter writer(text, joins_zeros);
  writer.Write(document.root());
  return writer.Take();
}

}  // namespace

bool IsJson(absl::string_view text) { return Document(text).is_valid(); }

std::string CanonicalJson(absl::string_view text) {
  return Canonical(text, /*joins_zeros=*/false);
}

bool JsonEqual(absl::string_view a, absl::string_view b) {
  return Canonical(a, /*joins_zeros=*/true) ==
         Canonical(b, /*joins_zeros=*/true);
}

}  // namespace fozzy

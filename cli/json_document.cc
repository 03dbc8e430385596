#include "cli/json_document.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "scenarios/json_number.h"
#include "scenarios/scenario_arena.h"

namespace fozzy {

struct JsonDocument::Data {
  std::string source;
  ScenarioArena arena;
  std::vector<JsonNode> tape;
};

JsonDocument::JsonDocument(std::unique_ptr<const Data> data)
    : data_(std::move(data)) {}
JsonDocument::JsonDocument(JsonDocument&&) = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) = default;
JsonDocument::~JsonDocument() = default;

absl::StatusOr<JsonDocument> JsonDocument::Parse(std::string text) {
  if (text.size() > kJsonBytesMax) {
    return absl::DataLossError(
        absl::StrCat("it has over ", kJsonBytesMax, " bytes"));
  }
  auto data = std::make_unique<Data>();
  data->source = std::move(text);
  const std::optional<JsonError> error =
      ReadJson(data->source, data->arena, data->tape);
  if (error) {
    return absl::DataLossError(absl::StrCat("byte ", error->offset, ": found ",
                                            error->found, ", expected ",
                                            error->expected));
  }
  return JsonDocument(std::move(data));
}

const JsonNode& JsonDocument::root() const { return data_->tape[0]; }

absl::string_view JsonDocument::Raw(const JsonNode& node) const {
  return node.Raw(data_->source);
}

const JsonNode* MemberOf(const JsonNode& node, absl::string_view key) {
  if (node.kind != JsonNode::Kind::kObject) return nullptr;
  const JsonNode* name = &node + 1;
  for (uint32_t i = 0; i < node.size; ++i) {
    const JsonNode* value = name->next();
    if (name->view() == key) return value;
    name = value->next();
  }
  return nullptr;
}

std::string TextMember(const JsonNode& node, absl::string_view key) {
  const JsonNode* member = MemberOf(node, key);
  if (member == nullptr || member->kind != JsonNode::Kind::kText) return {};
  return std::string(member->view());
}

uint64_t UintMember(const JsonNode& node, const JsonDocument& document,
                    absl::string_view key) {
  const JsonNode* member = MemberOf(node, key);
  if (member == nullptr || member->kind != JsonNode::Kind::kNumber) return 0;
  const std::optional<JsonInteger> number =
      ReadJsonInteger(document.Raw(*member));
  return number && !number->is_negative ? number->magnitude : 0;
}

}  // namespace fozzy

#include "scenarios/parse_value.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "scenarios/duration.h"
#include "scenarios/json_number.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

using Kind = JsonNode::Kind;

constexpr uint64_t kI64Max = uint64_t{std::numeric_limits<int64_t>::max()};

// Reads an unsigned number of at most `max`.
bool ReadUnsigned(absl::string_view text, uint64_t max, Value& value) {
  const std::optional<JsonInteger> integer = ReadJsonInteger(text);
  if (!integer.has_value() || integer->is_negative) return false;
  value.u64 = integer->magnitude;
  return integer->magnitude <= max;
}

// Reads a signed number from -max - 1 to max.
bool ReadSigned(absl::string_view text, uint64_t max, Value& value) {
  const std::optional<JsonInteger> integer = ReadJsonInteger(text);
  if (!integer.has_value()) return false;
  const uint64_t magnitude = integer->magnitude;
  // In two's complement, negating after the conversion cannot overflow.
  value.i64 =
      static_cast<int64_t>(integer->is_negative ? 0 - magnitude : magnitude);
  return magnitude <= max + (integer->is_negative ? 1 : 0);
}

bool ReadNumber(FieldType type, absl::string_view text, Value& value) {
  switch (type) {
    case FieldType::kU16:
      return ReadUnsigned(text, std::numeric_limits<uint16_t>::max(), value);
    case FieldType::kU64:
      return ReadUnsigned(text, std::numeric_limits<uint64_t>::max(), value);
    case FieldType::kI32:
      return ReadSigned(text, uint64_t{std::numeric_limits<int32_t>::max()},
                        value);
    case FieldType::kI64:
      return ReadSigned(text, kI64Max, value);
    default:
      break;
  }
  const std::optional<double> number = ReadJsonDouble(text);
  value.f64 = number.value_or(0);
  return number.has_value();
}

void SetText(absl::string_view text, Value& value) {
  value.text = text.data();
  value.size = static_cast<uint32_t>(text.size());
  value.is_present = true;
}

using Entry = std::pair<absl::string_view, absl::string_view>;

// Whether `kind` is what a field of `type` is written as.
bool IsKindOf(Kind kind, FieldType type) {
  switch (type) {
    case FieldType::kBool:
      return kind == Kind::kFalse || kind == Kind::kTrue;
    case FieldType::kU16:
    case FieldType::kI32:
    case FieldType::kI64:
    case FieldType::kU64:
    case FieldType::kF64:
      return kind == Kind::kNumber;
    case FieldType::kText:
    case FieldType::kDuration:
      return kind == Kind::kText;
    case FieldType::kJson:
      return kind != Kind::kNull;
    case FieldType::kObject:
    case FieldType::kTextMap:
      return kind == Kind::kObject;
    case FieldType::kTextList:
    case FieldType::kSteps:
      return kind == Kind::kArray;
  }
  return false;
}

}  // namespace

absl::string_view ExpectedOf(FieldType type) {
  switch (type) {
    case FieldType::kBool:
      return "true or false";
    case FieldType::kU16:
      return "an integer from 0 to 65535";
    case FieldType::kI32:
      return "an integer from -2147483648 to 2147483647";
    case FieldType::kI64:
      return "an integer from -9223372036854775808 to 9223372036854775807";
    case FieldType::kU64:
      return "an integer from 0 to 18446744073709551615";
    case FieldType::kF64:
      return "a number";
    case FieldType::kText:
      return "a string";
    case FieldType::kDuration:
      return kDurationExpected;
    case FieldType::kJson:
      return "any value but null";
    case FieldType::kObject:
      return "an object";
    case FieldType::kTextList:
      return "an array of strings";
    case FieldType::kTextMap:
      return "an object whose values are strings";
    case FieldType::kSteps:
      return "an array of steps";
  }
  return "";
}

Misfit ValueReader::Read(FieldType type, const JsonNode& node, Value& value) {
  if (!IsKindOf(node.kind, type)) return {&node, ExpectedOf(type)};
  value.is_present = true;
  if (type == FieldType::kText || type == FieldType::kDuration) {
    SetText(node.view(), value);
    return {};
  }
  if (type == FieldType::kJson || type == FieldType::kObject) {
    SetText(node.Raw(source_), value);
    return {};
  }
  if (type == FieldType::kTextList) return ReadList(node, value);
  if (type == FieldType::kTextMap) return ReadMap(node, value);
  if (type == FieldType::kBool) {
    value.boolean = node.kind == Kind::kTrue;
    return {};
  }
  FOZZY_CHECK(type != FieldType::kSteps);
  if (ReadNumber(type, node.Raw(source_), value)) return {};
  return {&node, ExpectedOf(type)};
}

Misfit ValueReader::ReadList(const JsonNode& node, Value& value) {
  Value* const items = arena_.NewArray<Value>(node.size);
  const JsonNode* item = node.inside();
  for (uint32_t i = 0; i < node.size; ++i, item = item->next()) {
    if (item->kind != Kind::kText) return {item, "a string"};
    SetText(item->view(), items[i]);
  }
  value.items = items;
  value.size = node.size;
  return {};
}

Misfit ValueReader::ReadMap(const JsonNode& node, Value& value) {
  std::vector<Entry> entries;
  const JsonNode* key = node.inside();
  for (uint32_t i = 0; i < node.size; ++i, key = key->next()->next()) {
    const JsonNode* const text = key->next();
    if (text->kind != Kind::kText) return {text, "a string"};
    entries.emplace_back(key->view(), text->view());
  }
  std::stable_sort(
      entries.begin(), entries.end(),
      [](const Entry& a, const Entry& b) { return a.first < b.first; });
  Value* const items = arena_.NewArray<Value>(2 * entries.size());
  uint32_t count = 0;
  for (size_t i = 0; i < entries.size(); ++i) {
    const bool is_overwritten =
        i + 1 < entries.size() && entries[i].first == entries[i + 1].first;
    if (is_overwritten) continue;
    SetText(entries[i].first, items[count++]);
    SetText(entries[i].second, items[count++]);
  }
  value.items = items;
  value.size = count;
  return {};
}

}  // namespace fozzy

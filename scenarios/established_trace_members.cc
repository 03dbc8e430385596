#include "scenarios/established_trace_members.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "scenarios/json_number.h"

namespace fozzy {
namespace {

using Kind = JsonNode::Kind;

absl::string_view Expected(MemberType type) {
  switch (type) {
    case MemberType::kText:
      return "a string";
    case MemberType::kUint:
      return "an integer from 0 to 18446744073709551615";
    case MemberType::kArray:
      return "an array";
    case MemberType::kObject:
      return "an object";
  }
  return "";
}

}  // namespace

TraceMember* MemberReader::Find(const JsonNode& key,
                                std::span<TraceMember> members) {
  for (TraceMember& member : members) {
    if (member.name != key.view()) continue;
    if (member.key.has_value()) {
      Fail(key, member.name, absl::StrCat("a second \"", member.name, "\""),
           "only one");
    }
    member.key = key;
    return &member;
  }
  return nullptr;
}

bool MemberReader::Set(const JsonNode& value, TraceMember& member) {
  if (value.kind == Kind::kNull && !member.is_required) return false;
  member.value = value;
  member.is_set = false;
  switch (member.type) {
    case MemberType::kText:
      member.is_set = value.kind == Kind::kText;
      if (member.is_set) member.text = value.view();
      break;
    case MemberType::kUint:
      if (value.kind == Kind::kNumber) {
        const auto integer = ReadJsonInteger(value.Raw(source_));
        member.is_set = integer.has_value() && !integer->is_negative;
        if (member.is_set) member.number = integer->magnitude;
      }
      break;
    case MemberType::kArray:
      member.is_set = value.kind == Kind::kArray;
      break;
    case MemberType::kObject:
      member.is_set = value.kind == Kind::kObject;
      break;
  }
  if (!member.is_set) {
    Fail(value, member.name, DescribeValue(value, source_),
         Expected(member.type));
  }
  return member.is_set;
}

void MemberReader::CheckMissing(const JsonNode& object,
                                std::span<TraceMember> members) {
  for (const TraceMember& member : members) {
    if (!member.is_required || member.key.has_value()) continue;
    Fail(object, member.name, "no such field", Expected(member.type));
  }
}

bool MemberReader::ReadAll(const JsonNode& object,
                           std::span<TraceMember> members) {
  if (object.kind != Kind::kObject) {
    Fail(object, "", DescribeValue(object, source_), "an object");
    return false;
  }
  const JsonNode* key = object.inside();
  for (uint32_t i = 0; i < object.size; ++i, key = key->next()->next()) {
    TraceMember* const member = Find(*key, members);
    if (member != nullptr) Set(*key->next(), *member);
  }
  CheckMissing(object, members);
  return !log_.has_failed();
}

void MemberReader::Fail(const JsonNode& node, absl::string_view field,
                        std::string found, absl::string_view expected) {
  if (log_.has_failed()) return;
  Problem problem;
  problem.offset = node.begin;
  problem.step = std::string(place_);
  if (index_.has_value()) absl::StrAppend(&problem.step, "[", *index_, "]");
  problem.field = std::string(field);
  problem.found = std::move(found);
  problem.expected = std::string(expected);
  log_.Fail(std::move(problem));
}

}  // namespace fozzy

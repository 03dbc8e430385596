#include "cli/json_query.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// One link of a path.
struct Link {
  enum class Kind { kMember, kItem, kAll };
  Kind kind = Kind::kMember;
  std::string name;   // kMember
  size_t number = 0;  // kItem
};

absl::Status BadPath(absl::string_view path) {
  return absl::InvalidArgumentError(
      absl::StrCat("bad path \"", path,
                   "\", expected a chain of .NAME, [N] and []: "
                   "\".findings[].title\""));
}

// Takes "[]" or "[N]" from the beginning of `rest`.
bool ReadItem(absl::string_view& rest, Link& link) {
  const size_t end = rest.find(']');
  if (end == absl::string_view::npos) return false;
  const absl::string_view number = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  link.kind = number.empty() ? Link::Kind::kAll : Link::Kind::kItem;
  return number.empty() ||
         (std::all_of(number.begin(), number.end(), absl::ascii_isdigit) &&
          absl::SimpleAtoi(number, &link.number));
}

// Takes ".NAME" from the beginning of `rest`.
bool ReadName(absl::string_view& rest, Link& link) {
  const size_t end = std::min(rest.find_first_of(".[]", 1), rest.size());
  link.name = std::string(rest.substr(1, end - 1));
  rest.remove_prefix(end);
  return !link.name.empty();
}

absl::StatusOr<std::vector<Link>> ReadPath(absl::string_view path) {
  std::vector<Link> links;
  if (path == ".") return links;
  absl::string_view rest = path;
  // jq writes ".[0]" for the first item.
  if (rest.substr(0, 2) == ".[") rest.remove_prefix(1);
  while (!rest.empty()) {
    Link link;
    const bool is_item = rest[0] == '[';
    if (!is_item && rest[0] != '.') return BadPath(path);
    if (!(is_item ? ReadItem(rest, link) : ReadName(rest, link))) {
      return BadPath(path);
    }
    links.push_back(std::move(link));
  }
  if (links.empty()) return BadPath(path);
  return links;
}

std::vector<const JsonNode*> ItemsOf(const JsonNode& node) {
  std::vector<const JsonNode*> items;
  if (node.kind != JsonNode::Kind::kArray) return items;
  const JsonNode* item = &node + 1;
  for (uint32_t i = 0; i < node.size; ++i) {
    items.push_back(item);
    item = item->next();
  }
  return items;
}

std::vector<const JsonNode*> Follow(const JsonNode& node, const Link& link) {
  if (link.kind == Link::Kind::kMember) {
    const JsonNode* member = MemberOf(node, link.name);
    if (member == nullptr) return {};
    return {member};
  }
  std::vector<const JsonNode*> items = ItemsOf(node);
  if (link.kind == Link::Kind::kAll) return items;
  if (link.number >= items.size()) return {};
  return {items[link.number]};
}

// Collects paths; the depth is bounded by that of JSON texts.
void AddPaths(const JsonNode& node, const std::string& path,
              std::vector<std::string>& paths) {
  if (node.kind == JsonNode::Kind::kArray) {
    for (const JsonNode* item : ItemsOf(node)) {
      AddPaths(*item, absl::StrCat(path, "[]"), paths);
    }
    return;
  }
  if (node.kind != JsonNode::Kind::kObject) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) {
      paths.push_back(path);
    }
    return;
  }
  const JsonNode* name = &node + 1;
  for (uint32_t i = 0; i < node.size; ++i) {
    AddPaths(*name->next(), absl::StrCat(path, ".", name->view()), paths);
    name = name->next()->next();
  }
}

}  // namespace

absl::StatusOr<std::vector<const JsonNode*>> QueryJson(
    const JsonDocument& document, absl::string_view path) {
  FOZZY_ASSIGN_OR_RETURN(const std::vector<Link> links, ReadPath(path));
  std::vector<const JsonNode*> values = {&document.root()};
  bool has_all = false;
  for (const Link& link : links) {
    std::vector<const JsonNode*> next;
    for (const JsonNode* value : values) {
      const std::vector<const JsonNode*> found = Follow(*value, link);
      next.insert(next.end(), found.begin(), found.end());
    }
    values = std::move(next);
  }
  // What is empty is left out of reports: no findings, no member.
  for (const Link& link : links) has_all |= link.kind == Link::Kind::kAll;
  if (values.empty() && !has_all) {
    return absl::NotFoundError(
        absl::StrCat("the report has no ", path, ", see --list-paths"));
  }
  return values;
}

std::vector<std::string> ListJsonPaths(const JsonDocument& document) {
  std::vector<std::string> paths;
  AddPaths(document.root(), "", paths);
  return paths;
}

}  // namespace fozzy

#include "scenarios/parse_distributed.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "scenarios/json_number.h"

namespace fozzy {
namespace {

using Kind = JsonNode::Kind;

// Members by name; null if absent.
struct Members {
  const JsonNode* nodes = nullptr;
  const JsonNode* node_count = nullptr;
  const JsonNode* steps = nullptr;
  const JsonNode* invariants = nullptr;
};

struct MemberName {
  absl::string_view name;
  const JsonNode* Members::*member;
};

constexpr MemberName kMembers[] = {
    {"nodes", &Members::nodes},
    {"node_count", &Members::node_count},
    {"steps", &Members::steps},
    {"invariants", &Members::invariants},
};

bool Fail(const JsonNode& node, absl::string_view field, std::string found,
          absl::string_view expected, ParseContext& context) {
  context.log.Fail(ProblemAt(node, absl::StrCat("distributed.", field),
                             std::move(found), expected));
  return false;
}

bool FailType(const JsonNode& node, absl::string_view field,
              absl::string_view expected, ParseContext& context) {
  return Fail(node, field, DescribeValue(node, context.source), expected,
              context);
}

// Sorts the members of `node` by name.
bool FindMembers(const JsonNode& node, ParseContext& context,
                 Members& members) {
  const JsonNode* key = node.inside();
  for (uint32_t i = 0; i < node.size; ++i, key = key->next()->next()) {
    const auto known = std::find_if(
        std::begin(kMembers), std::end(kMembers),
        [key](const MemberName& name) { return name.name == key->view(); });
    if (known == std::end(kMembers)) {
      WarnOfUnknown(*key, "distributed",
                    {"nodes", "node_count", "steps", "invariants"}, context);
      continue;
    }
    const JsonNode*& member = members.*known->member;
    if (member != nullptr) {
      return Fail(*key, known->name, DescribeSecond(known->name), "only one",
                  context);
    }
    member = key->next();
  }
  return true;
}

bool IsAbsent(const JsonNode* node) {
  return node == nullptr || node->kind == Kind::kNull;
}

bool ReadNodes(const JsonNode& nodes, ParseContext& context,
               std::vector<absl::string_view>& names) {
  if (nodes.kind != Kind::kArray) {
    return FailType(nodes, "nodes", "an array of strings", context);
  }
  const JsonNode* item = nodes.inside();
  for (uint32_t i = 0; i < nodes.size; ++i, item = item->next()) {
    if (item->kind != Kind::kText) {
      return FailType(*item, "nodes", "a string", context);
    }
    names.push_back(item->view());
  }
  return true;
}

// Reads how many nodes there are into `count`.
bool ReadCount(const JsonNode& node, ParseContext& context, uint64_t& count) {
  std::optional<JsonInteger> integer;
  if (node.kind == Kind::kNumber) {
    integer = ReadJsonInteger(node.Raw(context.source));
  }
  if (!integer.has_value() || integer->is_negative) {
    return FailType(node, "node_count",
                    "an integer from 0 to 18446744073709551615", context);
  }
  count = integer->magnitude;
  return true;
}

// Leaves only the first of equal names.
void RemoveRepeated(std::vector<absl::string_view>& names) {
  std::vector<absl::string_view> sorted = names;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end()) return;
  std::vector<bool> is_seen(sorted.size());
  const auto is_repeated = [&](absl::string_view name) {
    const size_t at = static_cast<size_t>(
        std::lower_bound(sorted.begin(), sorted.end(), name) - sorted.begin());
    const bool was_seen = is_seen[at];
    is_seen[at] = true;
    return was_seen;
  };
  names.erase(std::remove_if(names.begin(), names.end(), is_repeated),
              names.end());
}

// Checks the number of nodes, and names them if the file does not.
void SetNodes(const JsonNode& node, const Members& members, uint64_t count,
              ParseContext& context, std::vector<absl::string_view>& names) {
  const bool has_names = !IsAbsent(members.nodes);
  const bool has_count = !IsAbsent(members.node_count);
  if (has_names) count = names.size();
  const JsonNode& place = has_names   ? *members.nodes
                          : has_count ? *members.node_count
                                      : node;
  if (!has_names && !has_count) {
    context.log.Add(ProblemAt(node, "distributed.nodes", "no such field",
                              "\"nodes\" or \"node_count\""));
  } else if (count == 0 || count > kNodesMax) {
    context.log.Add(ProblemAt(
        place, has_names ? "distributed.nodes" : "distributed.node_count",
        absl::StrCat(count, " nodes"),
        absl::StrCat("from 1 to ", kNodesMax, " nodes")));
  } else if (has_names) {
    RemoveRepeated(names);
  } else {
    for (uint64_t i = 0; i < count; ++i) {
      names.push_back(context.arena.Copy(absl::StrCat("n", i)));
    }
  }
}

bool ReadSteps(const JsonNode& array, StepTable table, absl::string_view field,
               ParseContext& context, std::vector<Step>& steps) {
  if (array.kind != Kind::kArray) {
    return FailType(array, field, "an array of steps", context);
  }
  const std::string list = absl::StrCat("distributed.", field);
  StepParser parser(table, list, context);
  return parser.ParseAll(array, steps);
}

// Says where text `text`, a field of `step`, stands in the source.
uint64_t OffsetOf(absl::string_view text, const Step& step,
                  const std::string& source) {
  const bool is_inside = text.data() > source.data() &&
                         text.data() < source.data() + source.size();
  if (!is_inside) return step.offset;
  return static_cast<uint64_t>(text.data() - source.data()) - 1;
}

// Tells the log of fields of `steps` that should name a node and do not.
void CheckNames(const std::vector<Step>& steps, StepTable table,
                absl::string_view field,
                const std::vector<absl::string_view>& sorted_nodes,
                ParseContext& context) {
  for (size_t i = 0; i < steps.size(); ++i) {
    const StepSpec& spec = table[steps[i].type];
    for (size_t j = 0; j < spec.fields.size(); ++j) {
      const absl::string_view name = spec.fields[j].name;
      if (name != "node" && name != "a" && name != "b") continue;
      const absl::string_view text = steps[i].text(j);
      if (std::binary_search(sorted_nodes.begin(), sorted_nodes.end(), text)) {
        continue;
      }
      Problem problem;
      problem.offset = OffsetOf(text, steps[i], context.source);
      problem.step =
          absl::StrCat("distributed.", field, "[", i, "] (", spec.name, ")");
      problem.field = std::string(name);
      problem.found = absl::StrCat(QuoteForMessage(text), ", an unknown node");
      problem.expected = absl::StrCat("a node of this scenario, such as ",
                                      QuoteForMessage(sorted_nodes.front()));
      context.log.Add(std::move(problem));
    }
  }
}

}  // namespace

bool ParseDistributed(const JsonNode& node, const ParseTables& tables,
                      ParseContext& context, Distributed& distributed) {
  if (node.kind != Kind::kObject) {
    context.log.Fail(ProblemAt(node, "distributed",
                               DescribeValue(node, context.source),
                               "an object with \"nodes\" and \"steps\""));
    return false;
  }
  Members members;
  if (!FindMembers(node, context, members)) return false;
  if (members.steps == nullptr) {
    return Fail(node, "steps", "no such field", "an array of steps", context);
  }
  uint64_t count = 0;
  std::vector<absl::string_view>& names = distributed.nodes;
  if (!IsAbsent(members.nodes) && !ReadNodes(*members.nodes, context, names)) {
    return false;
  }
  if (!IsAbsent(members.node_count) &&
      !ReadCount(*members.node_count, context, count)) {
    return false;
  }
  if (!ReadSteps(*members.steps, tables.distributed_steps, "steps", context,
                 distributed.steps)) {
    return false;
  }
  if (members.invariants != nullptr &&
      !ReadSteps(*members.invariants, tables.invariants, "invariants", context,
                 distributed.invariants)) {
    return false;
  }
  SetNodes(node, members, count, context, names);
  if (names.empty()) return true;
  std::vector<absl::string_view> sorted = names;
  std::sort(sorted.begin(), sorted.end());
  CheckNames(distributed.steps, tables.distributed_steps, "steps", sorted,
             context);
  CheckNames(distributed.invariants, tables.invariants, "invariants", sorted,
             context);
  return true;
}

}  // namespace fozzy

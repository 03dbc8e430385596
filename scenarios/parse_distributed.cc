#include "scenarios/parse_distributed.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "scenarios/json_number.h"

namespace fozzy {
namespace {

using Kind = JsonNode::Kind;

// Members by name; null if absent.
struct Members {
  const JsonNode* system = nullptr;
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
    {"system", &Members::system},         {"nodes", &Members::nodes},
    {"node_count", &Members::node_count}, {"steps", &Members::steps},
    {"invariants", &Members::invariants},
};

bool IsAbsent(const JsonNode* node) {
  return node == nullptr || node->kind == Kind::kNull;
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

// Says where text `text`, a field of `step`, stands in the source.
uint64_t OffsetOf(absl::string_view text, const Step& step,
                  const std::string& source) {
  const bool is_inside = text.data() > source.data() &&
                         text.data() < source.data() + source.size();
  if (!is_inside) return step.offset;
  return static_cast<uint64_t>(text.data() - source.data()) - 1;
}

// Reads one "distributed".
class DistributedParser {
 public:
  DistributedParser(const ParseTables& tables, ParseContext& context,
                    Distributed& distributed)
      : tables_(tables), context_(context), distributed_(distributed) {}

  bool Parse(const JsonNode& node);

 private:
  bool FindMembers(const JsonNode& node);
  bool ReadSystem();
  bool ReadNodes();
  bool ReadCount();
  bool ReadSteps();
  bool ReadInvariants();
  void SetNodes(const JsonNode& node);
  void CheckNames(const std::vector<Step>& steps, StepTable table,
                  absl::string_view field);
  bool IsNode(absl::string_view name) const;
  void FailNode(const Step& step, size_t field, Problem problem);
  bool Fail(const JsonNode& node, absl::string_view field, std::string found,
            absl::string_view expected);
  bool FailType(const JsonNode& node, absl::string_view field,
                absl::string_view expected);

  const ParseTables& tables_;
  ParseContext& context_;
  Distributed& distributed_;
  Members members_;
  uint64_t count_ = 0;                           // as written
  std::vector<absl::string_view> sorted_nodes_;  // to look names up in
};

bool DistributedParser::Parse(const JsonNode& node) {
  if (!FindMembers(node)) return false;
  if (members_.steps == nullptr) {
    return Fail(node, "steps", DescribeMissing(nullptr), "an array of steps");
  }
  if (!ReadSystem() || !ReadNodes() || !ReadCount() || !ReadSteps() ||
      !ReadInvariants()) {
    return false;
  }
  SetNodes(node);
  sorted_nodes_ = distributed_.nodes;
  if (sorted_nodes_.empty()) return true;
  std::sort(sorted_nodes_.begin(), sorted_nodes_.end());
  CheckNames(distributed_.steps, tables_.distributed_steps, "steps");
  CheckNames(distributed_.invariants, tables_.invariants, "invariants");
  return true;
}

// Sorts the members of `node` by name.
bool DistributedParser::FindMembers(const JsonNode& node) {
  const JsonNode* key = node.inside();
  for (uint32_t i = 0; i < node.size; ++i, key = key->next()->next()) {
    const auto known = std::find_if(
        std::begin(kMembers), std::end(kMembers),
        [key](const MemberName& name) { return name.name == key->view(); });
    if (known == std::end(kMembers)) {
      WarnOfUnknown(*key, "distributed",
                    {"system", "nodes", "node_count", "steps", "invariants"},
                    context_);
      continue;
    }
    const JsonNode*& member = members_.*known->member;
    if (member != nullptr) {
      return Fail(*key, known->name, DescribeSecond(known->name), "only one");
    }
    member = key->next();
  }
  return true;
}

bool DistributedParser::ReadSystem() {
  if (IsAbsent(members_.system)) return true;
  const JsonNode& node = *members_.system;
  if (node.kind != Kind::kText) return FailType(node, "system", "a string");
  const std::optional<ClusterSystem> system = ClusterSystemOf(node.view());
  if (system) {
    distributed_.system = *system;
    return true;
  }
  std::vector<absl::string_view> names;
  for (const ClusterSystemInfo& info : kClusterSystems) {
    names.push_back(info.name);
  }
  context_.log.Add(ProblemAt(
      node, "distributed.system",
      absl::StrCat(QuoteForMessage(node.view()), ", an unknown system"),
      absl::StrCat("one of ", absl::StrJoin(names, ", "))));
  return true;
}

bool DistributedParser::ReadNodes() {
  if (IsAbsent(members_.nodes)) return true;
  const JsonNode& nodes = *members_.nodes;
  if (nodes.kind != Kind::kArray) {
    return FailType(nodes, "nodes", "an array of strings");
  }
  const JsonNode* item = nodes.inside();
  for (uint32_t i = 0; i < nodes.size; ++i, item = item->next()) {
    if (item->kind != Kind::kText) return FailType(*item, "nodes", "a string");
    distributed_.nodes.push_back(item->view());
  }
  return true;
}

bool DistributedParser::ReadCount() {
  if (IsAbsent(members_.node_count)) return true;
  const JsonNode& node = *members_.node_count;
  std::optional<JsonInteger> integer;
  if (node.kind == Kind::kNumber) {
    integer = ReadJsonInteger(node.Raw(context_.source));
  }
  if (!integer.has_value() || integer->is_negative) {
    return FailType(node, "node_count",
                    "an integer from 0 to 18446744073709551615");
  }
  count_ = integer->magnitude;
  return true;
}

bool DistributedParser::ReadSteps() {
  const JsonNode& steps = *members_.steps;
  if (steps.kind != Kind::kArray) {
    return FailType(steps, "steps", "an array of steps");
  }
  StepParser parser(tables_.distributed_steps, "distributed.steps", context_);
  return parser.ParseAll(steps, distributed_.steps);
}

bool DistributedParser::ReadInvariants() {
  if (members_.invariants == nullptr) return true;
  const JsonNode& invariants = *members_.invariants;
  if (invariants.kind != Kind::kArray) {
    return FailType(invariants, "invariants", "an array of invariants");
  }
  StepParser parser(tables_.invariants, "distributed.invariants", context_);
  return parser.ParseAll(invariants, distributed_.invariants);
}

// Checks the number of nodes, and names them if the file does not.
void DistributedParser::SetNodes(const JsonNode& node) {
  std::vector<absl::string_view>& names = distributed_.nodes;
  const bool has_names = !IsAbsent(members_.nodes);
  if (!has_names && IsAbsent(members_.node_count)) {
    context_.log.Add(ProblemAt(node, "distributed.nodes",
                               DescribeMissing(nullptr),
                               "\"nodes\" or \"node_count\""));
    return;
  }
  const uint64_t count = has_names ? names.size() : count_;
  if (count == 0 || count > kNodesMax) {
    context_.log.Add(
        ProblemAt(has_names ? *members_.nodes : *members_.node_count,
                  has_names ? "distributed.nodes" : "distributed.node_count",
                  absl::StrCat(count, " nodes"),
                  absl::StrCat("from 1 to ", kNodesMax, " nodes")));
  } else if (has_names) {
    RemoveRepeated(names);
  } else {
    for (uint64_t i = 0; i < count; ++i) {
      names.push_back(context_.arena.Copy(absl::StrCat("n", i)));
    }
  }
}

// Tells the log of fields of `steps` that should name a node and do not.
void DistributedParser::CheckNames(const std::vector<Step>& steps,
                                   StepTable table, absl::string_view field) {
  for (size_t i = 0; i < steps.size(); ++i) {
    const StepSpec& spec = table[steps[i].type];
    for (size_t j = 0; j < spec.fields.size(); ++j) {
      const absl::string_view name = spec.fields[j].name;
      if (name != "node" && name != "a" && name != "b") continue;
      if (IsNode(steps[i].text(j))) continue;
      Problem problem;
      problem.step =
          absl::StrCat("distributed.", field, "[", i, "] (", spec.name, ")");
      problem.field = std::string(name);
      FailNode(steps[i], j, std::move(problem));
    }
  }
}

bool DistributedParser::IsNode(absl::string_view name) const {
  return std::binary_search(sorted_nodes_.begin(), sorted_nodes_.end(), name);
}

// Adds `problem` to the log: field `field` of `step` is not a node.
void DistributedParser::FailNode(const Step& step, size_t field,
                                 Problem problem) {
  const absl::string_view text = step.text(field);
  problem.offset = OffsetOf(text, step, context_.source);
  problem.found = absl::StrCat(QuoteForMessage(text), ", an unknown node");
  problem.expected = absl::StrCat("a node of this scenario, such as ",
                                  QuoteForMessage(sorted_nodes_.front()));
  context_.log.Add(std::move(problem));
}

bool DistributedParser::Fail(const JsonNode& node, absl::string_view field,
                             std::string found, absl::string_view expected) {
  context_.log.Fail(ProblemAt(node, absl::StrCat("distributed.", field),
                              std::move(found), expected));
  return false;
}

bool DistributedParser::FailType(const JsonNode& node, absl::string_view field,
                                 absl::string_view expected) {
  return Fail(node, field, DescribeValue(node, context_.source), expected);
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
  return DistributedParser(tables, context, distributed).Parse(node);
}

}  // namespace fozzy

#include "scenarios/parse.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "scenarios/json.h"
#include "scenarios/json_number.h"
#include "scenarios/parse_distributed.h"
#include "scenarios/parse_log.h"
#include "scenarios/parse_names.h"
#include "scenarios/parse_step.h"
#include "scenarios/scenario_arena.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

using Kind = JsonNode::Kind;

constexpr absl::string_view kSuitesExpected =
    "\"steps\" or \"distributed\": suites are not supported, make a file with "
    "\"steps\" of each of them";

// A member of the document that means something.
struct Member {
  absl::string_view name;
  std::optional<JsonNode> key;
  std::optional<JsonNode> value;  // once it was read; without what is inside
};

// Types a document while it is read, so that no tree of it is ever held.
class DocumentParser final : public JsonListener {
 public:
  DocumentParser(ScenarioData& data, ParseLog& log)
      : data_(data),
        context_{data.source, data.arena, log, 0},
        parser_(data.tables.steps, "steps", context_) {}

  bool IsSplit(const JsonNode& key) override;
  void OnItem(JsonTape item) override;
  void OnMember(const JsonNode& key, JsonTape value) override;
  void OnRoot(JsonTape root) override;

  // After the last of it: what can be told only now.  Returns the variant, or
  // nothing if the document cannot be understood.
  std::optional<ScenarioVariant> Finish();

 private:
  bool has_failed() const { return context_.log.has_failed(); }

  void ReadVersion(const JsonNode& value);
  void ReadName(const JsonNode& value);
  void ReserveSteps(uint32_t end);
  std::optional<ScenarioVariant> FindVariant();
  void Require(const Member& member, absl::string_view expected);
  const JsonNode* FindMisspelt(absl::string_view name) const;
  void FailAt(const JsonNode& node, absl::string_view field, std::string found,
              absl::string_view expected);

  ScenarioData& data_;
  ParseContext context_;
  StepParser parser_;
  JsonNode root_;
  Member version_ = {"version", {}, {}};
  Member name_ = {"name", {}, {}};
  Member steps_ = {"steps", {}, {}};
  Member distributed_ = {"distributed", {}, {}};
  Member suites_ = {"suites", {}, {}};
  Member* const members_[5] = {&version_, &name_, &steps_, &distributed_,
                               &suites_};
  Member* current_ = nullptr;      // what the member being read is; or null
  bool is_split_ = false;          // whether its items come one by one
  std::vector<JsonNode> unknown_;  // keys, up to kWarningsMax
};

bool DocumentParser::IsSplit(const JsonNode& key) {
  current_ = nullptr;
  for (Member* const member : members_) {
    if (key.view() == member->name) current_ = member;
  }
  is_split_ = current_ == &steps_;
  if (current_ == nullptr) return false;
  // Not ours to judge; the last one counts.
  const bool may_repeat = current_ == &suites_;
  if (current_->key.has_value() && !may_repeat) {
    FailAt(key, current_->name, DescribeSecond(current_->name), "only one");
  }
  current_->key = key;
  return is_split_;
}

void DocumentParser::OnItem(JsonTape item) {
  if (has_failed()) return;
  std::vector<Step>& steps = data_.steps;
  if (steps.size() == steps.capacity()) ReserveSteps(item[0].end);
  const uint32_t index = static_cast<uint32_t>(steps.size());
  parser_.Parse(item[0], index, steps.emplace_back());
}

// Makes room for as many steps as the rest of the file can be expected to have:
// doubling would take twice the memory.
void DocumentParser::ReserveSteps(uint32_t end) {
  const uint64_t begin = steps_.key->end;
  const uint64_t size = data_.steps.size();
  if (size < 16) return data_.steps.reserve(16);
  const uint64_t whole = data_.source.size() - begin;
  const uint64_t expected = size * whole / (end - begin);
  data_.steps.reserve(
      std::clamp(expected + expected / 64, size + size / 8, size * 64));
}

void DocumentParser::OnMember(const JsonNode& key, JsonTape value) {
  if (current_ == nullptr) {
    if (context_.log.wants_warning()) unknown_.push_back(key);
    WarnOfUnknown(key, "", {"version", "name", "steps", "distributed"},
                  context_);
    return;
  }
  current_->value = value[0];
  if (has_failed()) return;
  if (current_ == &version_) ReadVersion(value[0]);
  if (current_ == &name_) ReadName(value[0]);
  if (current_ == &distributed_) {
    ParseDistributed(value[0], data_.tables, context_, data_.distributed);
  }
  if (current_ == &steps_ && value[0].kind != Kind::kArray) {
    FailAt(value[0], "steps", DescribeValue(value[0], data_.source),
           "an array of steps");
  }
}

void DocumentParser::OnRoot(JsonTape root) {
  root_ = root[0];
  if (root_.kind == Kind::kObject) return;
  FailAt(root_, "", DescribeValue(root_, data_.source),
         "a scenario, an object with \"version\", \"name\" and \"steps\"");
}

void DocumentParser::ReadVersion(const JsonNode& value) {
  std::optional<JsonInteger> integer;
  if (value.kind == Kind::kNumber) {
    integer = ReadJsonInteger(value.Raw(data_.source));
  }
  if (!integer.has_value() || integer->is_negative ||
      integer->magnitude > std::numeric_limits<uint32_t>::max()) {
    return FailAt(value, "version", DescribeValue(value, data_.source), "1");
  }
  data_.version = static_cast<uint32_t>(integer->magnitude);
  if (data_.version == 1) return;
  context_.log.Add(ProblemAt(value, "version",
                             absl::StrCat("version ", data_.version), "1"));
}

void DocumentParser::ReadName(const JsonNode& value) {
  if (value.kind != Kind::kText) {
    return FailAt(value, "name", DescribeValue(value, data_.source),
                  "a string");
  }
  data_.name = value.view();
}

std::optional<ScenarioVariant> DocumentParser::Finish() {
  if (root_.kind != Kind::kObject) return std::nullopt;
  const bool has_steps = steps_.key.has_value();
  if (has_steps && distributed_.key.has_value()) {
    context_.log.FailAbove(ProblemAt(
        std::max(steps_.key->begin, distributed_.key->begin) ==
                steps_.key->begin
            ? *steps_.key
            : *distributed_.key,
        "distributed", "\"steps\" and \"distributed\"", "one of them"));
    return std::nullopt;
  }
  Require(version_, "1");
  Require(name_, "a string");
  if (suites_.key.has_value() && (!has_steps || has_failed())) {
    context_.log.FailAbove(
        ProblemAt(*suites_.key, "suites", "\"suites\"", kSuitesExpected));
    return ScenarioVariant::kSuites;
  }
  return FindVariant();
}

std::optional<ScenarioVariant> DocumentParser::FindVariant() {
  const bool is_distributed = distributed_.key.has_value();
  if (!is_distributed) Require(steps_, "an array of steps");
  if (has_failed()) return std::nullopt;
  data_.step_count = context_.next_number;
  if (is_distributed) return ScenarioVariant::kDistributed;
  parser_.CheckList(*steps_.value);
  if (suites_.key.has_value()) {
    WarnOfUnknown(*suites_.key, "", {"version", "name", "steps"}, context_);
  }
  return ScenarioVariant::kSteps;
}

void DocumentParser::Require(const Member& member, absl::string_view expected) {
  if (has_failed() || member.key.has_value()) return;
  const JsonNode* const misspelt = FindMisspelt(member.name);
  FailAt(misspelt == nullptr ? root_ : *misspelt, member.name,
         DescribeMissing(misspelt), expected);
}

const JsonNode* DocumentParser::FindMisspelt(absl::string_view name) const {
  for (const JsonNode& key : unknown_) {
    if (!NearestName(key.view(), {name}).empty()) return &key;
  }
  return nullptr;
}

void DocumentParser::FailAt(const JsonNode& node, absl::string_view field,
                            std::string found, absl::string_view expected) {
  context_.log.Fail(
      ProblemAt(node, std::string(field), std::move(found), expected));
}

Problem FromJsonError(JsonError error) {
  Problem problem;
  problem.offset = error.offset;
  problem.found = std::move(error.found);
  problem.expected = std::move(error.expected);
  return problem;
}

bool IsError(const Problem& problem) {
  return problem.severity == Problem::Severity::kError;
}

// Returns the size of the first block of memory for a file of `bytes` bytes.
size_t FirstBlock(size_t bytes) {
  return std::clamp<size_t>(bytes, 512, 16 << 10);
}

}  // namespace

ParseOutcome ParseScenario(std::string path, std::string source,
                           const ParseTables& tables) {
  FOZZY_CHECK(source.size() <= kJsonBytesMax);
  const size_t block = FirstBlock(source.size());
  auto data = std::make_unique<ScenarioData>();
  data->path = std::move(path);
  data->source = std::move(source);
  data->arena = ScenarioArena(block);
  data->tables = tables;
  ParseOutcome outcome;
  ParseLog log;
  DocumentParser parser(*data, log);
  if (std::optional<JsonError> error =
          WalkJson(data->source, data->arena, parser)) {
    ParseLog syntax;
    syntax.Fail(FromJsonError(*std::move(error)));
    outcome.problems = std::move(syntax).Take(data->source);
    return outcome;
  }
  outcome.variant = parser.Finish();
  outcome.problems = std::move(log).Take(data->source);
  if (std::any_of(outcome.problems.begin(), outcome.problems.end(), IsError)) {
    return outcome;
  }
  data->variant = *outcome.variant;
  for (const Problem& problem : outcome.problems) {
    if (problem.severity == Problem::Severity::kWarning) {
      data->warnings.push_back(problem);
    }
  }
  outcome.scenario.emplace(std::move(data));
  return outcome;
}

}  // namespace fozzy

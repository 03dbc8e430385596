#include "scenarios/parse_step.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "scenarios/duration.h"
#include "scenarios/parse_names.h"
#include "scenarios/parse_value.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

using Kind = JsonNode::Kind;

constexpr size_t kFieldsMax = 32;
constexpr uint32_t kNowhere = ~uint32_t{0};

// Returns `expected`, with what may have been meant by `written`.
std::string WithGuess(absl::string_view expected, absl::string_view written,
                      const std::vector<absl::string_view>& known) {
  const absl::string_view nearest = NearestName(written, known);
  if (nearest.empty()) return std::string(expected);
  return absl::StrCat(expected, "; did you mean \"", nearest, "\"?");
}

std::vector<absl::string_view> TypeNames(StepTable table) {
  std::vector<absl::string_view> names;
  for (const StepSpec& spec : table) names.push_back(spec.name);
  return names;
}

// Returns which of `spec` field `name` is; how many it has if none.
size_t FieldIndex(const StepSpec& spec, absl::string_view name) {
  size_t i = 0;
  while (i < spec.fields.size() && spec.fields[i].name != name) ++i;
  return i;
}

// Returns the first unknown key of object `node`, a step of `spec`, that looks
// like a misspelt `name`; null if there is none.
const JsonNode* FindMisspelt(const JsonNode& node, const StepSpec& spec,
                             absl::string_view name) {
  const JsonNode* key = node.inside();
  for (uint32_t i = 0; i < node.size; ++i, key = key->next()->next()) {
    const bool is_known = key->view() == "type" ||
                          FieldIndex(spec, key->view()) < spec.fields.size();
    if (!is_known && !NearestName(key->view(), {name}).empty()) return key;
  }
  return nullptr;
}

}  // namespace

Problem ProblemAt(const JsonNode& node, std::string field, std::string found,
                  absl::string_view expected) {
  Problem problem;
  problem.offset = node.begin;
  problem.field = std::move(field);
  problem.found = std::move(found);
  problem.expected = std::string(expected);
  return problem;
}

std::string DescribeMissing(const JsonNode* misspelt) {
  if (misspelt == nullptr) return "no such field";
  return absl::StrCat("no such field, but the unknown ",
                      QuoteForMessage(misspelt->view()));
}

std::string DescribeSecond(absl::string_view field) {
  return absl::StrCat("a second \"", field, "\"");
}

void WarnOfUnknown(const JsonNode& key, std::string step,
                   const std::vector<absl::string_view>& known,
                   ParseContext& context) {
  Problem warning;
  if (context.log.wants_warning()) {
    const std::string written = QuoteForMessage(key.view());
    warning = ProblemAt(key, std::string(key.view()),
                        absl::StrCat(written, ", an unknown field"), "");
    warning.step = std::move(step);
    const std::string names = absl::StrJoin(known, ", ");
    warning.expected =
        WithGuess(absl::StrCat("one of ", names), key.view(), known);
  }
  warning.severity = Problem::Severity::kWarning;
  context.log.Warn(std::move(warning));
}

// Hears what the static check of the step that was just read finds.
class StepParser::Checker : public CheckReport {
 public:
  Checker(StepParser& parser, const Step& step, const uint32_t* offsets)
      : parser_(parser), step_(step), offsets_(offsets) {}

  void Error(const Step& step, size_t field, std::string found,
             std::string expected) override {
    Report(step, field, std::move(found), std::move(expected));
    parser_.context_.log.Add(std::move(problem_));
  }

  void Mistake(const Step& step, size_t field, std::string found,
               std::string expected) override {
    Report(step, field, std::move(found), std::move(expected));
    problem_.severity = Problem::Severity::kMistake;
    parser_.context_.log.Add(std::move(problem_));
  }

 private:
  void Report(const Step& step, size_t field, std::string found,
              std::string expected) {
    const StepSpec& spec = parser_.table_[step.type];
    problem_ = Problem();
    const bool is_known = &step == &step_ && field < spec.fields.size() &&
                          offsets_[field] != kNowhere;
    problem_.offset = is_known ? offsets_[field] : step.offset;
    problem_.step = parser_.Path();
    if (field < spec.fields.size()) {
      problem_.field = std::string(spec.fields[field].name);
    }
    problem_.found = std::move(found);
    problem_.expected = std::move(expected);
  }

  StepParser& parser_;
  const Step& step_;
  const uint32_t* const offsets_;
  Problem problem_;
};

StepParser::StepParser(StepTable table, absl::string_view list,
                       ParseContext& context)
    : table_(table),
      list_(list),
      context_(context),
      values_(context.source, context.arena) {
  path_.push_back({list, 0, {}});
}

bool StepParser::Parse(const JsonNode& node, uint32_t index, Step& step) {
  path_[0].index = index;
  if (!ParseObject(node, step)) return false;
  Count(step, count_);
  return true;
}

bool StepParser::ParseAll(const JsonNode& array, std::vector<Step>& steps) {
  steps.resize(array.size);
  const JsonNode* item = array.inside();
  for (uint32_t i = 0; i < array.size; ++i, item = item->next()) {
    if (!Parse(*item, i, steps[i])) return false;
  }
  return true;
}

void StepParser::CheckList(const JsonNode& node) {
  if (!count_.is_only_rules()) return;
  context_.log.Add(ProblemAt(node, std::string(list_),
                             "only http_when and proc_when",
                             "at least one step of another type"));
}

bool StepParser::ParseObject(const JsonNode& node, Step& step) {
  path_.back().type = {};
  if (node.kind != Kind::kObject) {
    return Fail(node, "", DescribeValue(node, context_.source),
                "a step, an object with a \"type\"");
  }
  step.number = context_.next_number++;
  step.offset = node.begin;
  if (!FindType(node, step)) return false;
  const StepSpec& spec = table_[step.type];
  path_.back().type = spec.name;
  FOZZY_CHECK(spec.fields.size() <= kFieldsMax);
  uint32_t offsets[kFieldsMax];
  std::fill_n(offsets, spec.fields.size(), kNowhere);
  if (!ParseFields(node, step, offsets)) return false;
  if (!CheckPresent(node, step, offsets)) return false;
  Check(step, offsets);
  return true;
}

bool StepParser::FindType(const JsonNode& node, Step& step) {
  const JsonNode* type = nullptr;
  const JsonNode* key = node.inside();
  for (uint32_t i = 0; i < node.size; ++i, key = key->next()->next()) {
    if (key->view() != "type") continue;
    if (type != nullptr) {
      return Fail(*key, "type", DescribeSecond("type"), "only one");
    }
    type = key->next();
  }
  if (type == nullptr) {
    return Fail(node, "type", DescribeMissing(nullptr), "the type of the step");
  }
  if (type->kind != Kind::kText) {
    return Fail(*type, "type", DescribeValue(*type, context_.source),
                "the type of the step, a string");
  }
  const absl::string_view name = type->view();
  const auto spec = std::lower_bound(
      table_.begin(), table_.end(), name,
      [](const StepSpec& a, absl::string_view b) { return a.name < b; });
  if (spec == table_.end() || spec->name != name) {
    return Fail(*type, "type", QuoteForMessage(name),
                WithGuess("a known type of step", name, TypeNames(table_)));
  }
  step.type = static_cast<uint16_t>(spec - table_.begin());
  return true;
}

bool StepParser::ParseFields(const JsonNode& node, Step& step,
                             uint32_t* offsets) {
  const StepSpec& spec = table_[step.type];
  Value* const values = context_.arena.NewArray<Value>(spec.fields.size());
  step.values = values;
  const JsonNode* key = node.inside();
  for (uint32_t i = 0; i < node.size; ++i, key = key->next()->next()) {
    if (key->view() == "type") continue;
    const size_t field = FieldIndex(spec, key->view());
    if (field == spec.fields.size()) {
      WarnOfField(*key, spec);
      continue;
    }
    if (offsets[field] != kNowhere) {
      const absl::string_view name = spec.fields[field].name;
      return Fail(*key, name, DescribeSecond(name), "only one");
    }
    offsets[field] = key->next()->begin;
    if (!ParseField(*key, spec.fields[field], values[field])) return false;
  }
  return true;
}

bool StepParser::ParseField(const JsonNode& key, const FieldSpec& field,
                            Value& value) {
  const JsonNode& node = *key.next();
  if (node.kind == Kind::kNull && field.presence == Presence::kOptional) {
    return true;
  }
  if (field.type == FieldType::kSteps && node.kind == Kind::kArray) {
    return ParseSteps(node, field, value);
  }
  const Misfit misfit = values_.Read(field.type, node, value);
  if (misfit.node == nullptr) return true;
  return Fail(*misfit.node, field.name,
              DescribeValue(*misfit.node, context_.source), misfit.expected);
}

bool StepParser::ParseSteps(const JsonNode& array, const FieldSpec& field,
                            Value& value) {
  Step* const steps = context_.arena.NewArray<Step>(array.size);
  ListCount count;
  const JsonNode* item = array.inside();
  for (uint32_t i = 0; i < array.size; ++i, item = item->next()) {
    path_.push_back({field.name, i, {}});
    if (!ParseObject(*item, steps[i])) return false;
    path_.pop_back();
    Count(steps[i], count);
  }
  CheckRules(array, field.name, count);
  value.steps = steps;
  value.size = array.size;
  value.is_present = true;
  return true;
}

bool StepParser::CheckPresent(const JsonNode& node, const Step& step,
                              const uint32_t* offsets) {
  const StepSpec& spec = table_[step.type];
  for (size_t i = 0; i < spec.fields.size(); ++i) {
    const FieldSpec& field = spec.fields[i];
    if (field.presence != Presence::kRequired || offsets[i] != kNowhere) {
      continue;
    }
    const JsonNode* const misspelt = FindMisspelt(node, spec, field.name);
    return Fail(misspelt == nullptr ? node : *misspelt, field.name,
                DescribeMissing(misspelt), ExpectedOf(field.type));
  }
  return true;
}

void StepParser::Check(const Step& step, const uint32_t* offsets) {
  const StepSpec& spec = table_[step.type];
  Checker checker(*this, step, offsets);
  for (size_t i = 0; i < spec.fields.size(); ++i) {
    if (spec.fields[i].type != FieldType::kDuration || !step.has(i)) continue;
    if (ParseDuration(step.text(i)).ok()) continue;
    checker.Error(step, i, QuoteForMessage(step.text(i)),
                  std::string(kDurationExpected));
  }
  if (spec.check != nullptr) spec.check(step, checker);
}

void StepParser::CheckRules(const JsonNode& array, absl::string_view field,
                            const ListCount& count) {
  if (!count.is_only_rules()) return;
  Problem problem =
      ProblemAt(array, std::string(field), "only http_when and proc_when",
                "at least one step of another type");
  problem.step = Path();
  context_.log.Add(std::move(problem));
}

void StepParser::Count(const Step& step, ListCount& count) const {
  const absl::string_view type = table_[step.type].name;
  ++count.steps;
  if (type == "http_when" || type == "proc_when") ++count.rules;
}

void StepParser::WarnOfField(const JsonNode& key, const StepSpec& spec) {
  if (!context_.log.wants_warning()) return context_.log.Warn({});
  std::vector<absl::string_view> known = {"type"};
  for (const FieldSpec& field : spec.fields) known.push_back(field.name);
  WarnOfUnknown(key, Path(), known, context_);
}

std::string StepParser::Path() const {
  std::string path;
  for (const PathPart& part : path_) {
    absl::StrAppend(&path, path.empty() ? "" : ".", part.list, "[", part.index,
                    "]");
  }
  const absl::string_view type = path_.back().type;
  if (!type.empty()) absl::StrAppend(&path, " (", type, ")");
  return path;
}

bool StepParser::Fail(const JsonNode& node, absl::string_view field,
                      std::string found, absl::string_view expected) {
  Problem problem =
      ProblemAt(node, std::string(field), std::move(found), expected);
  problem.step = Path();
  context_.log.Fail(std::move(problem));
  return false;
}

}  // namespace fozzy

#include "scenarios/compare.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "scenarios/quote.h"
#include "scenarios/run_scenario.h"
#include "scenarios/schedule.h"
#include "scenarios/step_runner.h"
#include "scenarios/steps_http.h"
#include "scenarios/steps_proc.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr size_t kExcerptBytes = 200;

// Findings that mean the same but are worded for what the step acted on.
struct Wording {
  absl::string_view host;
  absl::string_view scripted;
};
constexpr Wording kWordings[] = {
    {"host_fs_path", "fs_path"},
    {"http_when_host_unmatched", "http_unmatched"},
    {"proc_when_host_unmatched", "proc_unmatched"},
};

// Something seen of a step.  Names and values are compared.
struct Fact {
  std::string name;
  std::string value;
  std::string text;  // for people
};

struct StepOutcome {
  uint32_t step = 0;
  std::vector<Fact> facts;
};

// Returns the number of the event that says how the step came out, by its
// name, or an empty name.
absl::string_view TellingNumber(EventKind kind) {
  switch (kind) {
    case EventKind::kProcSpawn:
      return "exit code";
    case EventKind::kHttpRequest:
      return "status";
    case EventKind::kFsRead:
      return "bytes read";
    case EventKind::kFsWrite:
      return "bytes written";
    case EventKind::kFsSnapshot:
    case EventKind::kFsRestore:
      return "files";
    default:
      return "";
  }
}

// Returns the wording that `title` is one of, or null.
const Wording* FindWording(absl::string_view title) {
  for (const Wording& wording : kWordings) {
    if (title == wording.host || title == wording.scripted) return &wording;
  }
  return nullptr;
}

Fact FactOf(const Finding& finding) {
  const std::string_view name = FindingKindName(finding.kind);
  const absl::string_view kind(name.data(), name.size());
  Fact fact = {absl::StrCat(kind, "/", finding.title), finding.message,
               absl::StrCat(kind, "/", finding.title, ": ", finding.message)};
  if (const Wording* wording = FindWording(finding.title)) {
    fact.name = absl::StrCat(kind, "/", wording->scripted);
    fact.value.clear();
  }
  return fact;
}

std::string Excerpt(absl::string_view text) {
  if (text.size() <= kExcerptBytes) return Quote(text);
  return absl::StrCat(Quote(text.substr(0, kExcerptBytes)), "... (",
                      text.size(), " bytes)");
}

// Returns the key that `step` stores what it was answered under, or "".
absl::string_view KeyOf(const Step& step, absl::string_view type) {
  if (type == "proc_spawn") return step.text(ProcSpawn::kSaveStdoutAs);
  if (type == "http_request") return step.text(HttpRequestStep::kSaveBodyAs);
  return {};
}

// Keeps what came of each step, in the order of their ends.
class OutcomeLog final : public RunSink, public StepWatcher {
 public:
  void OnDecision(const Decision&) override {}
  void OnObservation(const Observation&) override {}
  void OnEvent(const Event& event) override {
    const absl::string_view name = TellingNumber(event.kind);
    if (name.empty()) return;
    const std::string value =
        absl::StrCat(static_cast<int64_t>(event.numbers[0]));
    facts_.push_back(
        {std::string(name), value, absl::StrCat(name, " ", value)});
  }

  void OnStepDone(const Step& step, StepRunner& runner) override {
    StepOutcome outcome;
    outcome.step = step.number;
    if (runner.finding()) {
      outcome.facts.push_back(FactOf(*runner.finding()));
    } else {
      outcome.facts.push_back({"ok", "", "ok"});
    }
    // The host was asked before a rule was missed, the rules were not.
    if (!runner.finding() || FindWording(runner.finding()->title) == nullptr) {
      std::move(facts_.begin(), facts_.end(),
                std::back_inserter(outcome.facts));
    }
    facts_.clear();
    AddKept(step, runner, outcome);
    outcomes_.push_back(std::move(outcome));
  }

  const std::vector<StepOutcome>& outcomes() const { return outcomes_; }

 private:
  static void AddKept(const Step& step, StepRunner& runner,
                      StepOutcome& outcome) {
    const absl::string_view key = KeyOf(step, runner.step_name());
    const std::string* value =
        runner.has_failed() ? nullptr : runner.world().kv().Find(key);
    if (key.empty() || value == nullptr) return;
    const std::string name = absl::StrCat("key ", Quote(key));
    outcome.facts.push_back(
        {name, *value, absl::StrCat(name, " = ", Excerpt(*value))});
  }

  std::vector<Fact> facts_;  // of the step that runs now
  std::vector<StepOutcome> outcomes_;
};

struct RunOutcome {
  OutcomeLog log;
  RunReport report;
};

absl::Status RunSide(const Scenario& scenario, const CompareSide& side,
                     RunOutcome& outcome) {
  ScheduleStrategy schedule(scenario.variant(), *side.config);
  RunInputs inputs;
  inputs.scenario = &scenario;
  inputs.config = side.config;
  inputs.strategy = &schedule.strategy();
  inputs.sink = &outcome.log;
  inputs.watcher = &outcome.log;
  inputs.host = side.host;
  FOZZY_ASSIGN_OR_RETURN(outcome.report, RunScenario(inputs));
  return absl::OkStatus();
}

bool IsSame(const Fact& a, const Fact& b) {
  return a.name == b.name && a.value == b.value;
}

bool AreSame(const std::vector<Fact>& a, const std::vector<Fact>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), IsSame);
}

std::string TextOf(const std::vector<Fact>& facts) {
  std::string text;
  for (const Fact& fact : facts) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", fact.text);
  }
  return text;
}

// Returns the difference of two lists of facts that are not the same.
Difference Differ(std::optional<uint64_t> step, const std::vector<Fact>& left,
                  const std::vector<Fact>& right) {
  Difference difference = {step, TextOf(left), TextOf(right)};
  if (difference.left != difference.right) return difference;
  // The excerpts do not show it.
  size_t fact = 0;
  while (IsSame(left[fact], right[fact])) ++fact;
  const std::string& a = left[fact].value;
  const std::string& b = right[fact].value;
  const auto part = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  const std::string place =
      absl::StrCat(" (they differ from byte ", part - a.begin(), " on)");
  difference.left += place;
  difference.right += place;
  return difference;
}

std::vector<Fact> EndOf(const RunReport& report) {
  std::vector<Fact> facts;
  for (const Finding& finding : report.findings) {
    facts.push_back(FactOf(finding));
  }
  if (facts.empty()) facts.push_back({"ok", "", "ok"});
  return facts;
}

// Returns where the runs part after the same outcomes of all steps that both
// carried out: one was stopped between two steps, or a check of the whole run
// failed.
std::optional<Difference> CompareEnds(const RunOutcome& left,
                                      const RunOutcome& right) {
  const std::vector<Fact> a = EndOf(left.report);
  const std::vector<Fact> b = EndOf(right.report);
  if (AreSame(a, b)) return std::nullopt;
  const std::vector<Finding>& findings = left.report.findings.empty()
                                             ? right.report.findings
                                             : left.report.findings;
  return Differ(findings[0].step, a, b);
}

// Adds the lists of steps that `step` holds to `lists`.
void AddNested(const Step& step, const StepSpec& spec,
               std::vector<std::span<const Step>>& lists) {
  for (size_t i = 0; i < spec.fields.size(); ++i) {
    if (spec.fields[i].type == FieldType::kSteps) {
      lists.push_back(step.steps(i));
    }
  }
}

}  // namespace

BackendUse BackendsUsedBy(const Scenario& scenario) {
  BackendUse use;
  std::vector<std::span<const Step>> left = {scenario.steps()};
  while (!left.empty()) {
    const std::span<const Step> steps = left.back();
    left.pop_back();
    for (const Step& step : steps) {
      const StepSpec& spec = scenario.tables().steps[step.type];
      use.has_proc |= absl::StartsWith(spec.name, "proc_");
      use.has_fs |= absl::StartsWith(spec.name, "fs_");
      use.has_http |= absl::StartsWith(spec.name, "http_");
      AddNested(step, spec, left);
    }
  }
  return use;
}

absl::StatusOr<Comparison> CompareRuns(const Scenario& scenario,
                                       const CompareSide& left,
                                       const CompareSide& right) {
  if (scenario.variant() != ScenarioVariant::kSteps) {
    return absl::InvalidArgumentError(
        absl::StrCat(scenario.path(), " is a ", VariantName(scenario.variant()),
                     " scenario, which acts on no backend; expected steps"));
  }
  RunOutcome outcomes[2];
  FOZZY_RETURN_IF_ERROR(RunSide(scenario, left, outcomes[0]));
  FOZZY_RETURN_IF_ERROR(RunSide(scenario, right, outcomes[1]));
  const std::vector<StepOutcome>& a = outcomes[0].log.outcomes();
  const std::vector<StepOutcome>& b = outcomes[1].log.outcomes();
  Comparison comparison;
  const size_t both = std::min(a.size(), b.size());
  for (size_t i = 0; i < both; ++i) {
    // What ran was decided by the outcomes before, which are the same.
    FOZZY_CHECK(a[i].step == b[i].step);
    if (!AreSame(a[i].facts, b[i].facts)) {
      comparison.difference = Differ(a[i].step, a[i].facts, b[i].facts);
      return comparison;
    }
    ++comparison.steps;
  }
  comparison.difference = CompareEnds(outcomes[0], outcomes[1]);
  return comparison;
}

}  // namespace fozzy

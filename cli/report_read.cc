#include "cli/report_read.h"

#include "cli/time_text.h"

namespace fozzy {
namespace {

// Calls `visit` for each item of array `key` of `node`, if there is one.
template <typename Visit>
void ForEachItem(const JsonNode& node, absl::string_view key, Visit visit) {
  const JsonNode* array = MemberOf(node, key);
  if (array == nullptr || array->kind != JsonNode::Kind::kArray) return;
  const JsonNode* item = array + 1;
  for (uint32_t i = 0; i < array->size; ++i) {
    visit(*item);
    item = item->next();
  }
}

std::vector<std::string> Texts(const JsonNode& node, absl::string_view key) {
  std::vector<std::string> texts;
  ForEachItem(node, key, [&texts](const JsonNode& item) {
    if (item.kind == JsonNode::Kind::kText) texts.emplace_back(item.view());
  });
  return texts;
}

// Reads one report.
class SummaryReader {
 public:
  explicit SummaryReader(const JsonDocument& report) : report_(report) {}

  RunSummaryDoc Read() const {
    const JsonNode& root = report_.root();
    RunSummaryDoc summary;
    summary.status = TextMember(root, "status");
    summary.mode = TextMember(root, "mode");
    summary.scenario = TextMember(root, "scenario");
    summary.identity = Identity(root);
    summary.started_unix_ns =
        ReadTimestamp(TextMember(root, "startedAt")).value_or(0);
    summary.wall_ns = Uint(root, "wallNs");
    summary.virtual_time = Uint(root, "virtualMs");
    summary.findings = Findings(root);
    summary.warnings = Texts(root, "warnings");
    summary.tests = Tests(root);
    summary.exploration = Exploration(root);
    if (const JsonNode* cost = MemberOf(root, "microsPerSchedule")) {
      const absl::string_view text = report_.Raw(*cost);
      summary.ns_per_schedule =
          ReadMicros({text.data(), text.size()}).value_or(0);
    }
    summary.shrink = Shrink(root);
    summary.memory = Memory(root);
    summary.reproduce = TextMember(root, "reproduce");
    summary.reporter_path = TextMember(root, "reporterPath");
    return summary;
  }

 private:
  uint64_t Uint(const JsonNode& node, absl::string_view key) const {
    return UintMember(node, report_, key);
  }

  IdentityDoc Identity(const JsonNode& root) const;
  FindingPlace Place(const JsonNode& node) const;
  std::vector<FindingDoc> Findings(const JsonNode& node) const;
  ScenarioResult Result(const JsonNode& node) const;
  std::optional<TestsDoc> Tests(const JsonNode& root) const;
  std::optional<ExplorationDoc> Exploration(const JsonNode& root) const;
  std::optional<ShrinkDoc> Shrink(const JsonNode& root) const;
  ShrinkMeasureDoc Measure(const JsonNode& node, absl::string_view key) const;
  std::optional<MemorySummary> Memory(const JsonNode& root) const;

  const JsonDocument& report_;
};

IdentityDoc SummaryReader::Identity(const JsonNode& root) const {
  IdentityDoc identity;
  const JsonNode* node = MemberOf(root, "identity");
  if (node == nullptr) return identity;
  identity.run_id = TextMember(*node, "runId");
  identity.seed = Uint(*node, "seed");
  identity.trace_path = TextMember(*node, "tracePath");
  identity.report_path = TextMember(*node, "reportPath");
  identity.artifacts_dir = TextMember(*node, "artifactsDir");
  return identity;
}

FindingPlace SummaryReader::Place(const JsonNode& node) const {
  FindingPlace place;
  place.file = TextMember(node, "file");
  place.line = static_cast<uint32_t>(Uint(node, "line"));
  place.column = static_cast<uint32_t>(Uint(node, "column"));
  if (MemberOf(node, "step") != nullptr) place.step = Uint(node, "step");
  const JsonNode* details = MemberOf(node, "details");
  if (details != nullptr) place.details = std::string(report_.Raw(*details));
  return place;
}

std::vector<FindingDoc> SummaryReader::Findings(const JsonNode& node) const {
  std::vector<FindingDoc> findings;
  ForEachItem(node, "findings", [&](const JsonNode& item) {
    FindingDoc finding;
    finding.kind = TextMember(item, "kind");
    finding.title = TextMember(item, "title");
    finding.message = TextMember(item, "message");
    const JsonNode* place = MemberOf(item, "location");
    if (place != nullptr) finding.place = Place(*place);
    findings.push_back(finding);
  });
  return findings;
}

ScenarioResult SummaryReader::Result(const JsonNode& node) const {
  ScenarioResult result;
  result.scenario = TextMember(node, "scenario");
  result.name = TextMember(node, "name");
  result.status = TextMember(node, "status");
  result.seed = Uint(node, "seed");
  result.duration_ns = Uint(node, "durationNs");
  result.findings = Findings(node);
  result.error = TextMember(node, "error");
  result.trace_path = TextMember(node, "tracePath");
  result.reproduce = TextMember(node, "reproduce");
  return result;
}

std::optional<TestsDoc> SummaryReader::Tests(const JsonNode& root) const {
  const JsonNode* node = MemberOf(root, "tests");
  if (node == nullptr) return std::nullopt;
  TestsDoc tests;
  tests.passed = Uint(*node, "passed");
  tests.failed = Uint(*node, "failed");
  tests.skipped = Uint(*node, "skipped");
  ForEachItem(*node, "results", [&](const JsonNode& item) {
    tests.results.push_back(Result(item));
  });
  return tests;
}

std::optional<ExplorationDoc> SummaryReader::Exploration(
    const JsonNode& root) const {
  const JsonNode* node = MemberOf(root, "exploration");
  if (node == nullptr) return std::nullopt;
  ExplorationDoc exploration;
  exploration.schedules = Uint(*node, "schedules");
  exploration.distinct = Uint(*node, "distinct");
  const JsonNode* exhaustive = MemberOf(*node, "exhaustive");
  exploration.is_exhaustive =
      exhaustive != nullptr && exhaustive->kind == JsonNode::Kind::kTrue;
  exploration.deliveries = Uint(*node, "deliveries");
  if (MemberOf(*node, "findingRun") != nullptr) {
    exploration.finding_run = Uint(*node, "findingRun");
  }
  exploration.never_reached = Texts(*node, "neverReached");
  return exploration;
}

std::optional<ShrinkDoc> SummaryReader::Shrink(const JsonNode& root) const {
  const JsonNode* node = MemberOf(root, "shrink");
  if (node == nullptr) return std::nullopt;
  ShrinkDoc shrink;
  shrink.runs = Uint(*node, "runs");
  const JsonNode* fixpoint = MemberOf(*node, "fixpoint");
  shrink.is_fixpoint =
      fixpoint != nullptr && fixpoint->kind == JsonNode::Kind::kTrue;
  shrink.before = Measure(*node, "before");
  shrink.after = Measure(*node, "after");
  return shrink;
}

ShrinkMeasureDoc SummaryReader::Measure(const JsonNode& node,
                                        absl::string_view key) const {
  ShrinkMeasureDoc measure;
  const JsonNode* member = MemberOf(node, key);
  if (member == nullptr) return measure;
  measure.decisions = Uint(*member, "decisions");
  measure.preemptions = Uint(*member, "preemptions");
  measure.switches = Uint(*member, "switches");
  measure.faults = Uint(*member, "faults");
  measure.values = Uint(*member, "values");
  measure.points = Uint(*member, "points");
  return measure;
}

std::optional<MemorySummary> SummaryReader::Memory(const JsonNode& root) const {
  const JsonNode* node = MemberOf(root, "memory");
  if (node == nullptr) return std::nullopt;
  MemorySummary memory;
  memory.alloc_count = Uint(*node, "allocCount");
  memory.free_count = Uint(*node, "freeCount");
  memory.failed_alloc_count = Uint(*node, "failedAllocCount");
  memory.in_use_bytes = Uint(*node, "inUseBytes");
  memory.peak_bytes = Uint(*node, "peakBytes");
  memory.leaked_bytes = Uint(*node, "leakedBytes");
  memory.leaked_allocs = Uint(*node, "leakedAllocs");
  return memory;
}

}  // namespace

RunSummaryDoc ReadSummary(const JsonDocument& report) {
  return SummaryReader(report).Read();
}

}  // namespace fozzy

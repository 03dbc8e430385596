#include "cli/report_json.h"

#include <algorithm>
#include <limits>

#include "absl/strings/string_view.h"
#include "cli/time_text.h"

namespace fozzy {
namespace {

constexpr uint64_t kNsPerMs = 1'000'000;

// Writes a member unless its value is empty.
void WriteText(JsonWriter& json, absl::string_view key,
               absl::string_view value) {
  if (!value.empty()) json.Key(key).String(value);
}

uint64_t RoundUpToMs(uint64_t ns) {
  return ns / kNsPerMs + (ns % kNsPerMs != 0 ? 1 : 0);
}

void WriteTimes(JsonWriter& json, const RunSummaryDoc& summary) {
  const uint64_t duration = summary.duration_ns();
  // Virtual time may end long after the last date there is.
  const uint64_t left = static_cast<uint64_t>(
      std::numeric_limits<int64_t>::max() - summary.started_unix_ns);
  const int64_t finished =
      summary.started_unix_ns + static_cast<int64_t>(std::min(duration, left));
  json.Key("startedAt").String(TimestampText(summary.started_unix_ns));
  json.Key("finishedAt").String(TimestampText(finished));
  json.Key("durationMs").Uint(RoundUpToMs(duration));
  json.Key("durationNs").Uint(duration);
  json.Key("virtualMs").Uint(summary.virtual_time);
  json.Key("wallNs").Uint(summary.wall_ns);
  if (summary.exploration) {
    json.Key("microsPerSchedule").Raw(MicrosText(summary.ns_per_schedule));
  }
}

void WriteIdentity(JsonWriter& json, const IdentityDoc& identity) {
  json.Key("identity").BeginObject();
  json.Key("runId").String(identity.run_id);
  json.Key("seed").Uint(identity.seed);
  WriteText(json, "tracePath", identity.trace_path);
  WriteText(json, "reportPath", identity.report_path);
  WriteText(json, "artifactsDir", identity.artifacts_dir);
  json.EndObject();
}

void WritePlace(JsonWriter& json, const FindingPlace& place) {
  json.Key("location").BeginObject();
  WriteText(json, "file", place.file);
  if (place.line > 0) json.Key("line").Uint(place.line);
  if (place.column > 0) {
    json.Key("column").Uint(place.column);
    json.Key("col").Uint(place.column);
  }
  if (place.step) json.Key("step").Uint(*place.step);
  if (!place.details.empty()) json.Key("details").Raw(place.details);
  json.EndObject();
}

void WriteFindings(JsonWriter& json, const std::vector<FindingDoc>& findings) {
  if (findings.empty()) return;
  json.Key("findings").BeginArray();
  for (const FindingDoc& finding : findings) {
    json.BeginObject();
    json.Key("kind").String(finding.kind);
    json.Key("title").String(finding.title);
    json.Key("message").String(finding.message);
    if (finding.place) WritePlace(json, *finding.place);
    json.EndObject();
  }
  json.EndArray();
}

void WriteTexts(JsonWriter& json, absl::string_view key,
                const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json.Key(key).BeginArray();
  for (const std::string& text : texts) json.String(text);
  json.EndArray();
}

void WriteTests(JsonWriter& json, const TestsDoc& tests) {
  json.Key("tests").BeginObject();
  json.Key("passed").Uint(tests.passed);
  json.Key("failed").Uint(tests.failed);
  json.Key("skipped").Uint(tests.skipped);
  json.Key("results").BeginArray();
  for (const ScenarioResult& result : tests.results) {
    json.BeginObject();
    json.Key("scenario").String(result.scenario);
    WriteText(json, "name", result.name);
    json.Key("status").String(result.status);
    json.Key("seed").Uint(result.seed);
    json.Key("durationMs").Uint(RoundUpToMs(result.duration_ns));
    json.Key("durationNs").Uint(result.duration_ns);
    WriteFindings(json, result.findings);
    WriteText(json, "error", result.error);
    WriteText(json, "tracePath", result.trace_path);
    WriteText(json, "reproduce", result.reproduce);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

void WriteExploration(JsonWriter& json, const ExplorationDoc& exploration) {
  json.Key("exploration").BeginObject();
  json.Key("schedules").Uint(exploration.schedules);
  json.Key("distinct").Uint(exploration.distinct);
  json.Key("exhaustive").Bool(exploration.is_exhaustive);
  json.Key("deliveries").Uint(exploration.deliveries);
  if (exploration.finding_run) {
    json.Key("findingRun").Uint(*exploration.finding_run);
  }
  WriteTexts(json, "neverReached", exploration.never_reached);
  json.EndObject();
}

void WriteFigures(JsonWriter& json, absl::string_view key,
                  const ShrinkFigures& figures) {
  json.Key(key).BeginObject();
  json.Key("preemptions").Uint(figures.preemptions);
  json.Key("switches").Uint(figures.switches);
  json.Key("faults").Uint(figures.faults);
  json.Key("values").Uint(figures.values);
  json.Key("points").Uint(figures.points);
  json.EndObject();
}

void WriteShrink(JsonWriter& json, const ShrinkDoc& shrink) {
  json.Key("shrink").BeginObject();
  WriteFigures(json, "before", shrink.before);
  WriteFigures(json, "after", shrink.after);
  json.Key("runs").Uint(shrink.runs);
  json.Key("complete").Bool(shrink.is_fixpoint);
  json.EndObject();
}

void WriteMemory(JsonWriter& json, const MemorySummary& memory) {
  json.Key("memory").BeginObject();
  json.Key("allocCount").Uint(memory.alloc_count);
  json.Key("freeCount").Uint(memory.free_count);
  json.Key("failedAllocCount").Uint(memory.failed_alloc_count);
  json.Key("inUseBytes").Uint(memory.in_use_bytes);
  json.Key("peakBytes").Uint(memory.peak_bytes);
  json.Key("leakedBytes").Uint(memory.leaked_bytes);
  json.Key("leakedAllocs").Uint(memory.leaked_allocs);
  json.EndObject();
}

}  // namespace

std::string SummaryJson(const RunSummaryDoc& summary, JsonWriter::Style style) {
  JsonWriter json(style);
  json.BeginObject();
  json.Key("status").String(summary.status);
  json.Key("mode").String(summary.mode);
  WriteText(json, "scenario", summary.scenario);
  WriteIdentity(json, summary.identity);
  WriteTimes(json, summary);
  if (summary.tests) WriteTests(json, *summary.tests);
  if (summary.exploration) WriteExploration(json, *summary.exploration);
  if (summary.shrink) WriteShrink(json, *summary.shrink);
  if (summary.memory) WriteMemory(json, *summary.memory);
  WriteFindings(json, summary.findings);
  WriteTexts(json, "warnings", summary.warnings);
  WriteText(json, "reproduce", summary.reproduce);
  WriteText(json, "reporterPath", summary.reporter_path);
  json.EndObject();
  return json.Take();
}

std::string ManifestJson(const RunSummaryDoc& summary) {
  const IdentityDoc& identity = summary.identity;
  JsonWriter json(JsonWriter::Style::kCompact);
  json.BeginObject();
  json.Key("schemaVersion").String("fozzy.run_manifest.v1");
  json.Key("runId").String(identity.run_id);
  json.Key("mode").String(summary.mode);
  json.Key("status").String(summary.status);
  json.Key("seed").Uint(identity.seed);
  WriteTimes(json, summary);
  WriteText(json, "tracePath", identity.trace_path);
  WriteText(json, "reportPath", identity.report_path);
  WriteText(json, "artifactsDir", identity.artifacts_dir);
  json.Key("findingsCount").Uint(summary.findings.size());
  if (summary.tests) {
    json.Key("testsPassed").Uint(summary.tests->passed);
    json.Key("testsFailed").Uint(summary.tests->failed);
    json.Key("testsSkipped").Uint(summary.tests->skipped);
  }
  if (summary.memory) {
    json.Key("memoryAllocCount").Uint(summary.memory->alloc_count);
    json.Key("memoryPeakBytes").Uint(summary.memory->peak_bytes);
    json.Key("memoryLeakedBytes").Uint(summary.memory->leaked_bytes);
    json.Key("memoryLeakedAllocs").Uint(summary.memory->leaked_allocs);
  }
  json.EndObject();
  return json.Take();
}

}  // namespace fozzy

#include "scenarios/bodies/body_trace.h"

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "sim/base/run_digest.h"
#include "sim/base/status_macros.h"
#include "trace/reader.h"

namespace fozzy {
namespace {

constexpr char kProgram[] = "body.program";
constexpr char kBuildId[] = "body.build_id";
constexpr char kTest[] = "body.test";
constexpr char kOpsDigest[] = "ops_digest";
constexpr char kPoints[] = "points";

const std::string* Find(const TraceSettings& settings, absl::string_view name) {
  for (const auto& [key, value] : settings) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string ValueOf(const TraceSettings& settings, absl::string_view name) {
  const std::string* value = Find(settings, name);
  return value == nullptr ? "" : *value;
}

TraceHeader MakeHeader(const BodyTrace& trace) {
  TraceHeader header;
  header.tool_version = trace.tool_version;
  header.mode = "explore";
  header.scenario_name = trace.body.test;
  header.seed = trace.config.seed;
  header.strategy = trace.config.strategy;
  header.time_unit = "ns";
  header.settings = {{kProgram, trace.body.program},
                     {kBuildId, trace.body.build_id},
                     {kTest, trace.body.test}};
  for (auto& setting : WriteBodySettings(trace.config)) {
    header.settings.push_back(std::move(setting));
  }
  return header;
}

TraceFooter MakeFooter(const BodyRecording& recording) {
  TraceFooter footer;
  footer.status = recording.is_crash  ? "crash"
                  : recording.finding ? "fail"
                                      : "pass";
  if (recording.finding) {
    const Finding& finding = *recording.finding;
    footer.findings.push_back({std::string(FindingKindName(finding.kind)),
                               finding.title, finding.message, finding.step,
                               finding.details});
  }
  footer.virtual_time = recording.time_ns;
  footer.results = {{kOpsDigest, recording.ops_digest},
                    {kPoints, absl::StrCat(recording.points)}};
  return footer;
}

// Decisions and lines of the log, each at its place.
class Records {
 public:
  explicit Records(TraceWriter& writer) : writer_(writer) {}

  void Write(const BodyRecording& recording) {
    size_t line = 0;
    for (size_t i = 0; i <= recording.decisions.size(); ++i) {
      for (; line < recording.log.size() && recording.log[line].decisions <= i;
           ++line) {
        Add(recording.log[line]);
      }
      if (i == recording.decisions.size()) break;
      writer_.OnDecision(recording.decisions[i]);
      MixDecision(digest_, recording.decisions[i]);
    }
  }

  const Digest& digest() const { return digest_; }

 private:
  void Add(const LogLine& line) {
    const uint64_t task = line.task.value;
    const std::string_view text = line.text;
    const Event event = {EventKind::kLog, line.time_ns, {&task, 1}, {&text, 1}};
    writer_.OnEvent(event);
    MixEvent(digest_, event);
  }

  TraceWriter& writer_;
  Digest digest_;
};

absl::Status ReadRecord(const TraceRecord& record, BodyRecording& recording) {
  switch (record.kind) {
    case TraceRecordKind::kDecision:
      recording.decisions.push_back(record.decision);
      return absl::OkStatus();
    case TraceRecordKind::kObservation:
      return absl::FailedPreconditionError(
          "the run depends on what the host said, and C++ code never does");
    case TraceRecordKind::kEvent:
      break;
  }
  const Event& event = record.event;
  if (event.kind != EventKind::kLog || event.numbers.size() != 1 ||
      event.texts.size() != 1) {
    return absl::DataLossError(
        "found an event that C++ code does not have, expected lines of a log");
  }
  recording.log.push_back({recording.decisions.size(),
                           TaskId{static_cast<uint32_t>(event.numbers[0])},
                           event.time, std::string(event.texts[0])});
  return absl::OkStatus();
}

absl::Status ReadFooter(const TraceFooter& footer, BodyRecording& recording) {
  recording.is_crash = footer.status == "crash";
  recording.time_ns = footer.virtual_time;
  recording.ops_digest = ValueOf(footer.results, kOpsDigest);
  const std::string points = ValueOf(footer.results, kPoints);
  if (!absl::SimpleAtoi(points, &recording.points)) {
    return absl::DataLossError(absl::StrCat(
        "found \"", points, "\" schedule points, expected a number"));
  }
  if (footer.findings.empty()) return absl::OkStatus();
  const TraceFinding& finding = footer.findings[0];
  const auto kind = FindingKindOf(finding.kind);
  if (!kind) {
    return absl::FailedPreconditionError(
        absl::StrCat("found a finding of kind \"", finding.kind,
                     "\", which this version does not know"));
  }
  recording.finding = Finding{*kind, finding.title, finding.message,
                              finding.step, finding.details};
  return absl::OkStatus();
}

absl::StatusOr<BodyTrace> Read(
    absl::StatusOr<std::unique_ptr<TraceReader>> opened) {
  FOZZY_RETURN_IF_ERROR(opened.status());
  TraceReader& reader = **opened;
  const TraceHeader& header = reader.header();
  if (!IsBodyTrace(header)) {
    return absl::FailedPreconditionError(
        "found the trace of a scenario, expected one of C++ code");
  }
  BodyTrace trace;
  FOZZY_ASSIGN_OR_RETURN(trace.config, ReadBodySettings(header.settings));
  trace.config.seed = header.seed;
  trace.config.strategy = header.strategy;
  trace.tool_version = header.tool_version;
  trace.body = {ValueOf(header.settings, kProgram),
                ValueOf(header.settings, kBuildId),
                ValueOf(header.settings, kTest)};
  TraceRecord record;
  while (true) {
    FOZZY_ASSIGN_OR_RETURN(const bool is_there, reader.Next(record));
    if (!is_there) break;
    FOZZY_RETURN_IF_ERROR(ReadRecord(record, trace.recording));
  }
  if (!reader.is_complete()) {
    return absl::DataLossError("the trace has no end: its writer was killed");
  }
  FOZZY_RETURN_IF_ERROR(ReadFooter(reader.footer(), trace.recording));
  return trace;
}

}  // namespace

bool IsBodyTrace(const TraceHeader& header) {
  return Find(header.settings, kTest) != nullptr;
}

bool IsBodyTraceFile(const std::string& path) {
  const auto reader = TraceReader::Open(path);
  return reader.ok() && IsBodyTrace((*reader)->header());
}

absl::StatusOr<std::string> WriteBodyTrace(TraceWriter::Options target,
                                           const BodyTrace& trace) {
  target.header = MakeHeader(trace);
  target.scenario = {};
  TraceWriter writer(std::move(target));
  Records records(writer);
  records.Write(trace.recording);
  TraceFooter footer = MakeFooter(trace.recording);
  footer.run_digest = {records.digest().low(), records.digest().high()};
  FOZZY_RETURN_IF_ERROR(writer.Finish(std::move(footer)));
  return writer.path();
}

absl::StatusOr<BodyTrace> ReadBodyTrace(const std::string& path) {
  return Read(TraceReader::Open(path));
}

absl::StatusOr<BodyTrace> ReadBodyTraceBytes(absl::string_view bytes) {
  return Read(TraceReader::FromBytes(bytes));
}

}  // namespace fozzy

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/handlers.h"
#include "cli/run_store.h"
#include "cli/trace_file.h"
#include "fozzy/decision.h"
#include "scenarios/established_trace.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"
#include "trace/diff.h"
#include "trace/format_record.h"
#include "trace/reader.h"
#include "trace/stat.h"
#include "trace/verify.h"

namespace fozzy {
namespace {

absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}

absl::StatusOr<std::string> FindTrace(const Context& context, size_t i) {
  return RunStore(context.base_dir()).FindTrace(context.args.positionals()[i]);
}

// What `trace verify` says of either format.
struct Verdict {
  bool is_ok = false;
  std::string path;
  uint32_t version = 0;
  bool is_checksum_present = true;
  bool is_checksum_valid = false;
  bool is_complete = true;
  TraceCounts counts;
  std::optional<uint64_t> last_step;
  std::string problem;
  std::vector<std::string> warnings;
};

absl::StatusOr<Verdict> VerifyAny(const Context& context,
                                  const std::string& path) {
  Verdict verdict;
  verdict.path = path;
  FOZZY_ASSIGN_OR_RETURN(const bool is_established, IsEstablishedTrace(path));
  if (is_established) {
    FOZZY_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
    EstablishedReport report = VerifyEstablished(bytes, context.is_strict());
    verdict.is_ok = report.ok;
    verdict.version = report.version;
    verdict.is_checksum_present = report.is_checksum_present;
    verdict.is_checksum_valid = report.is_checksum_valid;
    verdict.problem = std::move(report.problem);
    verdict.warnings = std::move(report.warnings);
    return verdict;
  }
  FOZZY_ASSIGN_OR_RETURN(TraceReport report, VerifyTrace(path));
  verdict.is_ok = report.ok && !report.is_partial;
  verdict.version = report.version;
  verdict.is_checksum_valid = report.problem.empty();
  verdict.is_complete = !report.is_partial;
  verdict.counts = report.counts;
  verdict.last_step = report.last_step;
  verdict.problem = std::move(report.problem);
  verdict.warnings = std::move(report.warnings);
  return verdict;
}

std::string VerdictJson(const Verdict& verdict) {
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("ok").Bool(verdict.is_ok);
  json.Key("path").String(verdict.path);
  json.Key("version").Uint(verdict.version);
  json.Key("checksumPresent").Bool(verdict.is_checksum_present);
  json.Key("checksumValid").Bool(verdict.is_checksum_valid);
  json.Key("complete").Bool(verdict.is_complete);
  json.Key("decisions").Uint(verdict.counts.decisions);
  json.Key("events").Uint(verdict.counts.events);
  json.Key("observations").Uint(verdict.counts.observations);
  if (verdict.last_step) json.Key("lastStep").Uint(*verdict.last_step);
  if (!verdict.problem.empty()) json.Key("problem").String(verdict.problem);
  if (!verdict.warnings.empty()) {
    json.Key("warnings").BeginArray();
    for (const std::string& warning : verdict.warnings) json.String(warning);
    json.EndArray();
  }
  json.EndObject();
  return json.Take();
}

std::string VerdictText(const Verdict& verdict) {
  std::string text = absl::StrCat(
      verdict.path, ": ",
      verdict.is_ok         ? "sound"
      : verdict.is_complete ? "damaged"
                            : "incomplete",
      ", version ", verdict.version, ", ", verdict.counts.decisions,
      " decisions, ", verdict.counts.events, " events, ",
      verdict.counts.observations, " observations\n");
  if (verdict.last_step) {
    absl::StrAppend(&text, "last step begun: ", *verdict.last_step, "\n");
  }
  if (!verdict.problem.empty()) absl::StrAppend(&text, verdict.problem, "\n");
  for (const std::string& warning : verdict.warnings) {
    absl::StrAppend(&text, "warning: ", warning, "\n");
  }
  return text;
}

// Whether `record` is of the kind that --kind names.
bool IsOfKind(const TraceRecord& record, absl::string_view kind) {
  switch (record.kind) {
    case TraceRecordKind::kDecision:
      return kind == "decision" ||
             kind == ToAbsl(ChoiceKindName(record.decision.kind));
    case TraceRecordKind::kEvent:
      return kind == "event" || kind == ToAbsl(InfoOf(record.event.kind).name);
    case TraceRecordKind::kObservation:
      return kind == "observation" ||
             kind == ToAbsl(ObservationKindName(record.observation.kind));
  }
  return false;
}

// Where `trace show` prints to, and which of the lines.
class Lines {
 public:
  explicit Lines(Context& context)
      : output_(context.output),
        from_(context.args.U64("--from").value_or(0)),
        count_(context.args.U64("--count").value_or(~uint64_t{0})),
        json_(JsonWriter::Style::kPretty) {
    if (output_.is_json()) json_.BeginArray();
  }

  // Takes line number `index`; returns false when there is no more to take.
  bool Take(uint64_t index, absl::string_view line) {
    if (index < from_) return true;
    if (taken_ == count_) return false;
    ++taken_;
    if (output_.is_json()) {
      json_.BeginObject();
      json_.Key("record").Uint(index);
      json_.Key("text").String(line);
      json_.EndObject();
    } else {
      output_.Text(absl::StrCat(index, "  ", line, "\n"));
    }
    return true;
  }

  void Finish() {
    if (output_.is_json()) output_.Json(json_.EndArray().Take());
  }

 private:
  Output& output_;
  const uint64_t from_;
  const uint64_t count_;
  uint64_t taken_ = 0;
  JsonWriter json_;
};

absl::Status ShowTrace(Context& context, const std::string& path) {
  const std::optional<std::string> kind = context.args.Text("--kind");
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<TraceReader> reader,
                         TraceReader::Open(path));
  Lines lines(context);
  TraceRecord record;
  for (uint64_t index = 0;; ++index) {
    FOZZY_ASSIGN_OR_RETURN(const bool is_there, reader->Next(record));
    if (!is_there) break;
    if (kind && !IsOfKind(record, *kind)) continue;
    if (!lines.Take(index, FormatRecord(record, reader->header().time_unit))) {
      break;
    }
  }
  lines.Finish();
  return absl::OkStatus();
}

absl::Status ShowEstablishedTrace(Context& context, const std::string& path) {
  FOZZY_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  Lines lines(context);
  uint64_t index = 0;
  const EstablishedReport report = ShowEstablished(
      bytes, [&](absl::string_view line) { lines.Take(index++, line); });
  if (!report.ok) {
    return absl::DataLossError(absl::StrCat(path, ":", report.problem));
  }
  lines.Finish();
  return absl::OkStatus();
}

std::string CentiText(uint64_t hundredths) {
  return absl::StrCat(hundredths / 100, ".", hundredths / 10 % 10,
                      hundredths % 10);
}

}  // namespace

int CmdTraceVerify(Context& context) {
  const absl::StatusOr<std::string> path = FindTrace(context, 0);
  if (!path.ok()) return context.output.Fail(path.status());
  const absl::StatusOr<Verdict> verdict = VerifyAny(context, *path);
  if (!verdict.ok()) {
    return context.output.Fail(AtTrace(*path, verdict.status()));
  }
  if (context.output.is_json()) {
    context.output.Json(VerdictJson(*verdict));
  } else {
    context.output.Text(VerdictText(*verdict));
  }
  const bool is_strict_violation =
      context.is_strict() && !verdict->warnings.empty();
  return verdict->is_ok && !is_strict_violation ? kExitOk : kExitUsage;
}

int CmdTraceShow(Context& context) {
  const absl::StatusOr<std::string> path = FindTrace(context, 0);
  if (!path.ok()) return context.output.Fail(path.status());
  const absl::StatusOr<bool> is_established = IsEstablishedTrace(*path);
  if (!is_established.ok()) return context.output.Fail(is_established.status());
  const absl::Status shown = *is_established
                                 ? ShowEstablishedTrace(context, *path)
                                 : AtTrace(*path, ShowTrace(context, *path));
  return shown.ok() ? kExitOk : context.output.Fail(shown);
}

int CmdTraceDiff(Context& context) {
  const absl::StatusOr<std::string> left = FindTrace(context, 0);
  if (!left.ok()) return context.output.Fail(left.status());
  const absl::StatusOr<std::string> right = FindTrace(context, 1);
  if (!right.ok()) return context.output.Fail(right.status());
  const auto difference = DiffTraces(*left, *right);
  if (!difference.ok()) return context.output.Fail(difference.status());
  const bool is_same = !difference->has_value();
  if (context.output.is_json()) {
    JsonWriter json(JsonWriter::Style::kPretty);
    json.BeginObject();
    json.Key("same").Bool(is_same);
    if (!is_same) {
      json.Key("record").Uint((*difference)->record);
      if ((*difference)->step) json.Key("step").Uint(*(*difference)->step);
      json.Key("left").String((*difference)->a);
      json.Key("right").String((*difference)->b);
    }
    json.EndObject();
    context.output.Json(json.Take());
  } else if (is_same) {
    context.output.Text("the traces tell of the same run\n");
  } else {
    const TraceDifference& first = **difference;
    const std::string step =
        first.step ? absl::StrCat(" (step ", *first.step, ")") : "";
    context.output.Text(absl::StrCat("first difference at record ",
                                     first.record, step, "\n  left:  ", first.a,
                                     "\n  right: ", first.b, "\n"));
  }
  return is_same ? kExitOk : kExitFinding;
}

int CmdTraceStat(Context& context) {
  const absl::StatusOr<std::string> path = FindTrace(context, 0);
  if (!path.ok()) return context.output.Fail(path.status());
  const absl::StatusOr<TraceStat> stat = StatTrace(*path);
  if (!stat.ok()) {
    return context.output.Fail(AtTrace(*path, stat.status()));
  }
  const std::pair<absl::string_view, uint64_t> figures[] = {
      {"fileBytes", stat->file_size},
      {"headerBytes", stat->sizes.header},
      {"scenarioBytes", stat->sizes.scenario},
      {"recordBytes", stat->record_bytes()},
      {"rawRecordBytes", stat->sizes.raw_records},
      {"footerBytes", stat->sizes.footer},
      {"chunks", stat->sizes.chunks},
      {"decisions", stat->counts.decisions},
      {"events", stat->counts.events},
      {"observations", stat->counts.observations},
  };
  if (context.output.is_json()) {
    JsonWriter json(JsonWriter::Style::kPretty);
    json.BeginObject();
    json.Key("path").String(*path);
    json.Key("complete").Bool(stat->is_complete);
    for (const auto& [name, figure] : figures) json.Key(name).Uint(figure);
    json.EndObject();
    context.output.Json(json.Take());
    return kExitOk;
  }
  for (const auto& [name, figure] : figures) {
    context.output.Text(absl::StrCat(name, ": ", figure, "\n"));
  }
  context.output.Text(absl::StrCat(
      "record bytes per decision: ", CentiText(stat->centibytes_per_decision()),
      "\nrecord bytes per step: ", CentiText(stat->centibytes_per_step()),
      "\n"));
  return kExitOk;
}

}  // namespace fozzy

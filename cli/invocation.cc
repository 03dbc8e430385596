#include "cli/invocation.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "backends/host/host_clock.h"
#include "backends/host/host_seed.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/report_html.h"
#include "cli/report_json.h"
#include "cli/report_junit.h"
#include "cli/report_text.h"
#include "cli/run_id.h"
#include "cli/timeline.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// The reporter that writes a file of its own, or "".
std::string ReporterOf(const Context& context) {
  if (!context.args.Knows("--reporter")) return "";
  return context.args.Text("--reporter")
      .value_or(context.config.reporter.value_or("pretty"));
}

}  // namespace

FindingDoc Locate(const Finding& finding, const Scenario& scenario,
                  const std::string& path) {
  FindingDoc doc;
  doc.kind = std::string(FindingKindName(finding.kind));
  doc.title = finding.title;
  doc.message = finding.message;
  FindingPlace place;
  place.file = path;
  place.details = finding.details;
  if (finding.step && *finding.step < scenario.step_count()) {
    const StepLocation location =
        scenario.LocationOf(static_cast<uint32_t>(*finding.step));
    place.line = location.position.line;
    place.column = location.position.column;
    place.step = *finding.step;
  }
  doc.place = std::move(place);
  return doc;
}

Invocation::Invocation(Context& context, absl::string_view mode)
    : context_(context), store_(context.base_dir()), begin_ns_(MonotonicNs()) {
  summary_.mode = std::string(mode);
  summary_.started_unix_ns = UnixNs();
  summary_.identity.run_id = RunIdText(DrawRunId());
  summary_.identity.artifacts_dir = store_.FolderOf(summary_.identity.run_id);
  summary_.identity.report_path = store_.ReportPathOf(summary_.identity.run_id);
}

Invocation::~Invocation() {
  if (!has_folder_ || is_kept_) return;
  std::error_code ignored;
  std::filesystem::remove_all(summary_.identity.artifacts_dir, ignored);
}

absl::Status Invocation::MakeFolder() {
  FOZZY_RETURN_IF_ERROR(store_.Create(summary_.identity.run_id));
  has_folder_ = true;
  return absl::OkStatus();
}

std::string Invocation::ArtifactPath(absl::string_view name) const {
  return absl::StrCat(summary_.identity.artifacts_dir, "/", name);
}

void Invocation::SetReport(const Scenario& scenario, const std::string& path,
                           const RunReport& report) {
  summary_.scenario = path;
  summary_.status = std::string(RunStatusName(report.status));
  summary_.virtual_time = report.virtual_time;
  summary_.memory = report.memory;
  for (const Finding& finding : report.findings) {
    summary_.findings.push_back(Locate(finding, scenario, path));
  }
}

int Invocation::Finish(int exit_code) {
  summary_.wall_ns = MonotonicNs() - begin_ns_;
  // What was found is said in any case.
  if (const absl::Status kept = Keep(); !kept.ok()) {
    summary_.warnings.push_back(
        absl::StrCat("the report could not be kept: ", kept.message()));
    if (exit_code == kExitOk) exit_code = kExitUsage;
  }
  Output& output = context_.output;
  for (const std::string& warning : summary_.warnings) {
    output.Note(absl::StrCat("warning: ", warning));
  }
  if (output.is_json()) {
    output.Json(SummaryJson(summary_, JsonWriter::Style::kPretty));
  } else {
    output.Text(TextReport(summary_, output));
  }
  return exit_code;
}

absl::Status Invocation::Keep() {
  if (!has_folder_) FOZZY_RETURN_IF_ERROR(MakeFolder());
  const std::string reporter = ReporterOf(context_);
  const std::string& trace = summary_.identity.trace_path;
  const bool has_events = keeps_events_ || summary_.status != "pass";
  if (!trace.empty() && has_events) {
    FOZZY_RETURN_IF_ERROR(
        WriteEventFiles(trace, summary_.identity.artifacts_dir));
  }
  if (!trace.empty() && reporter == "html") {
    FOZZY_ASSIGN_OR_RETURN(summary_.timeline, ReadTimeline(trace));
  }
  if (reporter == "junit" || reporter == "html") {
    const bool is_junit = reporter == "junit";
    summary_.reporter_path =
        ArtifactPath(is_junit ? "junit.xml" : "report.html");
    FOZZY_RETURN_IF_ERROR(
        WriteFile(summary_.reporter_path,
                  is_junit ? JunitReport(summary_) : HtmlReport(summary_)));
  }
  FOZZY_RETURN_IF_ERROR(store_.Keep(summary_));
  is_kept_ = true;
  return absl::OkStatus();
}

}  // namespace fozzy

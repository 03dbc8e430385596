#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/handlers.h"
#include "cli/json_document.h"
#include "cli/json_query.h"
#include "cli/report_html.h"
#include "cli/report_junit.h"
#include "cli/report_read.h"
#include "cli/report_text.h"
#include "cli/run_store.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// Reads the report of the run that is named on the command line.
absl::StatusOr<JsonDocument> ReadReport(const Context& context) {
  const RunStore store(context.base_dir());
  const std::string& selector = context.args.positionals()[0];
  FOZZY_ASSIGN_OR_RETURN(const RunRef run, store.Find(selector));
  if (run.run_id.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(selector,
                     " is a trace, expected a run: a run id, latest, last-pass "
                     "or last-fail"));
  }
  const std::string path = store.ReportPathOf(run.run_id);
  FOZZY_ASSIGN_OR_RETURN(std::string text, ReadFile(path));
  absl::StatusOr<JsonDocument> report = JsonDocument::Parse(std::move(text));
  if (report.ok()) return report;
  return absl::DataLossError(
      absl::StrCat(path, " is damaged: ", report.status().message()));
}

// Returns report.html as it was written: it has the timeline, which the report
// has not.
std::string Html(const RunSummaryDoc& summary) {
  const auto written =
      ReadFile(absl::StrCat(summary.identity.artifacts_dir, "/report.html"));
  return written.ok() ? *written : HtmlReport(summary);
}

std::string Content(const RunSummaryDoc& summary, absl::string_view format,
                    const Output& output) {
  if (format == "junit") return JunitReport(summary);
  if (format == "html") return Html(summary);
  return TextReport(summary, output);
}

void PrintPaths(const JsonDocument& report, Output& output) {
  const std::vector<std::string> paths = ListJsonPaths(report);
  if (!output.is_json()) {
    for (const std::string& path : paths) output.Text(path + "\n");
    return;
  }
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("paths").BeginArray();
  for (const std::string& path : paths) json.String(path);
  json.EndArray();
  json.EndObject();
  output.Json(json.Take());
}

// One value is printed as it is, others as an array.
std::string ValuesJson(const JsonDocument& report,
                       const std::vector<const JsonNode*>& values) {
  if (values.size() == 1) return std::string(report.Raw(*values[0]));
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginArray();
  for (const JsonNode* value : values) json.Raw(report.Raw(*value));
  json.EndArray();
  return json.Take();
}

void PrintValues(const JsonDocument& report,
                 const std::vector<const JsonNode*>& values, Output& output) {
  if (output.is_json()) return output.Json(ValuesJson(report, values));
  for (const JsonNode* value : values) {
    const bool is_text = value->kind == JsonNode::Kind::kText;
    output.Text(
        absl::StrCat(is_text ? value->view() : report.Raw(*value), "\n"));
  }
}

}  // namespace

int CmdReportShow(Context& context) {
  Output& output = context.output;
  const absl::StatusOr<JsonDocument> report = ReadReport(context);
  if (!report.ok()) return output.Fail(report.status());
  const std::string format = context.args.Text("--format").value_or("pretty");
  if (format == "json") {
    const std::string text(report->Raw(report->root()));
    if (output.is_json()) {
      output.Json(text);
    } else {
      output.Text(text + "\n");
    }
    return kExitOk;
  }
  const std::string content = Content(ReadSummary(*report), format, output);
  output.Text(content);
  if (!output.is_json()) return kExitOk;
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("content").String(content);
  json.Key("format").String(format);
  json.EndObject();
  output.Json(json.Take());
  return kExitOk;
}

int CmdReportQuery(Context& context) {
  Output& output = context.output;
  const absl::StatusOr<JsonDocument> report = ReadReport(context);
  if (!report.ok()) return output.Fail(report.status());
  const auto path = context.args.Text("--path");
  if (context.args.Has("--list-paths")) {
    PrintPaths(*report, output);
    return kExitOk;
  }
  if (!path) {
    return output.Fail(absl::InvalidArgumentError(
        "report query needs --path EXPR or --list-paths"));
  }
  const auto values = QueryJson(*report, *path);
  if (!values.ok()) return output.Fail(values.status());
  PrintValues(*report, *values, output);
  return kExitOk;
}

}  // namespace fozzy

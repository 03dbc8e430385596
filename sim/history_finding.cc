#include "sim/history_finding.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace fozzy {
namespace {

// Reports are printable ASCII and newlines.
std::string Quoted(const std::string& text) {
  return absl::StrCat(
      "\"",
      absl::StrReplaceAll(text,
                          {{"\\", "\\\\"}, {"\"", "\\\""}, {"\n", "\\n"}}),
      "\"");
}

std::string CallJson(const ReportedCall& call) {
  std::string json = absl::StrCat("{\"invoked\":", call.times.invoked,
                                  ",\"op\":", Quoted(call.op));
  if (call.times.returned != CallTimes::kNever) {
    absl::StrAppend(&json, ",\"result\":", Quoted(call.result),
                    ",\"returned\":", call.times.returned);
  }
  absl::StrAppend(&json, ",\"task\":", call.times.task, "}");
  return json;
}

std::string Details(const HistoryReport& report) {
  std::string json = "{\"calls\":[";
  for (size_t i = 0; i < report.calls.size(); ++i) {
    absl::StrAppend(&json, i == 0 ? "" : ",", CallJson(report.calls[i]));
  }
  absl::StrAppend(&json, "],\"explanation\":", Quoted(report.explanation),
                  ",\"nodes\":", report.nodes,
                  ",\"partition\":", Quoted(report.partition), "}");
  return json;
}

}  // namespace

std::optional<Finding> HistoryFinding(const HistoryReport& report) {
  if (report.verdict == Verdict::kHolds) return std::nullopt;
  std::string title = report.consistency == Consistency::kSequential
                          ? "sequential_consistency"
                          : "linearizability";
  if (report.verdict == Verdict::kUndecided) title += "_undecided";
  return Finding{.kind = FindingKind::kChecker,
                 .title = std::move(title),
                 .message = report.message,
                 .step = std::nullopt,
                 .details = Details(report)};
}

}  // namespace fozzy

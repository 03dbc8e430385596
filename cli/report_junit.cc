#include "cli/report_junit.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/finding_text.h"
#include "cli/time_text.h"
#include "cli/xml_text.h"

namespace fozzy {
namespace {

// Returns the scenarios; a summary without a list is of one.
std::vector<ScenarioResult> Results(const RunSummaryDoc& summary) {
  if (summary.tests) return summary.tests->results;
  ScenarioResult result;
  result.scenario = summary.scenario.empty() ? summary.mode : summary.scenario;
  result.status = summary.status;
  result.seed = summary.identity.seed;
  result.duration_ns = summary.duration_ns();
  result.findings = summary.findings;
  result.trace_path = summary.identity.trace_path;
  result.reproduce = summary.reproduce;
  return {result};
}

std::string Attribute(absl::string_view name, absl::string_view value) {
  return absl::StrCat(" ", name, "=\"", EscapeXml(value), "\"");
}

// What a reader needs to see it again, in lines.
std::string Evidence(const ScenarioResult& result) {
  std::string text;
  for (const std::string& line : EvidenceLines(result)) {
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

std::string Failure(const ScenarioResult& result) {
  // A timeout may have no finding besides its status.
  const FindingDoc unnamed{result.status, result.status, result.status, {}};
  const FindingDoc& first =
      result.findings.empty() ? unnamed : result.findings[0];
  std::string text;
  for (const FindingDoc& finding : result.findings) {
    absl::StrAppend(&text, FindingText(finding), "\n");
  }
  absl::StrAppend(&text, Evidence(result));
  return absl::StrCat(
      "      <failure",
      Attribute("type", absl::StrCat(first.kind, "/", first.title)),
      Attribute("message", first.message), ">", EscapeXml(text),
      "</failure>\n");
}

std::string Body(const ScenarioResult& result) {
  if (result.status == "pass") return "";
  if (result.status == "skip") return "      <skipped/>\n";
  if (result.status == "error") {
    return absl::StrCat(
        "      <error", Attribute("type", "error"),
        Attribute("message", result.error), ">",
        EscapeXml(absl::StrCat(result.error, "\n", Evidence(result))),
        "</error>\n");
  }
  return Failure(result);
}

std::string Testcase(const ScenarioResult& result) {
  const std::string& name = result.name.empty() ? result.scenario : result.name;
  const std::string body = Body(result);
  const std::string head =
      absl::StrCat("    <testcase", Attribute("classname", result.scenario),
                   Attribute("name", name), Attribute("file", result.scenario),
                   Attribute("time", SecondsText(result.duration_ns)));
  if (body.empty()) return absl::StrCat(head, "/>\n");
  return absl::StrCat(head, ">\n", body, "    </testcase>\n");
}

}  // namespace

std::string JunitReport(const RunSummaryDoc& summary) {
  uint64_t errors = 0;
  uint64_t failures = 0;
  uint64_t skipped = 0;
  const std::vector<ScenarioResult> results = Results(summary);
  std::string cases;
  for (const ScenarioResult& result : results) {
    const bool is_skipped = result.status == "skip";
    const bool is_error = result.status == "error";
    if (is_skipped) ++skipped;
    if (is_error) ++errors;
    if (!is_skipped && !is_error && result.status != "pass") ++failures;
    absl::StrAppend(&cases, Testcase(result));
  }
  const std::string counts =
      absl::StrCat(Attribute("tests", absl::StrCat(results.size())),
                   Attribute("failures", absl::StrCat(failures)),
                   Attribute("errors", absl::StrCat(errors)),
                   Attribute("skipped", absl::StrCat(skipped)),
                   Attribute("time", SecondsText(summary.duration_ns())));
  return absl::StrCat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", counts,
      ">\n  <testsuite",
      Attribute("name", absl::StrCat("fozzy ", summary.mode)), counts,
      Attribute("timestamp", TimestampText(summary.started_unix_ns)), ">\n",
      cases, "  </testsuite>\n</testsuites>\n");
}

}  // namespace fozzy

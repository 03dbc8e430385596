#include "cli/report_html.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/finding_text.h"
#include "cli/html_style.h"
#include "cli/time_text.h"
#include "cli/xml_text.h"

namespace fozzy {
namespace {

// The whole width of the time line.
constexpr uint64_t kPermille = 1000;

std::string Title(const RunSummaryDoc& summary) {
  return summary.scenario.empty() ? absl::StrCat("fozzy ", summary.mode)
                                  : summary.scenario;
}

std::string Head(const RunSummaryDoc& summary) {
  const absl::string_view css = summary.status == "pass" ? " pass" : "";
  return absl::StrCat(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
      EscapeXml(summary.status), ": ", EscapeXml(Title(summary)),
      "</title>\n<style>", kHtmlStyle,
      "</style>\n</head>\n<body>\n<main>\n<header><span class=\"badge", css,
      "\">", EscapeXml(summary.status), "</span><h1>",
      EscapeXml(Title(summary)), "</h1></header>\n");
}

// One fact; nothing if there is none.
std::string Fact(absl::string_view name, absl::string_view value) {
  if (value.empty()) return {};
  return absl::StrCat("<div><dt>", name, "</dt><dd>", EscapeXml(value),
                      "</dd></div>\n");
}

std::string MemoryText(const MemorySummary& memory) {
  return absl::StrCat(memory.alloc_count, " allocations, peak ",
                      memory.peak_bytes, " bytes, leaked ", memory.leaked_bytes,
                      " bytes");
}

std::string ExplorationText(const ExplorationDoc& exploration) {
  return absl::StrCat(exploration.schedules, " schedules, ",
                      exploration.distinct, " distinct, ",
                      exploration.is_exhaustive ? "" : "not ", "exhaustive");
}

std::string Facts(const RunSummaryDoc& summary) {
  std::string facts = absl::StrCat(
      "<dl class=\"facts\">\n", Fact("mode", summary.mode),
      Fact("seed", absl::StrCat(summary.identity.seed)),
      Fact("virtual time", summary.virtual_time == 0
                               ? ""
                               : DurationText(NanosOf(summary.virtual_time))),
      Fact("real time", DurationText(summary.wall_ns)));
  if (summary.tests) {
    absl::StrAppend(
        &facts,
        Fact("scenarios", absl::StrCat(summary.tests->passed, " passed, ",
                                       summary.tests->failed, " failed, ",
                                       summary.tests->skipped, " skipped")));
  }
  if (summary.exploration) {
    absl::StrAppend(
        &facts, Fact("exploration", ExplorationText(*summary.exploration)),
        Fact("never reached",
             absl::StrJoin(summary.exploration->never_reached, ", ")));
  }
  if (summary.memory) {
    absl::StrAppend(&facts, Fact("memory", MemoryText(*summary.memory)));
  }
  absl::StrAppend(&facts,
                  Fact("started", TimestampText(summary.started_unix_ns)),
                  Fact("run", summary.identity.run_id),
                  Fact("trace", summary.identity.trace_path), "</dl>\n");
  return facts;
}

std::string FindingCard(const FindingDoc& finding) {
  std::string place = PlaceText(finding);
  if (finding.place && finding.place->step) {
    absl::StrAppend(&place, place.empty() ? "" : ", ", "step ",
                    *finding.place->step);
  }
  return absl::StrCat(
      "<div class=\"card finding\"><b>", EscapeXml(finding.kind), "/",
      EscapeXml(finding.title), "</b>\n<p>", EscapeXml(finding.message),
      "</p>\n<div class=\"place\">", EscapeXml(place), "</div></div>\n");
}

std::string Findings(const RunSummaryDoc& summary) {
  if (summary.findings.empty()) return {};
  std::string cards = "<h2>Findings</h2>\n";
  for (const FindingDoc& finding : summary.findings) {
    absl::StrAppend(&cards, FindingCard(finding));
  }
  return cards;
}

std::string Reproduce(const RunSummaryDoc& summary) {
  if (summary.reproduce.empty()) return {};
  return absl::StrCat("<h2>Reproduce</h2>\n<code class=\"line\">",
                      EscapeXml(summary.reproduce), "</code>\n");
}

// "Timeline", with how many of the rows are shown.
std::string Heading(absl::string_view name, size_t rows) {
  const std::string note =
      rows > kHtmlRowsMax
          ? absl::StrCat("the first ", kHtmlRowsMax, " of ", rows)
          : absl::StrCat(rows);
  return absl::StrCat("<h2>", name, "<small>", note,
                      "</small></h2>\n<div class=\"card scroll\"><table>\n");
}

std::string ResultRow(const ScenarioResult& result) {
  std::string text = EscapeXml(result.error);
  for (const FindingDoc& finding : result.findings) {
    absl::StrAppend(&text, text.empty() ? "" : "<br>",
                    EscapeXml(FindingText(finding)));
  }
  const bool is_fine = result.status == "pass" || result.status == "skip";
  if (!is_fine) {
    for (const std::string& line : EvidenceLines(result)) {
      absl::StrAppend(&text, text.empty() ? "" : "<br>", "<code>",
                      EscapeXml(line), "</code>");
    }
  }
  return absl::StrCat("<tr><td class=\"", is_fine ? "pass" : "fail", "\">",
                      EscapeXml(result.status), "</td><td>",
                      EscapeXml(result.scenario), "</td><td class=\"number\">",
                      DurationText(result.duration_ns),
                      "</td><td class=\"text\">", text, "</td></tr>\n");
}

std::string Results(const RunSummaryDoc& summary) {
  if (!summary.tests || summary.tests->results.empty()) return {};
  const std::vector<ScenarioResult>& results = summary.tests->results;
  std::string table = Heading("Scenarios", results.size());
  absl::StrAppend(&table,
                  "<tr><th>status</th><th>scenario</th><th>time</th>"
                  "<th></th></tr>\n");
  for (size_t i = 0; i < results.size() && i < kHtmlRowsMax; ++i) {
    absl::StrAppend(&table, ResultRow(results[i]));
  }
  return absl::StrCat(table, "</table></div>\n");
}

// Returns the part of the whole time that has gone by, in tenths of percent.
uint64_t Share(uint64_t time, uint64_t end) {
  if (end == 0) return 0;
  // Times saturate at 2^64-1, where the product would overflow.
  if (end > ~uint64_t{0} / kPermille) return time / (end / kPermille);
  return time * kPermille / end;
}

// From this event to the next, on a line as long as the run.
std::string Rail(uint64_t begin, uint64_t end, uint64_t total) {
  const uint64_t left = std::min(Share(begin, total), kPermille);
  const uint64_t right = std::min(Share(end, total), kPermille);
  const uint64_t width = right > left ? right - left : 0;
  return absl::StrFormat(
      "<div class=\"rail\"><i style=\"left:min(%d.%d%%,calc(100%% - 4px));"
      "width:%d.%d%%\"></i></div>",
      left / 10, left % 10, width / 10, width % 10);
}

std::string EventRow(const TimelineEvent& event, const std::string& rail) {
  const bool is_bad = event.name == "finding" || event.name == "fault" ||
                      absl::EndsWith(event.name, "_failed");
  return absl::StrCat(
      is_bad ? "<tr class=\"bad\">" : "<tr>", "<td class=\"number\">",
      event.time_ms, " ms</td><td class=\"number\">",
      event.step ? absl::StrCat(*event.step) : "", "</td><td class=\"name\">",
      EscapeXml(event.name), "</td><td class=\"text\">", EscapeXml(event.text),
      "</td><td class=\"track\">", rail, "</td></tr>\n");
}

std::string Timeline(const RunSummaryDoc& summary) {
  const std::vector<TimelineEvent>& events = summary.timeline;
  if (events.empty()) return {};
  uint64_t total = 0;
  for (const TimelineEvent& event : events) {
    total = std::max(total, event.time_ms);
  }
  std::string table = Heading("Timeline", events.size());
  absl::StrAppend(&table,
                  "<tr><th>virtual time</th><th>step</th><th>event</th>"
                  "<th></th><th></th></tr>\n");
  for (size_t i = 0; i < events.size() && i < kHtmlRowsMax; ++i) {
    const uint64_t end =
        i + 1 < events.size() ? events[i + 1].time_ms : events[i].time_ms;
    absl::StrAppend(&table,
                    EventRow(events[i], Rail(events[i].time_ms, end, total)));
  }
  return absl::StrCat(table, "</table></div>\n");
}

}  // namespace

std::string HtmlReport(const RunSummaryDoc& summary) {
  return absl::StrCat(Head(summary), Facts(summary), Findings(summary),
                      Reproduce(summary), Results(summary), Timeline(summary),
                      "<footer>written by fozzy</footer>\n</main>\n</body>\n"
                      "</html>\n");
}

}  // namespace fozzy

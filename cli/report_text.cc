#include "cli/report_text.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/finding_text.h"
#include "cli/printable.h"
#include "cli/time_text.h"

namespace fozzy {
namespace {

// More lines are counted instead of shown.
constexpr size_t kLinesMax = 20;

void AddTests(const TestsDoc& tests, std::vector<std::string>& facts) {
  facts.push_back(absl::StrCat(tests.passed, " passed"));
  facts.push_back(absl::StrCat(tests.failed, " failed"));
  if (tests.skipped > 0) {
    facts.push_back(absl::StrCat(tests.skipped, " skipped"));
  }
}

void AddExploration(const RunSummaryDoc& summary,
                    std::vector<std::string>& facts) {
  const ExplorationDoc& exploration = *summary.exploration;
  facts.push_back(absl::StrCat(exploration.schedules, " schedules"));
  facts.push_back(absl::StrCat(exploration.distinct, " distinct"));
  facts.push_back(exploration.is_exhaustive ? "exhaustive" : "not exhaustive");
  if (summary.ns_per_schedule > 0) {
    facts.push_back(
        absl::StrCat(MicrosText(summary.ns_per_schedule), " us each"));
  }
}

// "12 to 3 decisions in 420 runs".
void AddShrink(const ShrinkDoc& shrink, std::vector<std::string>& facts) {
  facts.push_back(absl::StrCat(shrink.before.decisions, " to ",
                               shrink.after.decisions, " decisions"));
  const uint64_t before = shrink.before.faults + shrink.before.values;
  const uint64_t after = shrink.after.faults + shrink.after.values;
  facts.push_back(absl::StrCat(before, " to ", after, " not 0"));
  facts.push_back(absl::StrCat(shrink.runs, " runs"));
  if (!shrink.is_fixpoint) facts.push_back("not the smallest");
}

// "pass: tests/example.fozzy.json, seed 7, 12 ms".
std::string Headline(const RunSummaryDoc& summary, const Output& output) {
  std::vector<std::string> facts;
  if (!summary.scenario.empty())
    facts.push_back(PrintableLine(summary.scenario));
  if (summary.tests) AddTests(*summary.tests, facts);
  if (summary.exploration) AddExploration(summary, facts);
  if (summary.shrink) AddShrink(*summary.shrink, facts);
  facts.push_back(absl::StrCat("seed ", summary.identity.seed));
  facts.push_back(
      NanosOf(summary.virtual_time) > summary.wall_ns
          ? absl::StrCat(DurationText(NanosOf(summary.virtual_time)),
                         " of virtual time")
          : DurationText(summary.wall_ns));
  const Color color = summary.status == "pass" ? Color::kGreen : Color::kRed;
  return absl::StrCat(output.Paint(color, summary.status), ": ",
                      absl::StrJoin(facts, ", "), "\n");
}

void AddFinding(std::string text, const FindingDoc& finding,
                std::vector<std::string>& lines) {
  lines.push_back(std::move(text));
  const std::string step = SuggestionText(finding);
  if (!step.empty()) lines.push_back(absl::StrCat("  add: ", step));
}

std::vector<std::string> FindingLines(const RunSummaryDoc& summary) {
  std::vector<std::string> lines;
  if (!summary.tests) {
    for (const FindingDoc& finding : summary.findings) {
      AddFinding(FindingText(finding), finding, lines);
    }
    return lines;
  }
  for (const ScenarioResult& result : summary.tests->results) {
    if (result.status == "pass" || result.status == "skip") continue;
    for (const FindingDoc& finding : result.findings) {
      const std::string file =
          PlaceText(finding).empty() ? result.scenario + ": " : "";
      AddFinding(file + FindingText(finding), finding, lines);
    }
    if (!result.error.empty()) {
      // It names the file and the line already.
      lines.push_back(Printable(result.error));
    } else if (result.findings.empty()) {
      lines.push_back(absl::StrCat(result.scenario, ": ", result.status));
    }
    for (const std::string& line : EvidenceLines(result)) {
      lines.push_back(absl::StrCat("  ", line));
    }
  }
  return lines;
}

std::string Limited(const std::vector<std::string>& lines) {
  std::string text;
  for (size_t i = 0; i < lines.size() && i < kLinesMax; ++i) {
    absl::StrAppend(&text, "  ", lines[i], "\n");
  }
  if (lines.size() > kLinesMax) {
    absl::StrAppend(&text, "  and ", lines.size() - kLinesMax, " more\n");
  }
  return text;
}

}  // namespace

std::string TextReport(const RunSummaryDoc& summary, const Output& output) {
  std::string text = Headline(summary, output);
  absl::StrAppend(&text, Limited(FindingLines(summary)));
  if (summary.exploration && !summary.exploration->never_reached.empty()) {
    absl::StrAppend(&text, "never reached: ",
                    absl::StrJoin(summary.exploration->never_reached, ", "),
                    "\n");
  }
  if (summary.is_recorded) {
    absl::StrAppend(&text, "recorded: ", summary.identity.trace_path, "\n");
  }
  if (!summary.reporter_path.empty()) {
    absl::StrAppend(&text, "report: ", summary.reporter_path, "\n");
  }
  if (summary.status != "pass" && !summary.reproduce.empty()) {
    absl::StrAppend(&text, output.Paint(Color::kBold, "reproduce:"), " ",
                    summary.reproduce, "\n");
  }
  return text;
}

}  // namespace fozzy

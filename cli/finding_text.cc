#include "cli/finding_text.h"

#include "absl/strings/str_cat.h"
#include "cli/json_document.h"
#include "cli/printable.h"

namespace fozzy {

std::string PlaceText(const FindingDoc& finding) {
  if (!finding.place) return {};
  std::string text = finding.place->file;
  if (text.empty() || finding.place->line == 0) return text;
  absl::StrAppend(&text, ":", finding.place->line);
  if (finding.place->column > 0) {
    absl::StrAppend(&text, ":", finding.place->column);
  }
  return text;
}

std::string FindingText(const FindingDoc& finding) {
  std::string text = PlaceText(finding);
  if (!text.empty()) text += ": ";
  absl::StrAppend(&text, finding.kind, "/", finding.title, ": ",
                  PrintableLine(finding.message));
  if (finding.place && finding.place->step) {
    absl::StrAppend(&text, " (step ", *finding.place->step, ")");
  }
  return text;
}

std::string SuggestionText(const FindingDoc& finding) {
  if (!finding.place || finding.place->details.empty()) return {};
  const auto details = JsonDocument::Parse(finding.place->details);
  if (!details.ok()) return {};
  const JsonNode* rule = MemberOf(details->root(), "suggestedProcWhen");
  return rule == nullptr ? std::string() : std::string(details->Raw(*rule));
}

std::vector<std::string> EvidenceLines(const ScenarioResult& result) {
  std::vector<std::string> lines;
  if (!result.reproduce.empty()) {
    lines.push_back(absl::StrCat("reproduce: ", result.reproduce));
  }
  if (!result.trace_path.empty()) {
    lines.push_back(absl::StrCat("trace: ", result.trace_path));
  }
  return lines;
}

}  // namespace fozzy

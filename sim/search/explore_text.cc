#include "absl/strings/str_cat.h"
#include "fozzy/explore.h"

namespace fozzy {
namespace {

std::string RunsText(const ExploreReport& report) {
  std::string text =
      absl::StrCat(report.runs, report.runs == 1 ? " run, " : " runs, ",
                   report.distinct, " of them different");
  if (report.abandoned > 0) {
    absl::StrAppend(&text, ", ", report.abandoned, " given up");
  }
  if (report.is_exhaustive) absl::StrAppend(&text, ", and there are no others");
  if (report.is_time_up) absl::StrAppend(&text, ", then the time was up");
  return text;
}

void AppendProperties(std::string& text, const ExploreReport& report) {
  for (const PropertySum& sum : report.properties) {
    if (sum.held > 0 || sum.kind == PropertyKind::kBuggify) continue;
    if (sum.kind == PropertyKind::kUnreachable) continue;
    absl::StrAppend(&text, "  never held: ", sum.text, " (", sum.place, ")\n");
  }
}

}  // namespace

std::string ExploreReport::ToText() const {
  if (!error.empty()) return absl::StrCat(name, ": ", error, "\n");
  const std::string how = absl::StrCat(strategy, ", seed ", seed);
  if (!finding) {
    std::string text = absl::StrCat(name, ": nothing found in ",
                                    RunsText(*this), " (", how, ")\n");
    AppendProperties(text, *this);
    return text;
  }
  const std::string_view kind = FindingKindName(finding->kind);
  std::string text =
      absl::StrCat(name, ": ", absl::string_view(kind.data(), kind.size()),
                   ": ", finding->message, "\n");
  if (finding->kind == FindingKind::kNeverReached) {
    absl::StrAppend(&text, "  after ", RunsText(*this), " (", how, ")\n");
    return text;
  }
  absl::StrAppend(&text, "  in run ", finding_run, " (", how, "), ",
                  decisions.size(), " decisions\n");
  if (is_confirmed) {
    absl::StrAppend(&text, "  and again in a fresh process:\n");
  }
  return text + schedule;
}

}  // namespace fozzy

#include "kernels/reactive/reactive_finding.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace fozzy::reactive {
namespace {

std::string Text(const ProcessName& process) {
  if (process.name.empty()) return absl::StrCat("process ", process.id);
  return absl::StrCat("process ", process.id, " (", process.name, ")");
}

std::string RingText(const std::vector<ProcessName>& ring) {
  std::string text;
  for (const ProcessName& process : ring) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", Text(process));
  }
  return text;
}

std::string OfSignal(const std::string& signal) {
  if (signal.empty()) return "";
  return absl::StrCat(" of signal ", signal);
}

}  // namespace

std::string_view ErrorName(Error error) {
  switch (error) {
    case Error::kNone:
      return "none";
    case Error::kDoubleEmission:
      return "double emission";
    case Error::kAfterAbsence:
      return "emission after its absence was relied on";
    case Error::kSelfJoin:
      return "join of itself";
    case Error::kUnknownThread:
      return "join of an unknown thread";
  }
  return "unknown";
}

std::string Finding::Message() const {
  const std::string where =
      absl::StrCat(" in instant ", instant, " by ", Text(process));
  switch (kind) {
    case FindingKind::kError: {
      const std::string_view what = ErrorName(error);
      return absl::StrCat(absl::string_view(what.data(), what.size()),
                          OfSignal(signal), where);
    }
    case FindingKind::kLivelock:
      return absl::StrCat("instant ", instant,
                          " does not end: ", RingText(ring), " keep it alive");
    case FindingKind::kException:
      return absl::StrCat("exception", where);
  }
  return "unknown";
}

}  // namespace fozzy::reactive

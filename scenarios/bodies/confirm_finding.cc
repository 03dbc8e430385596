#include "scenarios/bodies/confirm_finding.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

std::string SignatureOf(const BodyRecording& recording) {
  return recording.finding ? Signature(*recording.finding) : "no finding";
}

absl::StatusOr<ControlAnswer> Repeat(const ControlRequest& request,
                                     AskFresh ask) {
  FOZZY_ASSIGN_OR_RETURN(ControlAnswer answer, ask(request));
  if (answer.recording) return answer;
  return absl::DataLossError("found an answer without a run, expected one");
}

}  // namespace

absl::StatusOr<ConfirmedFinding> ConfirmFinding(const std::string& test,
                                                const BodyConfig& config,
                                                const BodyBlock& block,
                                                AskFresh ask) {
  ControlRequest request;
  request.verb = ControlVerb::kRepeat;
  request.test = test;
  request.config = config;
  request.decisions = block.found->decisions;
  request.finding = block.found->finding;
  FOZZY_ASSIGN_OR_RETURN(ControlAnswer answer, Repeat(request, ask));
  ConfirmedFinding confirmed;
  confirmed.recording = *std::move(answer.recording);
  confirmed.schedule = std::move(answer.text);
  confirmed.is_confirmed =
      confirmed.recording.ops_digest == block.found_digest &&
      SignatureOf(confirmed.recording) == SignatureOf(*block.found);
  if (confirmed.is_confirmed) {
    confirmed.finding = *confirmed.recording.finding;
    return confirmed;
  }
  FOZZY_ASSIGN_OR_RETURN(const ControlAnswer again, Repeat(request, ask));
  const bool is_leak =
      DifferenceOf(confirmed.recording, *again.recording).empty();
  const std::string first = SignatureOf(*block.found);
  confirmed.finding.kind =
      is_leak ? FindingKind::kStateLeak : FindingKind::kNondeterminism;
  confirmed.finding.title = "not repeatable";
  confirmed.finding.message = absl::StrCat(
      "a search found ", first, "; the same answers in a fresh process led to ",
      SignatureOf(confirmed.recording),
      is_leak ? ", every time: runs before it left something behind"
              : ", and to something else again in another: not all that "
                "decides the run is simulated");
  return confirmed;
}

}  // namespace fozzy

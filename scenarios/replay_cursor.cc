#include "scenarios/replay_cursor.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "trace/format_record.h"

namespace fozzy {
namespace {

constexpr char kEnd[] = "the end";

bool IsEqual(const Event& a, const Event& b) {
  return a.kind == b.kind && a.time == b.time &&
         std::equal(a.numbers.begin(), a.numbers.end(), b.numbers.begin(),
                    b.numbers.end()) &&
         std::equal(a.texts.begin(), a.texts.end(), b.texts.begin(),
                    b.texts.end());
}

std::string FormatEvent(const Event& event) {
  TraceRecord record;
  record.kind = TraceRecordKind::kEvent;
  record.event = event;
  return FormatRecord(record, "ms");
}

std::string FormatDecision(const Decision& decision) {
  TraceRecord record;
  record.kind = TraceRecordKind::kDecision;
  record.decision = decision;
  return FormatRecord(record, "ms");
}

}  // namespace

ReplayCursor::ReplayCursor(TraceReader& reader) : reader_(reader) { Advance(); }

bool ReplayCursor::Next(Decision* decision) {
  if (IsLost() || HasEnded()) return false;
  if (next_.kind != TraceRecordKind::kDecision) return false;
  *decision = next_.decision;
  served_ = next_.decision;
  return true;
}

// Reached also if nothing was served: then the recording has something else
// here, or nothing.
void ReplayCursor::OnDecision(const Decision& decision) {
  if (IsLost() || HasEnded()) return;
  if (served_ && *served_ == decision) {
    served_.reset();
    Advance();
    return;
  }
  Differ(FormatRecord(next_, "ms"), FormatDecision(decision));
}

void ReplayCursor::OnEvent(const Event& event) {
  if (event.kind == EventKind::kStep && !event.numbers.empty()) {
    step_ = event.numbers[0];
  }
  if (IsLost() || HasEnded()) return;
  if (next_.kind == TraceRecordKind::kEvent && IsEqual(next_.event, event)) {
    Advance();
    return;
  }
  Differ(FormatRecord(next_, "ms"), FormatEvent(event));
}

bool ReplayCursor::IsNext(ObservationKind kind) {
  return !IsLost() && has_next_ &&
         next_.kind == TraceRecordKind::kObservation &&
         next_.observation.kind == kind;
}

std::optional<Observation> ReplayCursor::Next(ObservationKind kind) {
  if (IsLost() || HasEnded()) return std::nullopt;
  if (!IsNext(kind)) {
    Differ(FormatRecord(next_, "ms"),
           absl::StrCat("a question to the host: ",
                        std::string(ObservationKindName(kind))));
    return std::nullopt;
  }
  Observation observation = std::move(next_.observation);
  Advance();
  return observation;
}

void ReplayCursor::Finish() {
  if (!IsLost() && has_next_) Differ(FormatRecord(next_, "ms"), kEnd);
}

void ReplayCursor::Differ(std::string recorded, std::string replayed) {
  if (drift_) return;
  drift_ = {index_, step_, std::move(recorded), std::move(replayed)};
}

void ReplayCursor::Advance() {
  if (has_next_) ++index_;
  const absl::StatusOr<bool> has_next = reader_.Next(next_);
  has_next_ = has_next.ok() && *has_next;
  if (!has_next.ok()) status_ = has_next.status();
}

// Whether the recording has ended, though the run goes on.  What a killed run
// left is no drift: it was cut.
bool ReplayCursor::HasEnded() {
  if (has_next_) return false;
  if (reader_.is_complete()) {
    Differ(kEnd, "more");
  } else {
    is_past_partial_ = true;
  }
  return true;
}

}  // namespace fozzy

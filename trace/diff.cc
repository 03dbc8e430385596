#include "trace/diff.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/base/status_macros.h"
#include "trace/format_record.h"
#include "trace/reader.h"

namespace fozzy {
namespace {

// One of the two traces.
struct Side {
  std::string path;
  std::unique_ptr<TraceReader> reader;
  TraceRecord record;
  bool is_there = false;  // whether `record` is one
};

absl::Status WithPath(const absl::Status& status, const std::string& path) {
  return absl::Status(status.code(),
                      absl::StrCat(path, ": ", status.message()));
}

absl::StatusOr<Side> OpenSide(const std::string& path) {
  auto reader = TraceReader::Open(path);
  if (!reader.ok()) return WithPath(reader.status(), path);
  Side side;
  side.path = path;
  side.reader = *std::move(reader);
  return side;
}

absl::Status Advance(Side& side) {
  absl::StatusOr<bool> is_there = side.reader->Next(side.record);
  if (!is_there.ok()) return WithPath(is_there.status(), side.path);
  side.is_there = *is_there;
  return absl::OkStatus();
}

bool AreEqual(const Event& a, const Event& b) {
  return a.kind == b.kind && a.time == b.time &&
         std::equal(a.numbers.begin(), a.numbers.end(), b.numbers.begin(),
                    b.numbers.end()) &&
         std::equal(a.texts.begin(), a.texts.end(), b.texts.begin(),
                    b.texts.end());
}

bool AreEqual(const TraceRecord& a, const TraceRecord& b) {
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case TraceRecordKind::kDecision:
      return a.decision == b.decision;
    case TraceRecordKind::kEvent:
      return AreEqual(a.event, b.event);
    case TraceRecordKind::kObservation:
      return a.observation == b.observation;
  }
  return false;
}

// Both at their end: whether they end alike.
bool EndAlike(const TraceReader& a, const TraceReader& b) {
  if (a.is_complete() != b.is_complete()) return false;
  if (!a.is_complete()) return true;
  return a.footer().status == b.footer().status &&
         a.footer().findings == b.footer().findings;
}

std::string Describe(const Side& side) {
  if (side.is_there) {
    return FormatRecord(side.record, side.reader->header().time_unit);
  }
  if (!side.reader->is_complete()) return "end of a partial trace";
  const TraceFooter& footer = side.reader->footer();
  std::string text = absl::StrCat("end of the run: ", footer.status);
  for (const TraceFinding& finding : footer.findings) {
    absl::StrAppend(&text, ", ", finding.kind, " ", finding.title);
    if (finding.step) absl::StrAppend(&text, " at step ", *finding.step);
    absl::StrAppend(&text, " (", finding.message, ")");
  }
  return text;
}

}  // namespace

absl::StatusOr<std::optional<TraceDifference>> DiffTraces(
    const std::string& a, const std::string& b) {
  FOZZY_ASSIGN_OR_RETURN(Side left, OpenSide(a));
  FOZZY_ASSIGN_OR_RETURN(Side right, OpenSide(b));
  TraceDifference difference;
  while (true) {
    FOZZY_RETURN_IF_ERROR(Advance(left));
    FOZZY_RETURN_IF_ERROR(Advance(right));
    const bool are_both_there = left.is_there && right.is_there;
    if (!are_both_there || !AreEqual(left.record, right.record)) break;
    const TraceRecord& record = left.record;
    if (record.kind == TraceRecordKind::kEvent &&
        record.event.kind == EventKind::kStep &&
        !record.event.numbers.empty()) {
      difference.step = record.event.numbers[0];
    }
    ++difference.record;
  }
  if (!left.is_there && !right.is_there &&
      EndAlike(*left.reader, *right.reader)) {
    return std::optional<TraceDifference>();
  }
  difference.a = Describe(left);
  difference.b = Describe(right);
  return std::optional<TraceDifference>(std::move(difference));
}

}  // namespace fozzy

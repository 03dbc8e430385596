#include "trace/verify.h"

#include <sys/stat.h>

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "sim/base/run_digest.h"
#include "sim/base/status_macros.h"
#include "trace/reader.h"

namespace fozzy {
namespace {

void MixRecord(const TraceRecord& record, Digest& digest) {
  switch (record.kind) {
    case TraceRecordKind::kDecision:
      MixDecision(digest, record.decision);
      break;
    case TraceRecordKind::kEvent:
      MixEvent(digest, record.event);
      break;
    case TraceRecordKind::kObservation:
      MixObservation(digest, record.observation);
      break;
  }
}

absl::Status ReadRecords(TraceReader& reader, TraceReport& report) {
  Digest digest;
  TraceRecord record;
  while (true) {
    absl::StatusOr<bool> is_there = reader.Next(record);
    report.counts = reader.counts();
    if (!is_there.ok()) return is_there.status();
    if (!*is_there) break;
    MixRecord(record, digest);
    if (record.kind == TraceRecordKind::kEvent &&
        record.event.kind == EventKind::kStep &&
        !record.event.numbers.empty()) {
      report.last_step = record.event.numbers[0];
    }
  }
  report.run_digest = {digest.low(), digest.high()};
  if (reader.is_complete() && reader.footer().run_digest != report.run_digest) {
    return absl::DataLossError(
        "found records of another run digest, expected the footer's: the "
        "trace was edited");
  }
  return absl::OkStatus();
}

absl::StatusOr<TraceReport> Verify(
    absl::StatusOr<std::unique_ptr<TraceReader>> reader) {
  TraceReport report;
  if (absl::IsDataLoss(reader.status())) {
    report.problem = std::string(reader.status().message());
    return report;
  }
  if (!reader.ok()) return reader.status();
  report.version = (*reader)->header().format_version;
  const absl::Status status = ReadRecords(**reader, report);
  if (!status.ok()) {
    report.problem = std::string(status.message());
    return report;
  }
  report.ok = (*reader)->is_complete();
  report.is_partial = !report.ok;
  if (report.is_partial) {
    report.warnings.push_back(
        absl::StrCat("the recording did not end: ", report.counts.total(),
                     " records, no footer"));
  }
  if ((*reader)->is_torn()) {
    report.warnings.push_back(
        absl::StrCat("the last bytes, before ", (*reader)->file_size(),
                     ", are no whole chunk and were left out"));
  }
  return report;
}

}  // namespace

absl::StatusOr<TraceReport> VerifyTrace(const std::string& path) {
  // A writer that was killed before its first byte.
  struct stat info = {};
  if (absl::EndsWith(path, ".partial") && stat(path.c_str(), &info) == 0 &&
      S_ISREG(info.st_mode) && info.st_size == 0) {
    TraceReport report;
    report.is_partial = true;
    return report;
  }
  return Verify(TraceReader::Open(path));
}

absl::StatusOr<TraceReport> VerifyTraceBytes(absl::string_view bytes) {
  return Verify(TraceReader::FromBytes(bytes));
}

}  // namespace fozzy

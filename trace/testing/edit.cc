#include "trace/testing/edit.h"

#include <string_view>
#include <utility>

#include "sim/base/run_digest.h"
#include "sim/base/status_macros.h"
#include "trace/reader.h"
#include "trace/writer.h"

namespace fozzy {
namespace {

EditableRecord Copy(const TraceRecord& record) {
  switch (record.kind) {
    case TraceRecordKind::kDecision:
      return MakeDecision(record.decision);
    case TraceRecordKind::kObservation:
      return MakeObservation(record.observation);
    case TraceRecordKind::kEvent:
      break;
  }
  const Event& event = record.event;
  return MakeEvent(event.kind, event.time,
                   {event.numbers.begin(), event.numbers.end()},
                   {event.texts.begin(), event.texts.end()});
}

void Write(const EditableRecord& record, TraceWriter& writer, Digest& digest) {
  if (record.kind == TraceRecordKind::kDecision) {
    MixDecision(digest, record.decision);
    writer.OnDecision(record.decision);
    return;
  }
  if (record.kind == TraceRecordKind::kObservation) {
    MixObservation(digest, record.observation);
    writer.OnObservation(record.observation);
    return;
  }
  const std::vector<std::string_view> texts(record.texts.begin(),
                                            record.texts.end());
  const Event event = {record.event, record.time, record.numbers, texts};
  MixEvent(digest, event);
  writer.OnEvent(event);
}

}  // namespace

EditableRecord MakeDecision(const Decision& decision) {
  EditableRecord record;
  record.kind = TraceRecordKind::kDecision;
  record.decision = decision;
  return record;
}

EditableRecord MakeEvent(EventKind kind, uint64_t time,
                         std::vector<uint64_t> numbers,
                         std::vector<std::string> texts) {
  EditableRecord record;
  record.kind = TraceRecordKind::kEvent;
  record.event = kind;
  record.time = time;
  record.numbers = std::move(numbers);
  record.texts = std::move(texts);
  return record;
}

EditableRecord MakeObservation(const Observation& observation) {
  EditableRecord record;
  record.kind = TraceRecordKind::kObservation;
  record.observation = observation;
  return record;
}

absl::StatusOr<EditableTrace> LoadTrace(const std::string& path) {
  FOZZY_ASSIGN_OR_RETURN(const auto reader, TraceReader::Open(path));
  EditableTrace trace;
  trace.header = reader->header();
  FOZZY_ASSIGN_OR_RETURN(trace.scenario, reader->ReadScenario());
  TraceRecord record;
  while (true) {
    FOZZY_ASSIGN_OR_RETURN(const bool is_there, reader->Next(record));
    if (!is_there) break;
    trace.records.push_back(Copy(record));
  }
  if (reader->is_complete()) trace.footer = reader->footer();
  return trace;
}

absl::Status SaveTrace(const EditableTrace& trace, const std::string& path) {
  TraceWriter::Options options;
  options.path = path;
  options.header = trace.header;
  options.scenario = trace.scenario;
  TraceWriter writer(std::move(options));
  Digest digest;
  for (const EditableRecord& record : trace.records) {
    Write(record, writer, digest);
  }
  TraceFooter footer = trace.footer;
  footer.run_digest = {digest.low(), digest.high()};
  return writer.Finish(std::move(footer));
}

}  // namespace fozzy

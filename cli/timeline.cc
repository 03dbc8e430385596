#include "cli/timeline.h"

#include <memory>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/file.h"
#include "fozzy/decision.h"
#include "scenarios/json_writer.h"
#include "sim/base/status_macros.h"
#include "trace/format_record.h"
#include "trace/reader.h"

namespace fozzy {
namespace {

absl::string_view ToAbsl(std::string_view text) {
  return {text.data(), text.size()};
}

// Calls `visit` for the events of a trace, in order, while it returns true.
absl::Status VisitEvents(const std::string& path,
                         absl::FunctionRef<bool(const TraceRecord&)> visit) {
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<TraceReader> reader,
                         TraceReader::Open(path));
  TraceRecord record;
  while (true) {
    FOZZY_ASSIGN_OR_RETURN(const bool is_there, reader->Next(record));
    if (!is_there) return absl::OkStatus();
    if (record.kind != TraceRecordKind::kEvent) continue;
    if (!visit(record)) return absl::OkStatus();
  }
}

// Splits "a,b" and returns name number `i`, or its number if there is none.
std::string NameOf(std::string_view names, size_t i) {
  const std::vector<absl::string_view> parts =
      absl::StrSplit(ToAbsl(names), ',', absl::SkipEmpty());
  return i < parts.size() ? std::string(parts[i]) : absl::StrCat(i);
}

void WriteEvent(const Event& event, JsonWriter& json) {
  const EventInfo& info = InfoOf(event.kind);
  json.BeginObject();
  json.Key("time_ms").Uint(event.time);
  json.Key("name").String(ToAbsl(info.name));
  json.Key("fields").BeginObject();
  for (size_t i = 0; i < event.numbers.size(); ++i) {
    const std::string name = NameOf(info.numbers, i);
    json.Key(name);
    if (IsSignedNumber(name)) {
      json.Int(static_cast<int64_t>(event.numbers[i]));
    } else {
      json.Uint(event.numbers[i]);
    }
  }
  for (size_t i = 0; i < event.texts.size(); ++i) {
    json.Key(NameOf(info.texts, i)).String(ToAbsl(event.texts[i]));
  }
  json.EndObject();
  json.EndObject();
}

}  // namespace

absl::StatusOr<std::vector<TimelineEvent>> ReadTimeline(
    const std::string& trace_path) {
  std::vector<TimelineEvent> timeline;
  std::optional<uint64_t> step;
  const absl::Status status =
      VisitEvents(trace_path, [&](const TraceRecord& record) {
        const Event& event = record.event;
        if (event.kind == EventKind::kStep && !event.numbers.empty()) {
          step = event.numbers[0];
        }
        const std::string line = FormatRecord(record, "ms");
        const std::vector<std::string> parts =
            absl::StrSplit(line, absl::MaxSplits(' ', 2));
        timeline.push_back({event.time, std::string(InfoOf(event.kind).name),
                            parts.size() > 2 ? parts[2] : "", step});
        return timeline.size() < kTimelineEntriesMax;
      });
  FOZZY_RETURN_IF_ERROR(status);
  return timeline;
}

absl::Status WriteEventFiles(const std::string& trace_path,
                             const std::string& folder) {
  JsonWriter events(JsonWriter::Style::kCompact);
  JsonWriter timeline(JsonWriter::Style::kCompact);
  events.BeginArray();
  timeline.BeginArray();
  uint64_t index = 0;
  FOZZY_RETURN_IF_ERROR(VisitEvents(trace_path, [&](const TraceRecord& record) {
    WriteEvent(record.event, events);
    timeline.BeginObject();
    timeline.Key("index").Uint(index++);
    timeline.Key("event");
    WriteEvent(record.event, timeline);
    timeline.EndObject();
    return index < kEventFileEntriesMax;
  }));
  events.EndArray();
  timeline.EndArray();
  FOZZY_RETURN_IF_ERROR(
      WriteFile(absl::StrCat(folder, "/events.json"), events.Take()));
  return WriteFile(absl::StrCat(folder, "/timeline.json"), timeline.Take());
}

}  // namespace fozzy

#include "trace/format_record.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace fozzy {
namespace {

constexpr size_t kTextSizeMax = 200;

absl::string_view ViewOf(std::string_view text) {
  return absl::string_view(text.data(), text.size());
}

bool IsPlain(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         ViewOf("_-./:@+").find(c) != absl::string_view::npos;
}

std::string FormatText(absl::string_view text) {
  if (!text.empty() && text.size() <= kTextSizeMax &&
      std::all_of(text.begin(), text.end(), IsPlain)) {
    return std::string(text);
  }
  std::string line = absl::StrCat(
      "\"", absl::Utf8SafeCHexEscape(text.substr(0, kTextSizeMax)), "\"");
  if (text.size() > kTextSizeMax) {
    absl::StrAppend(&line, "...(", text.size(), " bytes)");
  }
  return line;
}

// Takes the first of the comma-separated `names`; "field" if none is left.
absl::string_view TakeName(absl::string_view& names) {
  if (names.empty()) return "field";
  const size_t comma = names.find(',');
  const absl::string_view name = names.substr(0, comma);
  names.remove_prefix(comma == absl::string_view::npos ? names.size()
                                                       : comma + 1);
  return name;
}

std::string FormatEvent(const Event& event, absl::string_view time_unit) {
  const EventInfo& info = InfoOf(event.kind);
  std::string line =
      absl::StrCat("@", event.time, time_unit, " ", ViewOf(info.name));
  absl::string_view names = ViewOf(info.numbers);
  for (const uint64_t number : event.numbers) {
    const absl::string_view name = TakeName(names);
    absl::StrAppend(&line, " ", name, "=");
    if (IsSignedNumber({name.data(), name.size()})) {
      absl::StrAppend(&line, static_cast<int64_t>(number));
    } else {
      absl::StrAppend(&line, number);
    }
  }
  names = ViewOf(info.texts);
  for (const std::string_view text : event.texts) {
    absl::StrAppend(&line, " ", TakeName(names), "=", FormatText(ViewOf(text)));
  }
  return line;
}

std::string FormatObservation(const Observation& observation) {
  std::string line = absl::StrCat(
      "observation ", ViewOf(ObservationKindName(observation.kind)));
  absl::string_view separator = " numbers=";
  for (const uint64_t number : observation.numbers) {
    absl::StrAppend(&line, separator, number);
    separator = ",";
  }
  separator = " texts=";
  for (const std::string& text : observation.texts) {
    absl::StrAppend(&line, separator, FormatText(text));
    separator = ",";
  }
  return line;
}

std::string FormatDecision(const Decision& decision) {
  std::string line =
      absl::StrCat("decision ", ViewOf(ChoiceKindName(decision.kind)),
                   " answer=", decision.answer);
  if (decision.task.value != 0) {
    absl::StrAppend(&line, " task=", decision.task.value);
  }
  return line;
}

}  // namespace

std::string FormatRecord(const TraceRecord& record,
                         absl::string_view time_unit) {
  switch (record.kind) {
    case TraceRecordKind::kDecision:
      return FormatDecision(record.decision);
    case TraceRecordKind::kEvent:
      return FormatEvent(record.event, time_unit);
    case TraceRecordKind::kObservation:
      return FormatObservation(record.observation);
  }
  return "";
}

}  // namespace fozzy

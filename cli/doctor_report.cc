#include "cli/doctor_report.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "backends/host/doctor/pin.h"
#include "scenarios/json_writer.h"

namespace fozzy {
namespace {

// What one source of nondeterminism means and what helps against it.
struct Remedy {
  Pin pin;
  absl::string_view detail;
  absl::string_view hint;
};

// In the order of the enum.
constexpr Remedy kRemedies[] = {
    {Pin::kClock, "the run reads a clock",
     "give the program its time, or keep times out of what it prints"},
    {Pin::kPid, "the run reads process ids",
     "keep process ids out of what it prints and of the names it makes"},
    {Pin::kRandom, "the run draws random bytes of the system",
     "give the program a fixed seed"},
    {Pin::kDirectoryOrder, "the run depends on the order of files in a folder",
     "sort the names after reading a folder"},
    {Pin::kEnvironment,
     "the run depends on variables, HOME, TZ, locale, working directory, umask "
     "or processors",
     "set in the scenario what the program depends on"},
    {Pin::kAddressLayout, "the run depends on memory addresses",
     "do not print, sort or hash addresses"},
};

constexpr bool IsInOrder() {
  for (size_t i = 0; i < std::size(kRemedies); ++i) {
    if (static_cast<size_t>(kRemedies[i].pin) != i) return false;
  }
  return true;
}
static_assert(IsInOrder());

absl::string_view FolderName(AuditFolder folder) {
  switch (folder) {
    case AuditFolder::kEmpty:
      return "empty";
    case AuditFolder::kCopied:
      return "copied";
    case AuditFolder::kShared:
      return "shared";
  }
  return "";
}

// Why no source could be named.
std::string WhyUnknown(const Cause& cause) {
  if (cause.is_rare) return "the runs differ too seldom to find the cause";
  if (cause.untested.empty()) {
    return "holding every source fixed that can be held does not help";
  }
  return absl::StrCat("could not be held fixed: ",
                      PinNames(cause.untested, ", "));
}

std::string HintOf(const Cause& cause) {
  if (cause.verdict == Cause::Verdict::kUnknown) {
    return cause.is_rare
               ? "try again with more --runs"
               : "look for threads or processes that race, the network, times "
                 "of files, and state that outlives a run";
  }
  std::string hint;
  for (const Remedy& remedy : kRemedies) {
    if (!cause.pins.Contains(remedy.pin)) continue;
    absl::StrAppend(&hint, hint.empty() ? "" : "; ", remedy.hint);
  }
  return hint;
}

size_t CountDiffering(const Cause& cause) {
  return static_cast<size_t>(std::count_if(
      cause.digests.begin(), cause.digests.end(),
      [&](const std::string& digest) { return digest != cause.digests[0]; }));
}

std::string MessageOf(const Cause& cause) {
  return absl::StrCat(CountDiffering(cause), " of ", cause.digests.size(),
                      " runs differ from the first, cause: ", CauseName(cause));
}

void WriteDifference(const TraceDifference& difference, JsonWriter& json) {
  json.Key("record").Uint(difference.record);
  if (difference.step) json.Key("step").Uint(*difference.step);
  json.Key("left").String(difference.a);
  json.Key("right").String(difference.b);
}

void WriteIssue(const AuditReport& report, JsonWriter& json) {
  const Audit& audit = report.audit;
  json.BeginObject();
  json.Key("code").String("nondeterminism");
  json.Key("message").String(MessageOf(audit.cause));
  json.Key("hint").String(HintOf(audit.cause));
  json.Key("details").BeginObject();
  json.Key("cause").String(CauseName(audit.cause));
  if (!audit.cause.untested.empty()) {
    json.Key("untested").String(PinNames(audit.cause.untested, ", "));
  }
  if (!audit.parts.empty()) {
    json.Key("parts").BeginArray();
    for (const std::string& part : audit.parts) json.String(part);
    json.EndArray();
  }
  if (!report.place.empty()) json.Key("place").String(report.place);
  if (audit.difference) WriteDifference(*audit.difference, json);
  json.EndObject();
  json.EndObject();
}

void WriteSignal(absl::string_view source, absl::string_view detail,
                 JsonWriter& json) {
  json.BeginObject();
  json.Key("source").String(source);
  json.Key("detail").String(detail);
  json.EndObject();
}

void WriteSignals(const Cause& cause, JsonWriter& json) {
  json.Key("nondeterminism_signals").BeginArray();
  if (cause.verdict == Cause::Verdict::kUnknown) {
    WriteSignal("unknown", WhyUnknown(cause), json);
  }
  for (const Remedy& remedy : kRemedies) {
    if (!cause.pins.Contains(remedy.pin)) continue;
    WriteSignal(PinNames(PinSet(remedy.pin), ""), remedy.detail, json);
  }
  json.EndArray();
}

void WriteAudit(const AuditReport& report, JsonWriter& json) {
  const Cause& cause = report.audit.cause;
  json.Key("determinism_audit").BeginObject();
  json.Key("scenario").String(report.scenario);
  json.Key("runs").Uint(cause.digests.size());
  json.Key("seed").Uint(report.seed);
  json.Key("consistent").Bool(report.audit.is_consistent());
  json.Key("signatures").BeginArray();
  for (const std::string& digest : cause.digests) json.String(digest);
  json.EndArray();
  json.Key("working_directory").String(FolderName(report.audit.folder));
  json.EndObject();
}

absl::string_view OutcomeName(DoctorCheck::Outcome outcome) {
  switch (outcome) {
    case DoctorCheck::Outcome::kOk:
      return "ok";
    case DoctorCheck::Outcome::kAbsent:
      return "absent";
    case DoctorCheck::Outcome::kBroken:
      return "broken";
  }
  return "";
}

}  // namespace

std::string AuditJson(const AuditReport& report) {
  const Audit& audit = report.audit;
  JsonWriter json(JsonWriter::Style::kPretty);
  json.BeginObject();
  json.Key("ok").Bool(audit.is_consistent());
  json.Key("issues").BeginArray();
  if (!audit.is_consistent()) WriteIssue(report, json);
  json.EndArray();
  if (!audit.is_consistent()) WriteSignals(audit.cause, json);
  if (audit.difference) {
    json.Key("first_difference").BeginObject();
    WriteDifference(*audit.difference, json);
    json.EndObject();
  }
  WriteAudit(report, json);
  json.EndObject();
  return json.Take();
}

std::string AuditText(const AuditReport& report, const Output& output) {
  const Audit& audit = report.audit;
  const Cause& cause = audit.cause;
  const std::string subject =
      absl::StrCat(report.scenario, ", seed ", report.seed);
  if (audit.is_consistent()) {
    const bool has_passed = audit.end.empty() || audit.end == "pass";
    return absl::StrCat(
        output.Paint(Color::kGreen, "deterministic"), ": ", subject, ": ",
        cause.digests.size(), " runs in unlike processes agree",
        has_passed ? "" : ", all end with ", has_passed ? "" : audit.end, "\n");
  }
  std::string text = absl::StrCat(
      output.Paint(Color::kRed, "nondeterministic"), ": ", subject, ": ",
      CountDiffering(cause), " of ", cause.digests.size(),
      " runs differ from the first\n",
      "cause: ", output.Paint(Color::kBold, CauseName(cause)),
      audit.parts.empty()
          ? ""
          : absl::StrCat(" (", absl::StrJoin(audit.parts, ", "), ")"),
      "\n");
  if (cause.verdict == Cause::Verdict::kUnknown) {
    absl::StrAppend(&text, "  ", WhyUnknown(cause), "\n");
  }
  if (audit.difference) {
    const TraceDifference& first = *audit.difference;
    absl::StrAppend(
        &text, "first difference: record ", first.record,
        first.step ? absl::StrCat(", step ", *first.step) : "",
        report.place.empty() ? "" : absl::StrCat(", ", report.place),
        "\n  run 0: ", first.a, "\n  run ", audit.differing_run, ": ", first.b,
        "\n");
  }
  absl::StrAppend(&text, "hint: ", HintOf(cause), "\n");
  return text;
}

std::string ChecksJson(const std::vector<DoctorCheck>& checks) {
  bool is_ok = true;
  JsonWriter json(JsonWriter::Style::kPretty);
  for (const DoctorCheck& check : checks) {
    is_ok = is_ok && check.outcome != DoctorCheck::Outcome::kBroken;
  }
  json.BeginObject();
  json.Key("ok").Bool(is_ok);
  json.Key("issues").BeginArray();
  for (const DoctorCheck& check : checks) {
    if (check.outcome != DoctorCheck::Outcome::kBroken) continue;
    json.BeginObject();
    json.Key("code").String(check.name);
    json.Key("message").String(check.detail);
    json.Key("hint").String(check.hint);
    json.EndObject();
  }
  json.EndArray();
  json.Key("checks").BeginArray();
  for (const DoctorCheck& check : checks) {
    json.BeginObject();
    json.Key("name").String(check.name);
    json.Key("outcome").String(OutcomeName(check.outcome));
    json.Key("detail").String(check.detail);
    if (!check.hint.empty()) json.Key("hint").String(check.hint);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.Take();
}

std::string ChecksText(const std::vector<DoctorCheck>& checks,
                       const Output& output) {
  constexpr Color kColors[] = {Color::kGreen, Color::kYellow, Color::kRed};
  std::string text;
  for (const DoctorCheck& check : checks) {
    const Color color = kColors[static_cast<size_t>(check.outcome)];
    absl::StrAppend(&text, output.Paint(color, OutcomeName(check.outcome)), " ",
                    check.name, ": ", check.detail, "\n");
    if (!check.hint.empty()) {
      absl::StrAppend(&text, "  hint: ", check.hint, "\n");
    }
  }
  return text;
}

}  // namespace fozzy

// One walk over the file: members of the outermost object as they come,
// decisions and events item by item, so that a long trace is never held as a
// tree.
#include "scenarios/established_trace.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "scenarios/established_trace_compact.h"
#include "scenarios/established_trace_line.h"
#include "scenarios/established_trace_members.h"
#include "scenarios/json.h"
#include "scenarios/parse_log.h"
#include "scenarios/scenario_arena.h"

namespace fozzy {
namespace {

using LineSink = absl::FunctionRef<void(absl::string_view)>;

constexpr absl::string_view kFormat = "fozzy-trace";
constexpr uint64_t kVersionMax = 4;
constexpr size_t kChecksumDigits = 64;

std::string ToString(absl::string_view text) { return std::string(text); }

// Cut short, unless it looks like a checksum.
std::string DescribeChecksum(absl::string_view text) {
  const bool is_whole =
      text.size() == kChecksumDigits &&
      std::all_of(text.begin(), text.end(), [](char c) {
        return absl::ascii_isxdigit(static_cast<unsigned char>(c));
      });
  return is_whole ? absl::StrCat("\"", text, "\"") : QuoteForMessage(text);
}

Problem WarningAt(uint64_t offset, absl::string_view field, std::string found,
                  std::string expected) {
  Problem problem;
  problem.severity = Problem::Severity::kWarning;
  problem.offset = offset;
  problem.field = ToString(field);
  problem.found = std::move(found);
  problem.expected = std::move(expected);
  return problem;
}

class TraceReader final : public JsonListener {
 public:
  // All outlive it; `line` may be null.
  TraceReader(absl::string_view source, EstablishedReport& report,
              ParseLog& log, const LineSink* line)
      : source_(source),
        report_(report),
        log_(log),
        line_(line),
        reader_(source, log) {}

  bool IsSplit(const JsonNode& key) override;
  void OnItem(JsonTape item) override;
  void OnMember(const JsonNode& key, JsonTape value) override;
  void OnRoot(JsonTape root) override;

  // After the last of it, if nothing was wrong.
  void CheckChecksum(bool is_strict);

 private:
  // Indexes of members_.
  enum MemberIndex : size_t {
    kFormatMember = 0,
    kVersion,
    kMode,
    kScenarioPath,
    kDecisions,
    kEvents,
    kSummary,
    kChecksum,
    kEngine,
    kScenario,
    kFuzz,
    kExplore,
    kMemory,
    kMemberCount,
  };

  bool Is(MemberIndex index) const { return current_ == &members_[index]; }

  void CheckFormat(const TraceMember& format);
  void ReadVersion(const TraceMember& version);
  void ReadDecision(const JsonNode& item);
  void ReadEvent(const JsonNode& item);
  void ReadSummary(const JsonNode& summary);
  void ReadIdentity(const JsonNode& identity);
  void ReadFindings(const JsonNode& findings);

  absl::string_view source_;
  EstablishedReport& report_;
  ParseLog& log_;
  const LineSink* const line_;
  MemberReader reader_;
  TraceMember members_[kMemberCount] = {
      {"format", MemberType::kText, true, {}},
      {"version", MemberType::kUint, true, {}},
      {"mode", MemberType::kText, true, {}},
      {"scenario_path", MemberType::kText, false, {}},
      {"decisions", MemberType::kArray, true, {}},
      {"events", MemberType::kArray, true, {}},
      {"summary", MemberType::kObject, true, {}},
      {"checksum", MemberType::kText, false, {}},
      {"engine", MemberType::kObject, true, {}},
      {"scenario", MemberType::kObject, false, {}},
      {"fuzz", MemberType::kObject, false, {}},
      {"explore", MemberType::kObject, false, {}},
      {"memory", MemberType::kObject, false, {}},
  };
  TraceMember* current_ = nullptr;  // being read; null if unknown
};

bool TraceReader::IsSplit(const JsonNode& key) {
  reader_.Enter("");
  current_ = reader_.Find(key, members_);
  if (current_ == nullptr) {
    log_.Warn(WarningAt(key.begin, key.view(), "an unknown field",
                        "only fields of the format"));
  }
  return Is(kDecisions) || Is(kEvents);
}

void TraceReader::OnItem(JsonTape item) {
  if (log_.has_failed()) return;
  if (Is(kDecisions)) {
    ReadDecision(item[0]);
  } else {
    ReadEvent(item[0]);
  }
}

void TraceReader::OnMember(const JsonNode& /*key*/, JsonTape value) {
  reader_.Enter("");
  if (current_ == nullptr || log_.has_failed()) return;
  if (!reader_.Set(value[0], *current_)) return;
  if (Is(kFormatMember)) CheckFormat(*current_);
  if (Is(kVersion)) ReadVersion(*current_);
  if (Is(kMode)) report_.mode = ToString(current_->text);
  if (Is(kScenarioPath)) report_.scenario_path = ToString(current_->text);
  if (Is(kSummary)) ReadSummary(value[0]);
}

void TraceReader::OnRoot(JsonTape root) {
  reader_.Enter("");
  if (root[0].kind == JsonNode::Kind::kObject) {
    reader_.CheckMissing(root[0], members_);
  } else {
    reader_.Fail(root[0], "", DescribeValue(root[0], source_),
                 "a trace, an object");
  }
}

void TraceReader::CheckFormat(const TraceMember& format) {
  if (format.text == kFormat) return;
  reader_.Fail(format.value, format.name, QuoteForMessage(format.text),
               absl::StrCat("\"", kFormat, "\""));
}

void TraceReader::ReadVersion(const TraceMember& version) {
  if (version.number == 0 || version.number > kVersionMax) {
    return reader_.Fail(version.value, version.name,
                        DescribeValue(version.value, source_),
                        "an integer from 1 to 4");
  }
  report_.version = static_cast<uint32_t>(version.number);
  if (version.number == kVersionMax) return;
  log_.Warn(WarningAt(version.value.begin, version.name,
                      absl::StrCat(version.number, ", an older version"), "4"));
}

void TraceReader::ReadDecision(const JsonNode& item) {
  TraceMember members[] = {{"kind", MemberType::kText, true, {}}};
  reader_.EnterItem("decisions", report_.decisions);
  if (!reader_.ReadAll(item, members)) return;
  ++report_.decisions;
  if (line_ != nullptr) (*line_)(DecisionLine(item, source_));
}

void TraceReader::ReadEvent(const JsonNode& item) {
  TraceMember members[] = {{"time_ms", MemberType::kUint, true, {}},
                           {"name", MemberType::kText, true, {}},
                           {"fields", MemberType::kObject, false, {}}};
  reader_.EnterItem("events", report_.events);
  if (!reader_.ReadAll(item, members)) return;
  ++report_.events;
  if (line_ == nullptr) return;
  (*line_)(EventLine({members[0].number, members[1].value, members[2].value},
                     source_));
}

void TraceReader::ReadSummary(const JsonNode& summary) {
  // The nodes in `members` are copies: what is inside is found in the tape.
  TraceMember members[] = {{"status", MemberType::kText, true, {}},
                           {"identity", MemberType::kObject, true, {}},
                           {"findings", MemberType::kArray, false, {}}};
  reader_.Enter("summary");
  if (!reader_.ReadAll(summary, members)) return;
  report_.status = ToString(members[0].text);
  const JsonNode* key = summary.inside();
  for (uint32_t i = 0; i < summary.size; ++i, key = key->next()->next()) {
    if (key->view() == "identity") ReadIdentity(*key->next());
    if (key->view() == "findings") ReadFindings(*key->next());
  }
}

void TraceReader::ReadIdentity(const JsonNode& identity) {
  TraceMember members[] = {{"seed", MemberType::kUint, true, {}}};
  reader_.Enter("summary.identity");
  if (reader_.ReadAll(identity, members)) report_.seed = members[0].number;
}

void TraceReader::ReadFindings(const JsonNode& findings) {
  const JsonNode* item = findings.inside();
  for (uint32_t i = 0; i < findings.size; ++i, item = item->next()) {
    TraceMember members[] = {{"kind", MemberType::kText, true, {}},
                             {"title", MemberType::kText, true, {}},
                             {"message", MemberType::kText, true, {}}};
    reader_.EnterItem("summary.findings", i);
    if (!reader_.ReadAll(*item, members)) return;
    report_.findings.push_back({ToString(members[0].text),
                                ToString(members[1].text),
                                ToString(members[2].text)});
  }
}

void TraceReader::CheckChecksum(bool is_strict) {
  const TraceMember& checksum = members_[kChecksum];
  report_.is_checksum_present = checksum.is_set;
  if (!checksum.is_set) {
    Problem missing =
        WarningAt(0, checksum.name, "no such field",
                  "a checksum, which tells whether the trace was changed");
    if (!is_strict) return log_.Warn(std::move(missing));
    missing.severity = Problem::Severity::kError;
    return log_.Fail(std::move(missing));
  }
  const std::string expected =
      EstablishedChecksum(source_, {checksum.key->begin, checksum.value.end});
  report_.is_checksum_valid = checksum.text == expected;
  if (report_.is_checksum_valid) return;
  reader_.Enter("");
  reader_.Fail(
      checksum.value, checksum.name, DescribeChecksum(checksum.text),
      absl::StrCat("\"", expected, "\", the checksum of what is there"));
}

// Puts what was found wrong into `report`.
void TakeProblems(ParseLog log, absl::string_view source,
                  EstablishedReport& report) {
  for (const Problem& problem : std::move(log).Take(source)) {
    std::string text = absl::StrCat(problem.line, ":", problem.column, ": ",
                                    problem.Message());
    if (problem.severity == Problem::Severity::kWarning) {
      report.warnings.push_back(std::move(text));
    } else {
      report.problem = std::move(text);
    }
  }
  report.ok = report.problem.empty();
}

EstablishedReport Read(absl::string_view bytes, bool is_strict,
                       const LineSink* line) {
  EstablishedReport report;
  if (bytes.size() > kJsonBytesMax) {
    report.problem = absl::StrCat("1:1: found ", bytes.size(),
                                  " bytes, expected at most ", kJsonBytesMax);
    return report;
  }
  const std::string source(bytes);
  ScenarioArena arena;
  ParseLog log;
  TraceReader reader(source, report, log, line);
  if (std::optional<JsonError> error = WalkJson(source, arena, reader)) {
    Problem problem;
    problem.offset = error->offset;
    problem.found = std::move(error->found);
    problem.expected = std::move(error->expected);
    log.Fail(std::move(problem));
  }
  if (!log.has_failed()) reader.CheckChecksum(is_strict);
  TakeProblems(std::move(log), source, report);
  return report;
}

}  // namespace

bool LooksEstablished(absl::string_view first_bytes) {
  const size_t at = first_bytes.find_first_not_of(" \t\r\n");
  return at != absl::string_view::npos && first_bytes[at] == '{';
}

EstablishedReport VerifyEstablished(absl::string_view bytes, bool is_strict) {
  return Read(bytes, is_strict, nullptr);
}

EstablishedReport ShowEstablished(absl::string_view bytes, LineSink line) {
  return Read(bytes, /*is_strict=*/false, &line);
}

}  // namespace fozzy

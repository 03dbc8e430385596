#include "trace/reader.h"

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"
#include "trace/limits.h"
#include "trace/messages.h"
#include "trace/scenario_digest.h"

namespace fozzy {
namespace {

absl::Status Unexpected(absl::string_view found, absl::string_view expected) {
  return absl::DataLossError(
      absl::StrCat("found ", found, ", expected ", expected));
}

}  // namespace

absl::StatusOr<std::unique_ptr<TraceReader>> TraceReader::Open(
    const std::string& path) {
  FOZZY_ASSIGN_OR_RETURN(ByteSource source, ByteSource::Open(path));
  return FromSource(std::move(source));
}

absl::StatusOr<std::unique_ptr<TraceReader>> TraceReader::FromBytes(
    absl::string_view bytes) {
  return FromSource(ByteSource::Of(bytes));
}

absl::StatusOr<std::unique_ptr<TraceReader>> TraceReader::FromSource(
    ByteSource source) {
  auto reader = absl::WrapUnique(new TraceReader(std::move(source)));
  FOZZY_RETURN_IF_ERROR(reader->ReadHeader());
  return reader;
}

TraceReader::TraceReader(ByteSource source) : sections_(std::move(source)) {}

absl::StatusOr<std::string> TraceReader::ReadScenario() {
  FOZZY_CHECK(!has_read_scenario_);
  std::string scenario;
  status_ = ReadScenarioParts(&scenario);
  if (!status_.ok()) return status_;
  return scenario;
}

absl::StatusOr<bool> TraceReader::Next(TraceRecord& record) {
  if (status_.ok() && !has_read_scenario_) {
    status_ = ReadScenarioParts(nullptr);
    if (ends_in_scenario_) {
      status_ = absl::OkStatus();
      is_at_end_ = true;
    }
  }
  if (!status_.ok()) return status_;
  if (is_at_end_) return false;
  absl::StatusOr<bool> is_there = NextRecord(record);
  if (!is_there.ok()) {
    status_ = is_there.status();
  } else if (!*is_there) {
    is_at_end_ = true;
  }
  return is_there;
}

absl::Status TraceReader::ReadHeader() {
  FOZZY_RETURN_IF_ERROR(sections_.ReadPreamble());
  FOZZY_ASSIGN_OR_RETURN(const bool is_there, NextSection());
  if (!is_there) {
    return AtChunk(
        absl::DataLossError("found the end of the file, expected the header"),
        {.offset = sections_.file_size()}, "header");
  }
  if (sections_.head().kind != SectionKind::kHeader) {
    return sections_.At(Unexpected("another section", "the header"));
  }
  absl::StatusOr<TraceHeader> header = DecodeHeader(sections_.contents());
  if (!header.ok()) return sections_.At(header.status());
  header_ = *std::move(header);
  if (header_.format_version != sections_.version()) {
    return sections_.At(
        Unexpected(absl::StrCat("format version ", header_.format_version),
                   absl::StrCat(sections_.version(), " as in the preamble")));
  }
  if (header_.scenario_size > kScenarioSizeMax) {
    return sections_.At(Unexpected(
        absl::StrCat("a scenario of ", header_.scenario_size, " bytes"),
        absl::StrCat("at most ", kScenarioSizeMax)));
  }
  return absl::OkStatus();
}

// Reads the sections of the scenario.
// Appends the scenario to `scenario` unless that is null.
absl::Status TraceReader::ReadScenarioParts(std::string* scenario) {
  has_read_scenario_ = true;
  ScenarioDigester digester;
  uint64_t left = header_.scenario_size;
  while (left > 0) {
    const uint64_t offset = sections_.end_of_section();
    FOZZY_ASSIGN_OR_RETURN(const bool is_there, NextSection());
    if (!is_there) {
      ends_in_scenario_ = true;
      return sections_.At(
          Unexpected(absl::StrCat("the end of the file at byte ", offset),
                     absl::StrCat(left, " more bytes of the scenario")));
    }
    const absl::string_view part = sections_.contents();
    const uint64_t size = std::min<uint64_t>(left, kScenarioPartSize);
    if (sections_.head().kind != SectionKind::kScenario ||
        part.size() != size) {
      return sections_.At(
          Unexpected(absl::StrCat(part.size(), " bytes of ",
                                  SectionKindName(sections_.head().kind)),
                     absl::StrCat(size, " bytes of scenario")));
    }
    digester.Add(part);
    if (scenario != nullptr) scenario->append(part.data(), part.size());
    left -= size;
  }
  if (digester.digest() == header_.scenario_digest) return absl::OkStatus();
  return sections_.At(Unexpected("another scenario digest", "the header's"));
}

// Reads a section and counts its bytes.
absl::StatusOr<bool> TraceReader::NextSection() {
  FOZZY_ASSIGN_OR_RETURN(const bool is_there, sections_.Next());
  if (!is_there) return false;
  const SectionHead& head = sections_.head();
  const uint64_t size = kSectionHeadSize + head.stored_size;
  switch (head.kind) {
    case SectionKind::kHeader:
      sizes_.header += size;
      break;
    case SectionKind::kScenario:
      sizes_.scenario += size;
      break;
    case SectionKind::kAnswers:
      sizes_.answers += size;
      break;
    case SectionKind::kRecords:
      sizes_.records += size;
      sizes_.raw_records += head.raw_size;
      ++sizes_.chunks;
      break;
    case SectionKind::kFooter:
      sizes_.footer += size;
      break;
  }
  return true;
}

absl::StatusOr<bool> TraceReader::NextRecord(TraceRecord& record) {
  while (true) {
    if (has_chunk_) {
      absl::StatusOr<bool> is_there = decoder_.Next(record);
      if (!is_there.ok()) return AtRecord(is_there.status());
      if (*is_there) {
        record.position = sections_.position();
        record.position.record = counts_.total();
        Count(record.kind);
        return true;
      }
    }
    FOZZY_ASSIGN_OR_RETURN(has_chunk_, NextChunk());
    if (!has_chunk_) return false;
  }
}

// Goes to the next chunk of records, or returns false behind the last one,
// having read the footer if there is one.
absl::StatusOr<bool> TraceReader::NextChunk() {
  FOZZY_ASSIGN_OR_RETURN(bool is_there, NextSection());
  if (!is_there) return false;
  const uint64_t offset = sections_.position().offset;
  answers_.clear();
  if (sections_.head().kind == SectionKind::kAnswers) {
    answers_.assign(sections_.contents().data(), sections_.contents().size());
    FOZZY_ASSIGN_OR_RETURN(is_there, NextSection());
    if (!is_there) return false;
    if (sections_.head().kind != SectionKind::kRecords) {
      return sections_.At(Unexpected("another section", "records"));
    }
  }
  if (sections_.head().kind == SectionKind::kFooter) {
    FOZZY_RETURN_IF_ERROR(ReadFooter());
    return false;
  }
  if (sections_.head().kind != SectionKind::kRecords) {
    return sections_.At(Unexpected("another section", "records or the footer"));
  }
  index_.Add({offset, counts_.total()});
  const absl::Status status = decoder_.Begin(sections_.contents(), answers_);
  if (!status.ok()) return sections_.At(status);
  return true;
}

absl::Status TraceReader::ReadFooter() {
  absl::StatusOr<TraceFooter> footer = DecodeFooter(sections_.contents());
  if (!footer.ok()) return sections_.At(footer.status());
  const absl::Status status = CheckFooter(*footer);
  if (!status.ok()) return sections_.At(status);
  FOZZY_ASSIGN_OR_RETURN(const bool is_whole, sections_.ReadTail());
  if (is_whole) footer_ = *std::move(footer);
  return absl::OkStatus();
}

absl::Status TraceReader::CheckFooter(const TraceFooter& footer) const {
  const Digest& digest = sections_.digest_before();
  if (footer.file_digest != TraceDigest{digest.low(), digest.high()}) {
    return Unexpected("other chunks than the footer was written for",
                      "those of its file digest");
  }
  if (footer.counts != counts_) {
    const TraceCounts& said = footer.counts;
    return Unexpected(
        absl::StrCat(counts_.decisions, " decisions, ", counts_.events,
                     " events and ", counts_.observations, " observations"),
        absl::StrCat(said.decisions, ", ", said.events, " and ",
                     said.observations));
  }
  if (footer.index != index_.entries()) {
    return Unexpected("chunks elsewhere", "them where the index says");
  }
  return absl::OkStatus();
}

absl::Status TraceReader::AtRecord(const absl::Status& status) const {
  return sections_.At(absl::Status(
      status.code(),
      absl::StrCat("record ", counts_.total(), ": ", status.message())));
}

void TraceReader::Count(TraceRecordKind kind) {
  switch (kind) {
    case TraceRecordKind::kDecision:
      ++counts_.decisions;
      break;
    case TraceRecordKind::kEvent:
      ++counts_.events;
      break;
    case TraceRecordKind::kObservation:
      ++counts_.observations;
      break;
  }
}

}  // namespace fozzy

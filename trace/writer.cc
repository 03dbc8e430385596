#include "trace/writer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"
#include "trace/limits.h"
#include "trace/messages.h"
#include "trace/record_fields.h"
#include "trace/scenario_digest.h"
#include "trace/wire.h"

namespace fozzy {
namespace {

// The pieces of a section, head not counted.
constexpr size_t kPiecesMax = 2;

template <size_t kSize>
absl::string_view ViewOf(const std::array<char, kSize>& bytes) {
  return {bytes.data(), bytes.size()};
}

absl::Status CheckSize(absl::string_view what, uint64_t size, uint64_t most) {
  if (size <= most) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat(
      "the ", what, " has ", size, " bytes, a trace holds ", most));
}

}  // namespace

TraceWriter::TraceWriter(Options options) : options_(std::move(options)) {}

absl::Status TraceWriter::Finish(TraceFooter footer) {
  encoder_.EndRun();
  if (!encoder_.is_empty()) Spill();
  if (status_.ok()) status_ = encoder_.status();
  if (status_.ok() && !file_.is_open()) status_ = Start();
  if (status_.ok()) status_ = WriteFooter(std::move(footer));
  if (status_.ok()) status_ = Publish();
  if (!status_.ok()) file_.Discard();
  return status_;
}

// Writes the chunk.  After an error chunks are dropped: the run goes on, its
// recording does not.
void TraceWriter::Spill() {
  encoder_.EndRun();
  if (status_.ok() && !file_.is_open()) status_ = Start();
  if (status_.ok()) status_ = WriteChunk();
  encoder_.Reset();
}

absl::Status TraceWriter::Start() {
  TraceHeader& header = options_.header;
  header.format_version = kTraceVersion;
  header.scenario_size = options_.scenario.size();
  header.scenario_digest = ScenarioDigest(options_.scenario);
  const std::string message = EncodeHeader(header);
  FOZZY_RETURN_IF_ERROR(CheckSize("header", message.size(), kHeaderSizeMax));
  FOZZY_RETURN_IF_ERROR(
      CheckSize("scenario", options_.scenario.size(), kScenarioSizeMax));
  FOZZY_RETURN_IF_ERROR(OpenFile());
  FOZZY_RETURN_IF_ERROR(Write({ViewOf(EncodePreamble(kTraceVersion))}));
  FOZZY_RETURN_IF_ERROR(
      WriteSection(SectionKind::kHeader, message.size(), {message}));
  absl::string_view rest = options_.scenario;
  while (!rest.empty()) {
    const absl::string_view part =
        rest.substr(0, std::min(rest.size(), kScenarioPartSize));
    FOZZY_RETURN_IF_ERROR(
        WriteSection(SectionKind::kScenario, part.size(), {part}));
    rest.remove_prefix(part.size());
  }
  return absl::OkStatus();
}

bool TraceWriter::TakesAnother(const absl::Status& taken) const {
  return absl::IsAlreadyExists(taken) && !options_.replaces &&
         options_.next_path != nullptr;
}

// Every path that is taken is a trace of somebody else: this ends.
absl::Status TraceWriter::OpenFile() {
  while (true) {
    const absl::Status opened = file_.Open(options_.path);
    if (!TakesAnother(opened)) return opened;
    FOZZY_ASSIGN_OR_RETURN(options_.path, options_.next_path());
  }
}

absl::Status TraceWriter::Publish() {
  if (options_.replaces) return file_.Publish();
  while (true) {
    const absl::Status published = file_.PublishNew(options_.path);
    if (!TakesAnother(published)) return published;
    FOZZY_ASSIGN_OR_RETURN(options_.path, options_.next_path());
  }
}

absl::Status TraceWriter::WriteChunk() {
  index_.Add({offset_, written_records_});
  written_records_ = counts_.total();
  const std::vector<uint64_t>& answers = encoder_.answers();
  if (!answers.empty()) {
    const size_t size = answers.size() * sizeof(uint64_t);
    char head[1 + kVarintSizeMax];
    head[0] = WireTag(kAnswerField, WireType::kBytes);
    const auto head_size =
        static_cast<size_t>(PutVarint(head + 1, size) - head);
    FOZZY_RETURN_IF_ERROR(WriteSection(
        SectionKind::kAnswers, head_size + size,
        {absl::string_view(head, head_size),
         absl::string_view(reinterpret_cast<const char*>(answers.data()),
                           size)}));
  }
  const absl::string_view raw = encoder_.chunk();
  absl::string_view stored = deflater_.Deflate(raw);
  if (stored.size() >= raw.size()) stored = raw;
  return WriteSection(SectionKind::kRecords, raw.size(), {stored});
}

absl::Status TraceWriter::WriteFooter(TraceFooter footer) {
  footer.counts = counts_;
  footer.index = index_.entries();
  footer.file_digest = {file_digest_.low(), file_digest_.high()};
  const std::string message = EncodeFooter(footer);
  FOZZY_RETURN_IF_ERROR(CheckSize("footer", message.size(), kFooterSizeMax));
  const uint64_t footer_offset = offset_;
  FOZZY_RETURN_IF_ERROR(
      WriteSection(SectionKind::kFooter, message.size(), {message}));
  return Write({ViewOf(EncodeTail(footer_offset))});
}

absl::Status TraceWriter::WriteSection(
    SectionKind kind, size_t raw_size,
    absl::Span<const absl::string_view> pieces) {
  FOZZY_CHECK(pieces.size() <= kPiecesMax);
  absl::string_view all[1 + kPiecesMax];
  std::copy(pieces.begin(), pieces.end(), all + 1);
  SectionHead head;
  head.kind = kind;
  head.raw_size = static_cast<uint32_t>(raw_size);
  for (const absl::string_view piece : pieces) {
    head.stored_size += static_cast<uint32_t>(piece.size());
  }
  head.checksum = ChecksumOf(head, {});
  for (const absl::string_view piece : pieces) {
    head.checksum = Checksum(head.checksum, piece);
  }
  const SectionHeadBytes bytes = EncodeSectionHead(head);
  all[0] = ViewOf(bytes);
  MixSection(file_digest_, head);
  return Write(absl::MakeConstSpan(all, 1 + pieces.size()));
}

absl::Status TraceWriter::Write(absl::Span<const absl::string_view> pieces) {
  for (const absl::string_view piece : pieces) offset_ += piece.size();
  return file_.Append(pieces);
}

}  // namespace fozzy

#include "trace/record_encoder.h"

#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "trace/record_fields.h"
#include "trace/wire.h"

namespace fozzy {
namespace {

// Answers of more bits are random, as good as always.
constexpr uint64_t kInlineAnswerMax = (uint64_t{1} << 32) - 1;

// Room for a record without its observation or name, and for its length.
constexpr size_t kPlainRecordSizeMax = 64 +
                                       kEventNumbersMax * (1 + kVarintSizeMax) +
                                       kEventTextsMax * (1 + kVarintSizeMax);

// Spare room beyond a full chunk, so that most records need no check.
constexpr size_t kSlack = size_t{32} << 10;

constexpr char kRecordTag = WireTag(kRecordField, WireType::kBytes);

// A record starts with its tag and length, which is one byte nearly always.
constexpr size_t kRecordHead = 2;

char* PutNumber(char* out, uint32_t field, uint64_t number) {
  *out++ = WireTag(field, WireType::kVarint);
  return PutVarint(out, number);
}

char* PutBytes(char* out, uint32_t field, std::string_view bytes) {
  *out++ = WireTag(field, WireType::kBytes);
  out = PutVarint(out, bytes.size());
  if (!bytes.empty()) std::memcpy(out, bytes.data(), bytes.size());
  return out + bytes.size();
}

size_t SizeOf(const Observation& observation) {
  size_t size = 1 + kVarintSizeMax;
  size += observation.numbers.size() * (1 + kVarintSizeMax);
  for (const std::string& text : observation.texts) {
    size += 1 + kVarintSizeMax + text.size();
  }
  return size;
}

// Writes what differs from `expected` and brings it up to date.
char* PutNumbers(char* out, const Event& event, EventPrediction& expected) {
  const auto count = static_cast<uint32_t>(event.numbers.size());
  char* end = out;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t number = event.numbers[i];
    const uint64_t difference = number - expected.number(event.kind, i);
    out = PutNumber(out, kRecordNumber, ZigZag(difference));
    if (difference != 0) end = out;
    expected.set_number(event.kind, i, number);
  }
  if (count != expected.number_count(event.kind)) {
    end = PutNumber(end, kRecordNumberCount, count);
    expected.set_number_count(event.kind, count);
  }
  return end;
}

}  // namespace

RecordEncoder::RecordEncoder() {
  answers_.reserve(kAnswersMax);
  capacity_ = kChunkSize + kSlack;
  buffer_ = std::make_unique_for_overwrite<char[]>(capacity_);
}

void RecordEncoder::EndRun() {
  if (run_length_ == 0) return;
  const bool is_wide = run_.answer > kInlineAnswerMax;
  char* const start = Room(kPlainRecordSizeMax);
  char* out = start + kRecordHead;
  const auto kind = static_cast<uint64_t>(run_.kind);
  if (!is_wide) {
    out = PutNumber(out, kRecordChoice, kind);
    if (run_.answer != 0) out = PutNumber(out, kRecordAnswer, run_.answer);
  }
  if (run_length_ > 1) out = PutNumber(out, kRecordMore, run_length_ - 1);
  if (is_wide) {
    out = PutNumber(out, kRecordWide, kind);
    answers_.push_back(run_.answer);
  }
  if (run_.task.value != 0) out = PutNumber(out, kRecordTask, run_.task.value);
  End(start, out);
  run_length_ = 0;
}

void RecordEncoder::Add(const Event& event) {
  FOZZY_CHECK(event.numbers.size() <= kEventNumbersMax);
  FOZZY_CHECK(event.texts.size() <= kEventTextsMax);
  EndRun();
  size_t text_bytes = 0;
  for (const std::string_view text : event.texts) text_bytes += text.size();
  if (!Fits(text_bytes)) return;

  uint32_t texts[kEventTextsMax];
  for (size_t i = 0; i < event.texts.size(); ++i) {
    texts[i] = NameOf(event.texts[i]);
  }
  char* const start = Room(kPlainRecordSizeMax);
  char* out = start + kRecordHead;
  if (event.kind != EventKind::kStep) {
    out = PutNumber(out, kRecordEvent, static_cast<uint64_t>(event.kind));
  }
  if (event.time != expected_.time()) {
    out = PutNumber(out, kRecordTime, ZigZag(event.time - expected_.time()));
    expected_.set_time(event.time);
  }
  for (size_t i = 0; i < event.texts.size(); ++i) {
    out = PutNumber(out, kRecordText, texts[i]);
  }
  End(start, PutNumbers(out, event, expected_));
}

void RecordEncoder::Add(const Observation& observation) {
  EndRun();
  const size_t size = SizeOf(observation);
  if (observation.numbers.size() > kObservationItemsMax ||
      observation.texts.size() > kObservationItemsMax) {
    status_ = absl::ResourceExhaustedError(absl::StrCat(
        "an observation has more than ", kObservationItemsMax, " items"));
    return;
  }
  if (!Fits(size)) return;
  char* const start = Room(kPlainRecordSizeMax + size);
  // The message is written where it ends up if both lengths take all their
  // bytes, then moved down.
  char* const message = start + 2 * (1 + kVarintSizeMax);
  char* end = message;
  if (observation.kind != ObservationKind{0}) {
    end = PutNumber(end, kObservationKind,
                    static_cast<uint64_t>(observation.kind));
  }
  for (const uint64_t number : observation.numbers) {
    end = PutNumber(end, kObservationNumber, number);
  }
  for (const std::string& text : observation.texts) {
    end = PutBytes(end, kObservationText, text);
  }
  char* const body = start + kRecordHead;
  const auto message_size = static_cast<size_t>(end - message);
  *body = WireTag(kRecordObservation, WireType::kBytes);
  char* const place = PutVarint(body + 1, message_size);
  std::memmove(place, message, message_size);
  End(start, place + message_size);
}

void RecordEncoder::Reset() {
  used_ = 0;
  answers_.clear();
  expected_.Reset();
  names_.Clear();
  if (capacity_ > kChunkSize + kSlack) {
    capacity_ = kChunkSize + kSlack;
    buffer_ = std::make_unique_for_overwrite<char[]>(capacity_);
  }
}

// Returns where the next record goes; `size` bytes may be written there.
char* RecordEncoder::Room(size_t size) {
  if (used_ + size > capacity_) {
    capacity_ = used_ + size + kSlack;
    auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
    std::memcpy(larger.get(), buffer_.get(), used_);
    buffer_ = std::move(larger);
  }
  return buffer_.get() + used_;
}

// Puts tag and length before the record that was written behind `start`, at
// kRecordHead, and ends at `end`.
void RecordEncoder::End(char* start, char* end) {
  char* const body = start + kRecordHead;
  const auto size = static_cast<size_t>(end - body);
  start[0] = kRecordTag;
  if (size < 128) {
    start[1] = static_cast<char>(size);
    used_ += kRecordHead + size;
    return;
  }
  std::memmove(start + 1 + VarintSize(size), body, size);
  PutVarint(start + 1, size);
  used_ += 1 + VarintSize(size) + size;
}

uint32_t RecordEncoder::NameOf(std::string_view text) {
  bool is_new = false;
  const uint32_t name = names_.Intern(text, is_new);
  if (is_new) {
    char* const start = Room(kPlainRecordSizeMax + text.size());
    End(start, PutBytes(start + kRecordHead, kRecordName, text));
  }
  return name;
}

bool RecordEncoder::Fits(size_t size) {
  if (size <= kRecordSizeMax - kSlack) return true;
  status_ = absl::ResourceExhaustedError(
      absl::StrCat("a record of ", size, " bytes is larger than the ",
                   kRecordSizeMax - kSlack, " a trace may hold"));
  return false;
}

}  // namespace fozzy

#include "trace/record_decoder.h"

#include "absl/strings/str_cat.h"
#include "sim/base/status_macros.h"
#include "trace/record_fields.h"

namespace fozzy {
namespace {

absl::Status Unexpected(absl::string_view found, absl::string_view expected) {
  return absl::DataLossError(
      absl::StrCat("found ", found, ", expected ", expected));
}

absl::Status NoRecord() {
  return Unexpected("bytes that are no record", "a protobuf message");
}

absl::Status CheckBelow(absl::string_view what, uint64_t number, uint64_t end) {
  if (number < end) return absl::OkStatus();
  return Unexpected(absl::StrCat(what, " ", number),
                    absl::StrCat("less than ", end));
}

absl::Status ReadObservation(absl::string_view bytes,
                             Observation& observation) {
  uint64_t kind = 0;
  observation.numbers.clear();
  observation.texts.clear();
  WireReader reader(bytes);
  while (!reader.is_at_end()) {
    uint64_t field = 0;
    WireType type = WireType::kVarint;
    if (!reader.ReadTag(field, type)) return NoRecord();
    uint64_t number = 0;
    absl::string_view text;
    if (field == kObservationText && type == WireType::kBytes) {
      if (!reader.ReadBytes(text)) return NoRecord();
      observation.texts.emplace_back(text);
    } else if (field <= kObservationNumber && type == WireType::kVarint) {
      if (!reader.ReadVarint(number)) return NoRecord();
      if (field == kObservationKind) kind = number;
      if (field == kObservationNumber) observation.numbers.push_back(number);
    } else {
      return Unexpected(absl::StrCat("field ", field),
                        "fields of an observation");
    }
    FOZZY_RETURN_IF_ERROR(CheckBelow(
        "items", observation.numbers.size() + observation.texts.size(),
        2 * kObservationItemsMax + 1));
  }
  FOZZY_RETURN_IF_ERROR(
      CheckBelow("observation kind", kind, kObservationKinds));
  observation.kind = static_cast<ObservationKind>(kind);
  return absl::OkStatus();
}

}  // namespace

// The fields of one Record, not interpreted.
struct RecordDecoder::Fields {
  static constexpr uint64_t kEnd = kRecordNumberCount + 1;

  bool has(uint32_t field) const { return (present & (1u << field)) != 0; }

  uint32_t present = 0;  // bit n: field n
  uint64_t scalars[kEnd] = {};
  absl::string_view observation;
  absl::string_view name;
  size_t numbers = 0;  // in numbers_, zigzag
  size_t texts = 0;    // in texts_
};

absl::Status RecordDecoder::Begin(absl::string_view chunk,
                                  absl::string_view answers) {
  chunk_ = WireReader(chunk);
  answers_ = absl::string_view();
  if (!answers.empty()) {
    WireReader reader(answers);
    uint64_t field = 0;
    WireType type = WireType::kVarint;
    if (!reader.ReadTag(field, type) || field != kAnswerField ||
        type != WireType::kBytes || !reader.ReadBytes(answers_) ||
        !reader.is_at_end() || answers_.size() % sizeof(uint64_t) != 0) {
      return Unexpected("bytes that are no list", "64-bit answers");
    }
  }
  run_left_ = 0;
  expected_.Reset();
  names_.clear();
  return absl::OkStatus();
}

absl::StatusOr<bool> RecordDecoder::Next(TraceRecord& record) {
  while (run_left_ == 0) {
    if (chunk_.is_at_end()) {
      if (answers_.empty()) return false;
      return Unexpected(
          absl::StrCat(answers_.size() / sizeof(uint64_t), " answers too many"),
          "one for each wide decision");
    }
    uint64_t field = 0;
    WireType type = WireType::kVarint;
    absl::string_view bytes;
    if (!chunk_.ReadTag(field, type) || field != kRecordField ||
        type != WireType::kBytes || !chunk_.ReadBytes(bytes)) {
      return NoRecord();
    }
    Fields fields;
    FOZZY_RETURN_IF_ERROR(ReadFields(bytes, fields));
    if (fields.has(kRecordName)) {
      FOZZY_RETURN_IF_ERROR(AddName(fields.name));
    } else if (fields.has(kRecordObservation)) {
      record.kind = TraceRecordKind::kObservation;
      FOZZY_RETURN_IF_ERROR(
          ReadObservation(fields.observation, record.observation));
      return true;
    } else if (fields.has(kRecordChoice) || fields.has(kRecordWide)) {
      FOZZY_RETURN_IF_ERROR(ReadDecision(fields));
    } else {
      record.kind = TraceRecordKind::kEvent;
      FOZZY_RETURN_IF_ERROR(ReadEvent(fields, record));
      return true;
    }
  }
  --run_left_;
  record.kind = TraceRecordKind::kDecision;
  record.decision = run_;
  return true;
}

absl::Status RecordDecoder::ReadFields(absl::string_view bytes,
                                       Fields& fields) {
  WireReader reader(bytes);
  while (!reader.is_at_end()) {
    uint64_t field = 0;
    WireType type = WireType::kVarint;
    if (!reader.ReadTag(field, type)) return NoRecord();
    const bool is_bytes = field == kRecordObservation || field == kRecordName;
    if (field == 0 || field >= Fields::kEnd ||
        type != (is_bytes ? WireType::kBytes : WireType::kVarint)) {
      return Unexpected(absl::StrCat("field ", field), "fields of a record");
    }
    fields.present |= 1u << field;
    if (is_bytes) {
      absl::string_view& target =
          field == kRecordName ? fields.name : fields.observation;
      if (!reader.ReadBytes(target)) return NoRecord();
      continue;
    }
    uint64_t number = 0;
    if (!reader.ReadVarint(number)) return NoRecord();
    if (field == kRecordNumber) {
      FOZZY_RETURN_IF_ERROR(
          CheckBelow("numbers", fields.numbers, kEventNumbersMax));
      numbers_[fields.numbers++] = number;
    } else if (field == kRecordText) {
      FOZZY_RETURN_IF_ERROR(CheckBelow("texts", fields.texts, kEventTextsMax));
      FOZZY_RETURN_IF_ERROR(CheckBelow("name", number, names_.size()));
      const absl::string_view name = names_[number];
      texts_[fields.texts++] = std::string_view(name.data(), name.size());
    } else {
      fields.scalars[field] = number;
    }
  }
  return absl::OkStatus();
}

absl::Status RecordDecoder::ReadDecision(const Fields& fields) {
  const bool is_wide = fields.has(kRecordWide);
  const uint64_t kind = fields.scalars[is_wide ? kRecordWide : kRecordChoice];
  const uint64_t task = fields.scalars[kRecordTask];
  const uint64_t more = fields.scalars[kRecordMore];
  FOZZY_RETURN_IF_ERROR(CheckBelow("choice kind", kind, kChoiceKinds));
  FOZZY_RETURN_IF_ERROR(CheckBelow("task", task, uint64_t{1} << 32));
  FOZZY_RETURN_IF_ERROR(CheckBelow("run of decisions", more, kRunLengthMax));
  run_.kind = static_cast<ChoiceKind>(kind);
  run_.task.value = static_cast<uint32_t>(task);
  run_.answer = fields.scalars[kRecordAnswer];
  if (is_wide) {
    if (answers_.empty()) {
      return Unexpected("a wide decision without answer",
                        "as many answers as wide decisions");
    }
    run_.answer = LoadLittle64(answers_.data());
    answers_.remove_prefix(sizeof(uint64_t));
  }
  run_left_ = more + 1;
  return absl::OkStatus();
}

absl::Status RecordDecoder::ReadEvent(const Fields& fields,
                                      TraceRecord& record) {
  const uint64_t kind = fields.scalars[kRecordEvent];
  FOZZY_RETURN_IF_ERROR(CheckBelow("event kind", kind, kEventKinds));
  record.event.kind = static_cast<EventKind>(kind);
  expected_.set_time(expected_.time() + UnZigZag(fields.scalars[kRecordTime]));
  record.event.time = expected_.time();
  FOZZY_RETURN_IF_ERROR(ReadNumbers(fields, record.event.kind));
  record.event.numbers = {numbers_, expected_.number_count(record.event.kind)};
  record.event.texts = {texts_, fields.texts};
  return absl::OkStatus();
}

absl::Status RecordDecoder::ReadNumbers(const Fields& fields, EventKind kind) {
  if (fields.has(kRecordNumberCount)) {
    const uint64_t count = fields.scalars[kRecordNumberCount];
    FOZZY_RETURN_IF_ERROR(
        CheckBelow("number count", count, kEventNumbersMax + 1));
    expected_.set_number_count(kind, static_cast<uint32_t>(count));
  }
  const uint32_t count = expected_.number_count(kind);
  FOZZY_RETURN_IF_ERROR(CheckBelow("numbers", fields.numbers, count + 1u));
  for (size_t i = 0; i < count; ++i) {
    const uint64_t coded = i < fields.numbers ? numbers_[i] : 0;
    numbers_[i] = expected_.number(kind, i) + UnZigZag(coded);
    expected_.set_number(kind, i, numbers_[i]);
  }
  return absl::OkStatus();
}

absl::Status RecordDecoder::AddName(absl::string_view name) {
  FOZZY_RETURN_IF_ERROR(CheckBelow("names", names_.size(), kNamesMax));
  names_.push_back(name);
  return absl::OkStatus();
}

}  // namespace fozzy

#include "trace/record_decoder.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/proto/trace.pb.h"
#include "trace/testing/allocation_meter.h"

namespace fozzy {
namespace {

using testing::HasSubstr;
using trace::v1::Answers;
using trace::v1::Chunk;
using trace::v1::Observation;
using trace::v1::Record;

// Decodes all of `chunk` and returns what stopped it.
absl::Status DecodeBytes(const std::string& chunk, const std::string& answers) {
  RecordDecoder decoder;
  absl::Status status = decoder.Begin(chunk, answers);
  TraceRecord record;
  while (status.ok()) {
    const auto is_there = decoder.Next(record);
    status = is_there.status();
    if (status.ok() && !*is_there) break;
  }
  return status;
}

absl::Status Decode(const Chunk& chunk, const Answers& answers = {}) {
  return DecodeBytes(chunk.SerializeAsString(), answers.SerializeAsString());
}

// Returns what a decoder says of a chunk of one record.
std::string ErrorOf(const Record& record) {
  Chunk chunk;
  *chunk.add_record() = record;
  const absl::Status status = Decode(chunk);
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  return std::string(status.message());
}

TEST(RecordDecoderTest, AnEmptyRecordIsAStepWithoutNumbers) {
  RecordDecoder decoder;
  const std::string bytes("\x0a\0", 2);
  ASSERT_TRUE(decoder.Begin(bytes, "").ok());
  TraceRecord record;

  ASSERT_TRUE(*decoder.Next(record));

  EXPECT_EQ(record.kind, TraceRecordKind::kEvent);
  EXPECT_EQ(record.event.kind, EventKind::kStep);
  EXPECT_TRUE(record.event.numbers.empty());
  EXPECT_FALSE(*decoder.Next(record));
}

TEST(RecordDecoderTest, KindsThatDoNotExistAreRefused) {
  Record choice;
  choice.set_choice(kChoiceKinds);
  EXPECT_EQ(ErrorOf(choice), "found choice kind 11, expected less than 11");

  Record wide;
  wide.set_wide(~0u);
  EXPECT_THAT(ErrorOf(wide), HasSubstr("choice kind"));

  Record event;
  event.set_event(kEventKinds);
  EXPECT_THAT(ErrorOf(event), HasSubstr("event kind 27"));

  Record observation;
  observation.mutable_observation()->set_kind(kObservationKinds);
  EXPECT_THAT(ErrorOf(observation), HasSubstr("observation kind 7"));
}

TEST(RecordDecoderTest, NamesThatWereNotGivenAreRefused) {
  Record record;
  record.add_text(0);

  EXPECT_EQ(ErrorOf(record), "found name 0, expected less than 0");
}

TEST(RecordDecoderTest, CountsAboveTheirBoundsAreRefused) {
  Record numbers;
  numbers.set_number_count(kEventNumbersMax + 1);
  EXPECT_THAT(ErrorOf(numbers), HasSubstr("number count"));

  Record more_numbers;
  for (size_t i = 0; i <= kEventNumbersMax; ++i) more_numbers.add_number(1);
  EXPECT_THAT(ErrorOf(more_numbers), HasSubstr("numbers"));

  Record run;
  run.set_choice(0);
  run.set_more(kRunLengthMax);
  EXPECT_THAT(ErrorOf(run), HasSubstr("run of decisions"));

  Chunk texts;
  texts.add_record()->set_name("a");
  texts.add_record();
  for (size_t i = 0; i <= kEventTextsMax; ++i) {
    texts.mutable_record(1)->add_text(0);
  }
  EXPECT_FALSE(Decode(texts).ok());

  Chunk names;
  for (size_t i = 0; i <= kNamesMax; ++i) names.add_record()->set_name("");
  EXPECT_FALSE(Decode(names).ok());
}

TEST(RecordDecoderTest, MoreNumbersThanTheEventHasAreRefused) {
  Record record;
  record.set_number_count(1);
  record.add_number(1);
  record.add_number(1);

  EXPECT_THAT(ErrorOf(record), HasSubstr("numbers 2, expected less than 2"));
}

TEST(RecordDecoderTest, AnswersAndWideDecisionsMustBeAsMany) {
  Answers answers;
  answers.add_answer(5);
  Chunk none;
  Chunk one;
  one.add_record()->set_wide(0);
  Chunk two = one;
  two.add_record()->set_wide(0);

  EXPECT_FALSE(Decode(none, answers).ok());
  EXPECT_TRUE(Decode(one, answers).ok());
  EXPECT_FALSE(Decode(two, answers).ok());
  EXPECT_FALSE(Decode(one).ok());
}

TEST(RecordDecoderTest, AnswersThatAreNoListAreRefused) {
  Chunk chunk;
  chunk.add_record()->set_wide(0);
  const std::string bytes = chunk.SerializeAsString();
  const std::string good = std::string("\x0a\x08") + "12345678";

  EXPECT_TRUE(DecodeBytes(bytes, good).ok());
  EXPECT_FALSE(DecodeBytes(bytes, good + "x").ok());
  EXPECT_FALSE(DecodeBytes(bytes, good.substr(0, 9)).ok());
  EXPECT_FALSE(DecodeBytes(bytes, std::string("\x0a\x07") + "1234567").ok());
  EXPECT_FALSE(DecodeBytes(bytes, std::string("\x12\x08") + "12345678").ok());
}

TEST(RecordDecoderTest, UnknownFieldsAreRefused) {
  for (const std::string& record :
       {std::string("\x68\x01", 2), std::string("\x00\x01", 2),
        std::string("\x0d\x01", 2), std::string("\x09") + "12345678",
        std::string("\x0a\x00", 2), std::string("\x52\x02\x20\x01", 4)}) {
    std::string chunk = "\x0a";
    chunk.push_back(static_cast<char>(record.size()));

    EXPECT_EQ(DecodeBytes(chunk + record, "").code(),
              absl::StatusCode::kDataLoss);
  }
  EXPECT_FALSE(DecodeBytes(std::string("\x12\0", 2), "").ok());
  EXPECT_FALSE(DecodeBytes(std::string("\x08\0", 2), "").ok());
}

// 4 MiB of empty texts would be 128 MiB of empty strings.
TEST(RecordDecoderTest, AnObservationOfTooManyItemsIsRefusedInTime) {
  Chunk chunk;
  Observation& observation = *chunk.add_record()->mutable_observation();
  for (size_t i = 0; i < (size_t{1} << 21); ++i) observation.add_text("");
  const std::string bytes = chunk.SerializeAsString();
  chunk.Clear();
  StartMeter();

  EXPECT_FALSE(DecodeBytes(bytes, "").ok());

  EXPECT_LT(PeakBytes(), size_t{64} << 20);
}

}  // namespace
}  // namespace fozzy

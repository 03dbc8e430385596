#include "trace/record_encoder.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "trace/proto/trace.pb.h"
#include "trace/testing/sample.h"

namespace fozzy {
namespace {

using trace::v1::Chunk;
using trace::v1::Record;

void Add(RecordEncoder& encoder, const EditableRecord& record) {
  if (record.kind == TraceRecordKind::kDecision) {
    encoder.Add(record.decision);
    return;
  }
  if (record.kind == TraceRecordKind::kObservation) {
    encoder.Add(record.observation);
    return;
  }
  const std::vector<std::string_view> texts(record.texts.begin(),
                                            record.texts.end());
  encoder.Add(Event{record.event, record.time, record.numbers, texts});
}

// Encodes `records` as one chunk and parses it with the generated code.
Chunk Parse(const std::vector<EditableRecord>& records) {
  RecordEncoder encoder;
  for (const EditableRecord& record : records) Add(encoder, record);
  encoder.EndRun();
  Chunk chunk;
  EXPECT_TRUE(chunk.ParseFromString(std::string(encoder.chunk())));
  return chunk;
}

EditableRecord Step(uint64_t time, uint64_t step, const std::string& type) {
  return MakeEvent(EventKind::kStep, time, {step}, {type});
}

EditableRecord Choice(ChoiceKind kind, uint64_t answer) {
  return MakeDecision({kind, TaskId{}, answer});
}

TEST(RecordEncoderTest, BytesAreThoseOfTheGeneratedCode) {
  RecordEncoder encoder;
  for (const EditableTrace& trace : {SampleTrace(), LongTrace(2'000)}) {
    for (const EditableRecord& record : trace.records) Add(encoder, record);
    encoder.EndRun();
    const std::string bytes(encoder.chunk());
    Chunk chunk;

    ASSERT_TRUE(chunk.ParseFromString(bytes));
    EXPECT_GT(chunk.record_size(), 100);
    EXPECT_TRUE(chunk.SerializeAsString() == bytes);
    encoder.Reset();
  }
}

TEST(RecordEncoderTest, AStepLikeTheOneBeforeTakesFourBytes) {
  RecordEncoder encoder;
  Add(encoder, Step(5, 1, "sleep"));
  Add(encoder, Step(5, 2, "sleep"));
  const size_t before = encoder.chunk().size();

  Add(encoder, Step(5, 3, "sleep"));

  EXPECT_EQ(encoder.chunk().size() - before, 4u);
}

TEST(RecordEncoderTest, TimesAndNumbersAreDifferences) {
  const Chunk chunk = Parse({Step(5, 7, "sleep"), Step(3, 9, "sleep")});

  ASSERT_EQ(chunk.record_size(), 3);
  EXPECT_EQ(chunk.record(0).name(), "sleep");
  EXPECT_EQ(chunk.record(1).time(), 5);
  EXPECT_EQ(chunk.record(1).number_count(), 1u);
  EXPECT_EQ(chunk.record(1).number(0), 6);
  EXPECT_EQ(chunk.record(2).time(), -2);
  EXPECT_EQ(chunk.record(2).number(0), 1);
  EXPECT_FALSE(chunk.record(2).has_number_count());
  EXPECT_EQ(chunk.record(2).text(0), 0u);
}

TEST(RecordEncoderTest, WhatHappensInAStepIsExpectedToNameIt) {
  const Chunk chunk = Parse({
      Step(0, 41, "trace_event"),
      MakeEvent(EventKind::kUser, 0, {41}, {"hello"}),
  });

  ASSERT_EQ(chunk.record_size(), 4);
  EXPECT_EQ(chunk.record(3).event(), static_cast<uint32_t>(EventKind::kUser));
  EXPECT_EQ(chunk.record(3).number_size(), 0);
  EXPECT_EQ(chunk.record(3).number_count(), 1u);
}

TEST(RecordEncoderTest, EqualDecisionsInARowAreOneRecord) {
  std::vector<EditableRecord> records(5, Choice(ChoiceKind::kDrop, 1));
  records.push_back(Choice(ChoiceKind::kDrop, 0));
  records.push_back(MakeDecision({ChoiceKind::kDrop, TaskId{2}, 0}));

  const Chunk chunk = Parse(records);

  ASSERT_EQ(chunk.record_size(), 3);
  EXPECT_EQ(chunk.record(0).choice(), static_cast<uint32_t>(ChoiceKind::kDrop));
  EXPECT_EQ(chunk.record(0).answer(), 1u);
  EXPECT_EQ(chunk.record(0).more(), 4u);
  EXPECT_EQ(chunk.record(1).more(), 0u);
  EXPECT_EQ(chunk.record(2).task(), 2u);
}

TEST(RecordEncoderTest, RunsOfDecisionsAreBounded) {
  const Chunk chunk = Parse(std::vector<EditableRecord>(
      kRunLengthMax + 1, Choice(ChoiceKind::kProgress, 0)));

  ASSERT_EQ(chunk.record_size(), 2);
  EXPECT_EQ(chunk.record(0).more(), kRunLengthMax - 1);
  EXPECT_EQ(chunk.record(1).more(), 0u);
}

TEST(RecordEncoderTest, RandomAnswersAreKeptApart) {
  RecordEncoder encoder;
  const uint64_t random = 0x0123456789abcdef;
  Add(encoder, Choice(ChoiceKind::kRandom, random));
  encoder.EndRun();
  Chunk chunk;

  ASSERT_TRUE(chunk.ParseFromString(std::string(encoder.chunk())));
  ASSERT_EQ(chunk.record_size(), 1);
  EXPECT_TRUE(chunk.record(0).has_wide());
  EXPECT_EQ(encoder.answers(), std::vector<uint64_t>{random});
  EXPECT_EQ(encoder.chunk().size(), 4u);
}

TEST(RecordEncoderTest, AChunkIsFullAfter64KibOrTooManyAnswersOrNames) {
  RecordEncoder steps;
  while (!steps.is_full()) Add(steps, Step(steps.chunk().size(), 1, "sleep"));
  EXPECT_GE(steps.chunk().size(), kChunkSize);
  EXPECT_LT(steps.chunk().size(), kChunkSize + 100);

  RecordEncoder answers;
  NumberSequence numbers;
  while (!answers.is_full()) {
    answers.Add(Decision{ChoiceKind::kRandom, TaskId{}, ~numbers.Next()});
  }
  answers.EndRun();
  EXPECT_EQ(answers.answers().size(), kAnswersMax);

  RecordEncoder names;
  size_t count = 0;
  while (!names.is_full()) Add(names, Step(0, 0, std::to_string(count++)));
  EXPECT_LE(count, kNamesMax);
}

TEST(RecordEncoderTest, AChunkDoesNotDependOnTheOneBefore) {
  RecordEncoder used;
  Add(used, Step(5, 7, "sleep"));
  Add(used, Choice(ChoiceKind::kRandom, ~uint64_t{0}));
  used.EndRun();
  used.Reset();
  RecordEncoder fresh;
  for (RecordEncoder* encoder : {&used, &fresh}) {
    Add(*encoder, Step(6, 8, "sleep"));
    Add(*encoder, Choice(ChoiceKind::kDrop, 1));
    encoder->EndRun();
  }

  EXPECT_EQ(used.chunk(), fresh.chunk());
  EXPECT_EQ(used.answers(), fresh.answers());
}

}  // namespace
}  // namespace fozzy

#include "scenarios/bodies/control.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

BodyRecording SampleRecording() {
  BodyRecording recording;
  recording.decisions = {{ChoiceKind::kTask, TaskId{2}, 1},
                         {ChoiceKind::kRandom, TaskId{3}, ~uint64_t{0}}};
  recording.log = {{1, TaskId{2}, 5, "hello"}};
  recording.finding =
      Finding{FindingKind::kDeadlock, "a.cc:3", "wrong", 4, "{}"};
  recording.ops_digest = "abc";
  recording.points = 9;
  recording.time_ns = 5;
  return recording;
}

ControlRequest SampleRequest() {
  ControlRequest request;
  request.verb = ControlVerb::kShrink;
  request.test = "Queue.Push";
  request.config.seed = 7;
  request.config.strategy = "surw";
  request.range = {10, 20};
  request.decisions = SampleRecording().decisions;
  request.finding = SampleRecording().finding;
  request.time_ns = 99;
  request.keeps_faults = true;
  return request;
}

ControlAnswer SampleAnswer() {
  ControlAnswer answer;
  answer.version = "0.1.0";
  answer.program = "my_tests";
  answer.build_id = "00ff";
  answer.tests = {"A.B", "C.D"};
  BodyBlock block;
  block.first = 5;
  block.digests = {1, ~uint64_t{0}};
  block.points = 12;
  block.found = SampleRecording();
  block.found_digest = "abc";
  block.is_exhausted = true;
  answer.block = block;
  answer.unmet = {{"a.cc:1", "full"}, {"a.cc:2", "empty", true}};
  answer.recording = SampleRecording();
  answer.text = "table";
  ShrunkBody shrunk;
  shrunk.recording = SampleRecording();
  shrunk.before.preemptions = 3;
  shrunk.after.points = 4;
  shrunk.runs = 5;
  shrunk.is_fixpoint = true;
  answer.shrunk = shrunk;
  return answer;
}

TEST(ControlTest, RequestsComeAsTheyWereSent) {
  const auto read = DecodeRequest(EncodeRequest(SampleRequest()));

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->verb, ControlVerb::kShrink);
  EXPECT_EQ(read->test, "Queue.Push");
  EXPECT_TRUE(read->config == SampleRequest().config);
  EXPECT_EQ(read->range.first, 10u);
  EXPECT_EQ(read->range.count, 20u);
  EXPECT_EQ(read->decisions, SampleRequest().decisions);
  EXPECT_EQ(read->finding, SampleRequest().finding);
  EXPECT_EQ(read->time_ns, 99u);
  EXPECT_FALSE(read->keeps_schedule);
  EXPECT_TRUE(read->keeps_faults);
}

TEST(ControlTest, AnswersComeAsTheyWereSent) {
  const auto read = DecodeAnswer(EncodeAnswer(SampleAnswer()));

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->tests, SampleAnswer().tests);
  EXPECT_EQ(read->build_id, "00ff");
  ASSERT_TRUE(read->block && read->block->found && read->recording);
  EXPECT_EQ(read->block->digests, SampleAnswer().block->digests);
  EXPECT_TRUE(read->block->is_exhausted);
  EXPECT_FALSE(read->block->is_exhaustive);
  EXPECT_EQ(DifferenceOf(*read->block->found, SampleRecording()), "");
  EXPECT_EQ(read->recording->finding, SampleRecording().finding);
  EXPECT_EQ(read->unmet, SampleAnswer().unmet);
  ASSERT_TRUE(read->shrunk);
  EXPECT_EQ(read->shrunk->before.preemptions, 3u);
  EXPECT_EQ(read->shrunk->after.points, 4u);
  EXPECT_TRUE(read->shrunk->is_fixpoint);
}

TEST(ControlTest, CutAndFlippedMessagesNeverCrashTheReader) {
  for (const std::string& bytes :
       {EncodeRequest(SampleRequest()), EncodeAnswer(SampleAnswer())}) {
    for (size_t size = 0; size < bytes.size(); ++size) {
      DecodeRequest(bytes.substr(0, size)).status().IgnoreError();
      DecodeAnswer(bytes.substr(0, size)).status().IgnoreError();
    }
    for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
      std::string damaged = bytes;
      damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
      DecodeRequest(damaged).status().IgnoreError();
      DecodeAnswer(damaged).status().IgnoreError();
    }
  }
  EXPECT_TRUE(absl::IsDataLoss(DecodeAnswer("garbage").status()));
}

}  // namespace
}  // namespace fozzy

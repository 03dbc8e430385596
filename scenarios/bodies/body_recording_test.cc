#include "scenarios/bodies/body_recording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

BodyRecording Sample() {
  BodyRecording recording;
  recording.decisions = {{ChoiceKind::kTask, TaskId{2}, 1},
                         {ChoiceKind::kReadsFrom, TaskId{3}, 2}};
  recording.log = {{1, TaskId{2}, 5, "hello"}};
  recording.finding =
      Finding{FindingKind::kAssertion, "a.cc:3", "wrong", std::nullopt, ""};
  recording.ops_digest = "abc";
  recording.points = 9;
  recording.time_ns = 5;
  return recording;
}

TEST(BodyRecordingTest, EqualRunsDoNotDiffer) {
  BodyRecording other = Sample();
  // The message names values; what is compared is the signature.
  other.finding->message = "otherwise wrong";

  EXPECT_EQ(DifferenceOf(Sample(), other), "");
}

TEST(BodyRecordingTest, TheFirstDifferenceIsNamed) {
  BodyRecording other = Sample();
  other.decisions[1].answer = 1;
  EXPECT_THAT(DifferenceOf(Sample(), other), StartsWith("decision 1: "));
  other.decisions.pop_back();
  EXPECT_THAT(DifferenceOf(Sample(), other), HasSubstr("replayed the end"));
  other = Sample();
  other.log[0].text = "bye";
  EXPECT_THAT(DifferenceOf(Sample(), other), StartsWith("log line 0: "));
  other = Sample();
  other.finding.reset();
  EXPECT_THAT(DifferenceOf(Sample(), other), HasSubstr("no finding"));
  other = Sample();
  other.ops_digest = "abd";
  EXPECT_THAT(DifferenceOf(Sample(), other), HasSubstr("abd"));
  other = Sample();
  other.points = 8;
  EXPECT_THAT(DifferenceOf(Sample(), other), HasSubstr("8"));
  other = Sample();
  other.time_ns = 6;
  EXPECT_THAT(DifferenceOf(Sample(), other), HasSubstr("6 ns"));
}

}  // namespace
}  // namespace fozzy

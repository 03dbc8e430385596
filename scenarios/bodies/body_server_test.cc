#include "scenarios/bodies/body_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/bodies/body_registry.h"
#include "scenarios/bodies/testing/bodies.h"

namespace fozzy {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

ControlRequest Request(ControlVerb verb) {
  RegisterBody("Bodies.Lossy", LoseAnUpdate);
  RegisterBody("Bodies.Sound", LoseNoUpdate);
  ControlRequest request;
  request.verb = verb;
  request.test = "Bodies.Lossy";
  request.range.count = 1'000;
  return request;
}

// A failing run of Bodies.Lossy.
BodyRecording Found(BodyServer& server) {
  const ControlAnswer answer = server.Answer(Request(ControlVerb::kSearch));
  EXPECT_EQ(answer.error, "");
  return answer.block->found.value();
}

TEST(BodyServerTest, ListsTestsAndWhoItIs) {
  BodyServer server("1.2.3");
  const ControlAnswer answer = server.Answer(Request(ControlVerb::kList));

  EXPECT_EQ(answer.version, "1.2.3");
  EXPECT_EQ(answer.program, "body_server_test");
  EXPECT_THAT(answer.tests, Contains("Bodies.Lossy"));
}

TEST(BodyServerTest, RepeatsWhatItFoundWithTheScheduleAsATable) {
  BodyServer server("");
  const BodyRecording found = Found(server);
  ControlRequest request = Request(ControlVerb::kRepeat);
  request.decisions = found.decisions;
  const ControlAnswer answer = server.Answer(request);

  ASSERT_TRUE(answer.recording.has_value());
  EXPECT_EQ(DifferenceOf(found, *answer.recording), "");
  EXPECT_THAT(answer.text, HasSubstr("preempted"));
  EXPECT_THAT(answer.text, HasSubstr("both have ended"));
}

TEST(BodyServerTest, ShrinksToTheSameFindingWithOnePreemption) {
  BodyServer server("");
  const BodyRecording found = Found(server);
  ControlRequest request = Request(ControlVerb::kShrink);
  request.range.count = 20'000;
  request.decisions = found.decisions;
  request.finding = found.finding;
  const ControlAnswer answer = server.Answer(request);

  ASSERT_TRUE(answer.shrunk.has_value()) << answer.error;
  EXPECT_EQ(Signature(*answer.shrunk->recording.finding),
            Signature(*found.finding));
  EXPECT_EQ(answer.shrunk->after.preemptions, 1u);
  EXPECT_TRUE(answer.shrunk->is_fixpoint);
}

TEST(BodyServerTest, ExplainsWithPlaces) {
  BodyServer server("");
  const BodyRecording found = Found(server);
  ControlRequest request = Request(ControlVerb::kExplain);
  request.decisions = found.decisions;
  request.finding = found.finding;
  const ControlAnswer answer = server.Answer(request);

  EXPECT_EQ(answer.error, "");
  EXPECT_THAT(answer.text, HasSubstr("bodies.h:"));
}

TEST(BodyServerTest, WhatIsWrongWithARequestIsPartOfTheAnswer) {
  BodyServer server("");
  ControlRequest request = Request(ControlVerb::kSearch);
  request.test = "Bodies.None";
  EXPECT_THAT(server.Answer(request).error, HasSubstr("Bodies.None"));
  request = Request(ControlVerb::kSearch);
  request.config.strategy = "luck";
  EXPECT_THAT(server.Answer(request).error, HasSubstr("luck"));
  EXPECT_NE(server.Answer(Request(ControlVerb::kShrink)).error, "");
  const auto answer = DecodeAnswer(server.AnswerBytes("garbage"));
  ASSERT_TRUE(answer.ok());
  EXPECT_NE(answer->error, "");
}

}  // namespace
}  // namespace fozzy

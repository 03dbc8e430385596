#include "scenarios/replay_cursor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "trace/testing/craft.h"
#include "trace/testing/edit.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

constexpr Decision kDrop = {ChoiceKind::kDrop, {}, 1};
const Observation kSaid = {ObservationKind::kProcess, {1}, {"a"}};

// A recording of a step, a decision, an observation and an event.
std::vector<EditableRecord> Sample() {
  return {MakeEvent(EventKind::kStep, 0, {0}, {"net_deliver_one"}),
          MakeDecision(kDrop), MakeObservation(kSaid),
          MakeEvent(EventKind::kNetDrop, 0, {1}, {"a", "b"})};
}

std::unique_ptr<TraceReader> ReaderOf(std::vector<EditableRecord> records,
                                      bool is_complete = true) {
  EditableTrace trace;
  trace.header.time_unit = "ms";
  trace.records = std::move(records);
  trace.footer.status = "pass";
  const std::string path = testing::TempDir() + "replay_cursor_test.fozzy";
  EXPECT_TRUE(SaveTrace(trace, path).ok());
  if (!is_complete) {
    const std::string bytes = ReadFileOrDie(path);
    WriteFileOrDie(path, absl::string_view(bytes).substr(0, bytes.size() - 1));
  }
  auto reader = TraceReader::Open(path);
  EXPECT_TRUE(reader.ok());
  EXPECT_TRUE((*reader)->ReadScenario().ok());
  return *std::move(reader);
}

void TellStep(ReplayCursor& cursor, std::string_view type = "net_deliver_one") {
  const uint64_t number = 0;
  cursor.OnEvent({EventKind::kStep, 0, {&number, 1}, {&type, 1}});
}

void TellDrop(ReplayCursor& cursor) {
  const uint64_t id = 1;
  const std::string_view ends[] = {"a", "b"};
  cursor.OnEvent({EventKind::kNetDrop, 0, {&id, 1}, ends});
}

std::string Drift(const ReplayCursor& cursor) {
  return cursor.drift() ? cursor.drift()->Text() : "";
}

TEST(ReplayCursorTest, ARunThatDoesTheSameHasNoDrift) {
  const auto reader = ReaderOf(Sample());
  ReplayCursor cursor(*reader);
  TellStep(cursor);
  Decision decision;
  ASSERT_TRUE(cursor.Next(&decision));
  EXPECT_EQ(decision, kDrop);
  cursor.OnDecision(decision);
  EXPECT_TRUE(cursor.IsNext(ObservationKind::kProcess));
  EXPECT_FALSE(cursor.IsNext(ObservationKind::kHttp));
  EXPECT_EQ(cursor.Next(ObservationKind::kProcess), kSaid);
  cursor.OnObservation(kSaid);
  TellDrop(cursor);
  cursor.Finish();
  EXPECT_EQ(Drift(cursor), "");
  EXPECT_TRUE(cursor.status().ok());
}

TEST(ReplayCursorTest, TheFirstDifferenceIsKeptAndNothingIsServedAfterIt) {
  const auto reader = ReaderOf(Sample());
  ReplayCursor cursor(*reader);
  TellStep(cursor, "net_heal");
  const std::string first = Drift(cursor);
  EXPECT_THAT(first, HasSubstr("record 0 (step 0): recorded "));
  Decision decision;
  EXPECT_FALSE(cursor.Next(&decision));
  EXPECT_EQ(cursor.Next(ObservationKind::kProcess), std::nullopt);
  EXPECT_FALSE(cursor.IsNext(ObservationKind::kProcess));
  TellDrop(cursor);
  cursor.Differ("something", "else");
  cursor.Finish();
  EXPECT_EQ(Drift(cursor), first);
}

TEST(ReplayCursorTest, ADecisionThatWasNotServedIsADrift) {
  const auto reader = ReaderOf(Sample());
  ReplayCursor cursor(*reader);
  TellStep(cursor);
  cursor.OnDecision(kDrop);
  EXPECT_THAT(Drift(cursor), HasSubstr("record 1 (step 0): recorded "));
}

TEST(ReplayCursorTest, AServedDecisionThatIsAnsweredOtherwiseIsADrift) {
  const auto reader = ReaderOf(Sample());
  ReplayCursor cursor(*reader);
  TellStep(cursor);
  Decision decision;
  ASSERT_TRUE(cursor.Next(&decision));
  decision.answer = 0;
  cursor.OnDecision(decision);
  EXPECT_THAT(Drift(cursor), HasSubstr("record 1 (step 0): recorded "));
}

TEST(ReplayCursorTest, AnEventInThePlaceOfADecisionIsADrift) {
  const auto reader = ReaderOf(Sample());
  ReplayCursor cursor(*reader);
  TellStep(cursor);
  TellDrop(cursor);
  EXPECT_THAT(Drift(cursor), HasSubstr("record 1 (step 0): recorded "));
}

TEST(ReplayCursorTest, AnotherQuestionToTheHostIsADrift) {
  const auto reader = ReaderOf({MakeObservation(kSaid)});
  ReplayCursor cursor(*reader);
  EXPECT_EQ(cursor.Next(ObservationKind::kHttp), std::nullopt);
  EXPECT_THAT(Drift(cursor), HasSubstr("replayed a question to the host: "));
}

TEST(ReplayCursorTest, ARunThatEndsTooEarlyIsADrift) {
  const auto reader = ReaderOf(Sample());
  ReplayCursor cursor(*reader);
  TellStep(cursor);
  cursor.Finish();
  EXPECT_THAT(Drift(cursor), HasSubstr("replayed the end"));
}

TEST(ReplayCursorTest, ARunThatGoesOnAfterACompleteRecordingIsADrift) {
  const auto reader = ReaderOf({});
  ReplayCursor cursor(*reader);
  TellStep(cursor);
  EXPECT_EQ(Drift(cursor),
            "record 0 (step 0): recorded the end, replayed more");
  EXPECT_FALSE(cursor.is_past_partial());
}

TEST(ReplayCursorTest, ARunMayGoOnWhereAPartialRecordingWasCut) {
  const auto reader = ReaderOf(Sample(), /*is_complete=*/false);
  ReplayCursor cursor(*reader);
  TellStep(cursor);
  Decision decision;
  ASSERT_TRUE(cursor.Next(&decision));
  cursor.OnDecision(decision);
  ASSERT_TRUE(cursor.Next(ObservationKind::kProcess).has_value());
  TellDrop(cursor);
  EXPECT_FALSE(cursor.is_past_partial());

  TellStep(cursor);
  EXPECT_FALSE(cursor.Next(&decision));
  EXPECT_FALSE(cursor.Next(ObservationKind::kProcess).has_value());
  cursor.Finish();
  EXPECT_TRUE(cursor.is_past_partial());
  EXPECT_EQ(Drift(cursor), "");
}

TEST(ReplayCursorTest, WhatIsFoundElsewhereIsNotedAtThePlaceReached) {
  const auto reader = ReaderOf(Sample());
  ReplayCursor cursor(*reader);
  TellStep(cursor);
  cursor.Differ("status pass", "status fail");
  EXPECT_EQ(Drift(cursor),
            "record 1 (step 0): recorded status pass, replayed status fail");
}

}  // namespace
}  // namespace fozzy

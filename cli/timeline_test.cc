#include "cli/timeline.h"

#include <string>

#include "cli/file.h"
#include "cli/testing/run_program.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/testing/edit.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

// Writes a.fozzy: two steps, between them a decision and a user's event.
void WriteSmallTrace() {
  EditableTrace trace;
  trace.records = {MakeEvent(EventKind::kStep, 0, {0}, {"sleep"}),
                   MakeDecision({ChoiceKind::kRandom, TaskId{}, 7}),
                   MakeEvent(EventKind::kUser, 5, {0}, {"hello", "\"k\"", "v"}),
                   MakeEvent(EventKind::kStep, 9, {1}, {"fail"})};
  trace.footer.status = "fail";
  ASSERT_TRUE(SaveTrace(trace, "a.fozzy").ok());
}

TEST(TimelineTest, EventsAreEntriesWithTheStepTheyHappenedIn) {
  const TempFolder folder;
  WriteSmallTrace();

  const auto timeline = ReadTimeline("a.fozzy");

  ASSERT_TRUE(timeline.ok()) << timeline.status();
  ASSERT_EQ(timeline->size(), 3u) << "decisions are none";
  EXPECT_EQ((*timeline)[1].time_ms, 5u);
  EXPECT_EQ((*timeline)[1].name, "user");
  EXPECT_THAT((*timeline)[1].text, HasSubstr("name=hello"));
  EXPECT_EQ((*timeline)[1].step, 0u);
  EXPECT_EQ((*timeline)[2].step, 1u);
}

TEST(TimelineTest, ALongTraceIsCut) {
  const TempFolder folder;
  EditableTrace trace;
  for (uint64_t i = 0; i < kTimelineEntriesMax + 10; ++i) {
    trace.records.push_back(MakeEvent(EventKind::kStep, i, {i}, {"sleep"}));
  }
  trace.footer.status = "pass";
  ASSERT_TRUE(SaveTrace(trace, "a.fozzy").ok());

  EXPECT_EQ(ReadTimeline("a.fozzy")->size(), kTimelineEntriesMax);
}

TEST(TimelineTest, TheFilesHoldAllEventsAndTheSameNumbered) {
  const TempFolder folder;
  WriteSmallTrace();
  ASSERT_TRUE(WriteEventFiles("a.fozzy", ".").ok());

  const std::string events = *ReadFile("events.json");
  const std::string timeline = *ReadFile("timeline.json");
  EXPECT_EQ(Get(events, ".[].time_ms"), "0\n5\n9");
  EXPECT_EQ(Get(events, ".[1].fields.name"), "hello");
  EXPECT_EQ(Get(timeline, ".[].index"), "0\n1\n2");
  EXPECT_EQ(Get(timeline, ".[].event"), Get(events, ".[]"));
}

TEST(TimelineTest, ADamagedTraceIsAnErrorThatLeavesNoFiles) {
  const TempFolder folder;
  WriteSmallTrace();
  std::string bytes = *ReadFile("a.fozzy");
  bytes[bytes.size() / 2] ^= 1;
  ASSERT_TRUE(WriteFile("a.fozzy", bytes).ok());

  EXPECT_FALSE(ReadTimeline("a.fozzy").ok());
  EXPECT_FALSE(WriteEventFiles("a.fozzy", ".").ok());
  EXPECT_FALSE(Exists("events.json"));
}

}  // namespace
}  // namespace fozzy

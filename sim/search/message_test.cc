#include "sim/search/message.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace fozzy {
namespace {

TEST(MessageTest, ThingsComeBackInTheOrderTheyWerePut) {
  const std::vector<uint64_t> numbers = {0, 127, 128, ~uint64_t{0}};
  const std::vector<Decision> decisions = {{ChoiceKind::kTask, TaskId{1}, 2},
                                           {ChoiceKind::kWake, TaskId{300}, 4}};
  RunOutcome outcome;
  outcome.digest = Digest::FromLanes(5, 6);
  outcome.points = 7;
  outcome.is_forced = true;
  outcome.finding.emplace();
  outcome.finding->kind = FindingKind::kDeadlock;
  outcome.finding->message = "two wait";
  std::string bytes;
  MessageWriter writer(bytes);
  writer.Put(absl::string_view("a text"));
  writer.Put(numbers);
  writer.Put(decisions);
  writer.Put(outcome);

  MessageReader reader(bytes);

  EXPECT_EQ(reader.Text(), "a text");
  EXPECT_EQ(reader.Numbers(), numbers);
  EXPECT_EQ(reader.Decisions(), decisions);
  const RunOutcome read = reader.Outcome();
  EXPECT_EQ(read.finding, outcome.finding);
  EXPECT_EQ(read.digest, outcome.digest);
  EXPECT_EQ(read.points, 7u);
  EXPECT_FALSE(read.is_abandoned);
  EXPECT_TRUE(read.is_forced);
  EXPECT_TRUE(reader.is_sound());
  EXPECT_TRUE(reader.is_at_end());
}

TEST(MessageTest, ANumberTakesSevenBitsAByte) {
  std::string bytes;
  MessageWriter(bytes).Put(uint64_t{300});

  EXPECT_EQ(bytes, "\xac\x02");
}

TEST(MessageTest, WhatIsCutShortIsUnsoundAndEmptyFromThenOn) {
  std::string bytes;
  MessageWriter(bytes).Put(absl::string_view("a text"));
  for (size_t size = 0; size < bytes.size(); ++size) {
    MessageReader reader(absl::string_view(bytes).substr(0, size));

    EXPECT_EQ(reader.Text(), "") << size;
    EXPECT_EQ(reader.Number(), 0u) << size;
    EXPECT_FALSE(reader.is_sound()) << size;
  }
}

TEST(MessageTest, AnUnknownKindIsUnsound) {
  std::string bytes;
  MessageWriter(bytes).Put(uint64_t{kFindingKinds});
  MessageReader reader(bytes);

  reader.TakeFinding();

  EXPECT_FALSE(reader.is_sound());
}

}  // namespace
}  // namespace fozzy

#include "sim/core/strict_replay_strategy.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "sim/core/seeded_strategy.h"

namespace fozzy {
namespace {

constexpr TaskId kTasks[] = {{3}, {0}, {1}};

class ListSource final : public DecisionSource {
 public:
  explicit ListSource(std::vector<Decision> decisions)
      : decisions_(std::move(decisions)) {}

  bool Next(Decision* decision) override {
    if (read_ == decisions_.size()) return false;
    *decision = decisions_[read_++];
    return true;
  }

  size_t read() const { return read_; }

 private:
  std::vector<Decision> decisions_;
  size_t read_ = 0;
};

ValueChoice Ask(ChoiceKind kind, uint64_t last) {
  return {.kind = kind, .last = last, .key = {{}, kind, 0}};
}

TEST(StrictReplayStrategyTest, RepeatsARecordedRun) {
  SeededStrategy seeded({.seed = 7});
  ASSERT_TRUE(seeded.Begin(0));
  std::vector<Decision> recorded;
  for (uint64_t i = 0; i < 100; ++i) {
    const ValueChoice choice = Ask(ChoiceKind::kDeliver, i + 1);
    recorded.push_back({choice.kind, {}, seeded.PickValue(choice)});
    recorded.push_back(
        {ChoiceKind::kTask, {3}, seeded.PickTask({.runnable = kTasks})});
  }

  ListSource source(recorded);
  StrictReplayStrategy replay({.source = &source});
  ASSERT_TRUE(replay.Begin(0));
  for (uint64_t i = 0; i < 100; ++i) {
    EXPECT_EQ(replay.PickValue(Ask(ChoiceKind::kDeliver, i + 1)),
              recorded[2 * i].answer);
    EXPECT_EQ(replay.PickTask({.runnable = kTasks, .current = {3}}),
              recorded[2 * i + 1].answer);
  }
  replay.End({});
  EXPECT_FALSE(replay.drift());
  EXPECT_EQ(replay.replayed(), 200u);
}

TEST(StrictReplayStrategyTest, AnotherKindIsADrift) {
  ListSource source({{ChoiceKind::kDrop, {}, 1}, {ChoiceKind::kDrop, {}, 1}});
  StrictReplayStrategy replay({.source = &source});
  ASSERT_TRUE(replay.Begin(0));
  EXPECT_EQ(replay.PickValue(Ask(ChoiceKind::kDrop, 1)), 1u);
  EXPECT_EQ(replay.PickValue(Ask(ChoiceKind::kFault, 1)), 0u);
  EXPECT_EQ(replay.drift(), (Drift{.cause = Drift::Cause::kOtherQuestion,
                                   .decision = 1,
                                   .kind = ChoiceKind::kFault,
                                   .task = {},
                                   .last = 1,
                                   .recorded = {ChoiceKind::kDrop, {}, 1}}));
}

TEST(StrictReplayStrategyTest, AnotherTaskIsADrift) {
  ListSource source({{ChoiceKind::kTask, {3}, 1}, {ChoiceKind::kTask, {3}, 1}});
  StrictReplayStrategy replay({.source = &source});
  ASSERT_TRUE(replay.Begin(0));
  EXPECT_EQ(replay.PickTask({.runnable = kTasks, .current = {3}}), 1u);
  EXPECT_EQ(replay.PickTask({.runnable = kTasks, .current = {9}}), 0u);
  ASSERT_TRUE(replay.drift());
  EXPECT_EQ(replay.drift()->cause, Drift::Cause::kOtherQuestion);
  EXPECT_EQ(replay.drift()->decision, 1u);
  EXPECT_EQ(replay.drift()->task, TaskId{9});
  EXPECT_EQ(replay.drift()->last, 2u);
}

TEST(StrictReplayStrategyTest, AnAnswerThatIsNoLongerPossibleIsADrift) {
  ListSource source({{ChoiceKind::kDeliver, {}, 2}});
  StrictReplayStrategy replay({.source = &source});
  ASSERT_TRUE(replay.Begin(0));
  EXPECT_EQ(replay.PickValue(Ask(ChoiceKind::kDeliver, 1)), 0u);
  ASSERT_TRUE(replay.drift());
  EXPECT_EQ(replay.drift()->cause, Drift::Cause::kAnswerTooLarge);
  EXPECT_EQ(replay.drift()->recorded.answer, 2u);
  EXPECT_EQ(replay.drift()->last, 1u);
}

TEST(StrictReplayStrategyTest, AskingMoreThanWasRecordedIsADrift) {
  ListSource source({{ChoiceKind::kDrop, {}, 1}});
  StrictReplayStrategy replay({.source = &source});
  ASSERT_TRUE(replay.Begin(0));
  EXPECT_EQ(replay.PickValue(Ask(ChoiceKind::kDrop, 1)), 1u);
  EXPECT_EQ(replay.PickValue(Ask(ChoiceKind::kRandom, 5)), 0u);
  EXPECT_EQ(replay.drift(), (Drift{.cause = Drift::Cause::kRecordingEnded,
                                   .decision = 1,
                                   .kind = ChoiceKind::kRandom,
                                   .last = 5}));
}

TEST(StrictReplayStrategyTest, AskingLessThanWasRecordedIsADrift) {
  ListSource source({{ChoiceKind::kDrop, {}, 0}, {ChoiceKind::kRandom, {}, 8}});
  StrictReplayStrategy replay({.source = &source});
  ASSERT_TRUE(replay.Begin(0));
  replay.PickValue(Ask(ChoiceKind::kDrop, 1));
  EXPECT_FALSE(replay.drift());
  replay.End({});
  EXPECT_EQ(replay.drift(), (Drift{.cause = Drift::Cause::kRunEnded,
                                   .decision = 1,
                                   .recorded = {ChoiceKind::kRandom, {}, 8}}));
}

TEST(StrictReplayStrategyTest, AskingLessIsAllowedOnRequest) {
  ListSource source({{ChoiceKind::kDrop, {}, 0}});
  StrictReplayStrategy replay({.source = &source, .expects_all = false});
  ASSERT_TRUE(replay.Begin(0));
  replay.End({});
  EXPECT_FALSE(replay.drift());
}

TEST(StrictReplayStrategyTest, OnlyTheFirstDriftIsKept) {
  ListSource source({{ChoiceKind::kDrop, {}, 1},
                     {ChoiceKind::kDrop, {}, 1},
                     {ChoiceKind::kDrop, {}, 1}});
  StrictReplayStrategy replay({.source = &source});
  ASSERT_TRUE(replay.Begin(0));
  replay.PickValue(Ask(ChoiceKind::kFault, 1));
  const std::optional<Drift> first = replay.drift();
  ASSERT_TRUE(first);
  // These would fit, but the run is no longer the recorded one.
  EXPECT_EQ(replay.PickValue(Ask(ChoiceKind::kDrop, 1)), 0u);
  EXPECT_EQ(replay.PickTask({.runnable = kTasks}), 0u);
  replay.End({});
  EXPECT_EQ(replay.drift(), first);
  EXPECT_EQ(source.read(), 1u);
}

TEST(StrictReplayStrategyTest, HasOneRun) {
  ListSource source({});
  StrictReplayStrategy other({.source = &source});
  EXPECT_FALSE(other.Begin(1));
  EXPECT_TRUE(other.Begin(0));
  EXPECT_FALSE(other.Begin(0));
}

}  // namespace
}  // namespace fozzy

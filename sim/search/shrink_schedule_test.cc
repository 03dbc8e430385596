#include "sim/search/shrink_schedule.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "sim/testing/fake_trials.h"
#include "sim/testing/tiny_subject.h"

namespace fozzy {
namespace {

using Pass = void (*)(ShrinkState& state);
using Schedule = std::vector<Segment>;

// Returns what `pass` makes of the schedule `from`, which fails, as do those
// for which `fails` holds.
Schedule After(Pass pass, const Schedule& from,
               std::function<bool(const Schedule&)> fails) {
  const ShrinkOptions options = {
      .try_candidates = FakeTrials([&](const Candidate& candidate) {
        return candidate.schedule == from || fails(candidate.schedule);
      })};
  ShrinkState state(options, "x");
  EXPECT_TRUE(state.Start({.schedule = from, .answers = {}}));
  pass(state);
  return state.current().schedule;
}

// Runs `pass` on a program, from a schedule that makes it fail.
RunMeasure AfterOn(const TinyProgram& program, Pass pass,
                   const Schedule& schedule) {
  TinySubject subject(program);
  const ShrinkOptions options = {.try_candidates = TryOneByOne(subject)};
  ShrinkState state(options, "assertion/end@0");
  EXPECT_TRUE(state.Start({.schedule = schedule, .answers = {}}));
  pass(state);
  return state.measure();
}

TEST(ShrinkScheduleTest, SegmentsThatDoNotMatterAreCut) {
  Schedule from;
  for (uint32_t i = 0; i < 100; ++i) from.push_back({{2 + i % 7}, i + 1});
  const Segment needed[] = {from[23], from[71]};
  const auto fails = [&needed](const Schedule& schedule) {
    size_t found = 0;
    for (const Segment& segment : schedule) {
      if (found < 2 && segment.task == needed[found].task &&
          segment.points >= needed[found].points) {
        ++found;
      }
    }
    return found == 2;
  };
  EXPECT_EQ(After(CutSegments, from, fails).size(), 2u);
}

TEST(ShrinkScheduleTest, TurnsAreJoinedWithLaterOnesAndWithEarlierOnes) {
  const Schedule from = {{{2}, 1}, {{3}, 1}, {{2}, 2}, {{3}, 2}};
  const Schedule later = {{{3}, 1}, {{2}, 3}, {{3}, 2}};
  const Schedule earlier = {{{2}, 3}, {{3}, 3}};
  EXPECT_EQ(After(DelaySegments, from,
                  [&](const Schedule& schedule) { return schedule == later; }),
            later);
  EXPECT_EQ(
      After(AdvanceSegments, from,
            [&](const Schedule& schedule) { return schedule == earlier; }),
      earlier);
}

// Task 3 loads before task 2 stores, and all preemptions but one are not
// needed: task 2 is left at its end as well.
TEST(ShrinkScheduleTest, ATurnThatLastsUntilItsTaskEndsIsNoPreemption) {
  const TinyProgram program = LostUpdate(3, 1);
  const Schedule found = {{{4}, 2}, {{2}, 3}, {{3}, 1}, {{4}, 1}};
  EXPECT_EQ(AfterOn(program, ExtendSegments, found).preemptions, 1u);
}

TEST(ShrinkScheduleTest, TwoTurnsThatMakeUpForEachOtherAreCutTogether) {
  const Schedule from = {{{2}, 1}, {{3}, 1}, {{4}, 1}, {{5}, 1}};
  const Schedule wanted = {{{2}, 1}, {{4}, 1}};
  const auto fails = [&wanted](const Schedule& schedule) {
    return schedule == wanted;
  };
  EXPECT_EQ(After(CutSegments, from, fails), from);
  EXPECT_EQ(After(CutPairs, from, fails), wanted);
}

TEST(ShrinkScheduleTest, OneTaskThatGoesOnTakesThePlaceOfTurns) {
  const Schedule from = {{{2}, 1}, {{3}, 1}, {{4}, 1}, {{3}, 1}};
  const auto fails = [](const Schedule& schedule) {
    return schedule.size() == 2 && schedule[0].task == TaskId{3} &&
           schedule[0].points == kForever && schedule[1].task == TaskId{4};
  };
  const Schedule after = After(ReplaceSegments, from, fails);
  EXPECT_EQ(after.size(), from.size());  // the end is another one
  const auto fails_before_end = [](const Schedule& schedule) {
    return schedule.size() == 2 && schedule[0].task == TaskId{4} &&
           schedule[0].points == kForever && schedule[1].task == TaskId{3};
  };
  EXPECT_EQ(After(ReplaceSegments, from, fails_before_end).size(), 2u);
}

TEST(ShrinkScheduleTest, OtherOrdersOfTasksAreTried) {
  const Schedule from = {{{2}, 1}, {{3}, 1}, {{4}, 1}, {{2}, 1}, {{3}, 1}};
  const auto fails = [](const Schedule& schedule) {
    return schedule.size() == 3 && schedule[0].task == TaskId{4} &&
           schedule[1].task == TaskId{3} && schedule[2].task == TaskId{2};
  };
  EXPECT_EQ(After(ReorderEnds, from, fails).size(), 3u);
}

TEST(ShrinkScheduleTest, SinglePreemptionsAreTriedEverywhere) {
  const Schedule from = {{{2}, 3}, {{3}, 3}, {{2}, 3}, {{3}, 3}};
  const auto fails = [](const Schedule& schedule) {
    return schedule.size() == 2 && schedule[0] == Segment{{3}, 7} &&
           schedule[1].task == TaskId{2};
  };
  EXPECT_EQ(After(PreemptOnce, from, fails).size(), 2u);
}

TEST(ShrinkScheduleTest, SwitchesComeAsEarlyAsTheyCan) {
  const Schedule from = {{{2}, 40}, {{3}, 20}, {{2}, 1}};
  const auto fails = [](const Schedule& schedule) {
    return schedule.size() == 3 && schedule[0].points >= 13 &&
           schedule[1].points >= 5;
  };
  EXPECT_EQ(After(ShortenSegments, from, fails),
            (Schedule{{{2}, 13}, {{3}, 5}, {{2}, 1}}));
}

TEST(ShrinkScheduleTest, WithoutTasksThereIsNothingToDo) {
  for (const Pass pass :
       {CutSegments, DelaySegments, AdvanceSegments, ExtendSegments, CutPairs,
        ReplaceSegments, ReorderEnds, PreemptOnce, ShortenSegments}) {
    EXPECT_TRUE(After(pass, {}, [](const Schedule&) { return true; }).empty());
  }
}

}  // namespace
}  // namespace fozzy

#include "sim/core/testing/toy_program.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/core/list_strategy.h"

namespace fozzy {
namespace {

using Tasks = std::vector<uint32_t>;

// Runs `program` with these answers, and 0 after them.
ToyRun RunWith(const ToyProgram& program, const std::vector<uint64_t>& answers,
               const ToyOptions& options = {}) {
  std::vector<Decision> decisions;
  for (const uint64_t answer : answers) {
    decisions.push_back({ChoiceKind::kTask, {}, answer});
  }
  ListStrategy strategy({.decisions = decisions});
  return RunToyAt(program, strategy, 0, options);
}

TEST(ToyProgramTest, TheCurrentTaskIsTheFirstAndOthersFollowById) {
  EXPECT_EQ(RunWith(Writers(3, 2), {}).Tasks(), (Tasks{0, 0, 2, 2, 3, 3}));
  // To 3, on with 3, to 2: the last of {0, 2} after 3 has ended.
  EXPECT_EQ(RunWith(Writers(3, 2), {2, 0, 1}).Tasks(),
            (Tasks{3, 3, 2, 2, 0, 0}));
}

TEST(ToyProgramTest, AQuestionHasTwoAnswers) {
  EXPECT_EQ(RunWith(Writers(1, 5), {}).questions, 0u);
  EXPECT_EQ(RunWith(Writers(2, 2), {}).questions, 2u);
}

TEST(ToyProgramTest, ALockIsHadByOne) {
  ToyProgram program(3);
  for (const uint32_t task : {0u, 2u}) {
    program[task] = {{OpKind::kLock, 9}, {OpKind::kUnlock, 9}};
  }
  EXPECT_EQ(RunWith(program, {0, 1, 1}).Tasks(), (Tasks{0, 0, 2, 2}));
}

TEST(ToyProgramTest, OppositeOrdersOfLocksDeadlock) {
  ToyProgram program(3);
  program[0] = {{OpKind::kLock, 8}, {OpKind::kLock, 9}};
  program[2] = {{OpKind::kLock, 9}, {OpKind::kLock, 8}};
  EXPECT_TRUE(RunWith(program, {0, 1}).is_deadlock);
  program[0].push_back({OpKind::kUnlock, 8});
  program[0].push_back({OpKind::kUnlock, 9});
  EXPECT_FALSE(RunWith(program, {0, 0}).is_deadlock);
}

TEST(ToyProgramTest, TasksAreStartedJoinedAndNotified) {
  ToyProgram program(4);
  program[0] = {{OpKind::kSpawn, 2}, {OpKind::kJoin, 2}, {OpKind::kNotify, 5}};
  program[2] = {{OpKind::kWrite, 1}};
  program[3] = {{OpKind::kWait, 5}};
  EXPECT_EQ(RunWith(program, {}).Tasks(), (Tasks{0, 2, 0, 0, 3}));
}

TEST(ToyProgramTest, QuestionsAboutValuesAreAsked) {
  ToyProgram program(1);
  program[0] = {{OpKind::kLoad, 1, 3}, {OpKind::kLoad, 1, 3}};
  const ToyRun run = RunWith(program, {2});
  EXPECT_EQ(run.decisions,
            (std::vector<Decision>{{ChoiceKind::kReadsFrom, {0}, 2},
                                   {ChoiceKind::kReadsFrom, {0}, 0}}));
}

TEST(ToyProgramTest, DeadlinesPassEarlyAsOftenAsAllowed) {
  EXPECT_EQ(RunWith(Writers(1, 2), {1, 0}, {.timer_races = 2}).Tasks(),
            (Tasks{kTimerTask.value, kTimerTask.value, 0, 0}));
}

TEST(ToyProgramTest, PlacesAreCountedByTask) {
  const ToyRun run = RunWith(Writers(2, 2), {0, 1});
  EXPECT_EQ(run.PlaceOf(0, 0), 0u);
  EXPECT_EQ(run.PlaceOf(2, 1), 2u);
  EXPECT_EQ(run.PlaceOf(0, 1), 3u);
  EXPECT_EQ(run.PlaceOf(0, 2), 4u);
}

}  // namespace
}  // namespace fozzy

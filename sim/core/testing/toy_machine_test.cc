#include "sim/core/testing/toy_machine.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

std::vector<uint32_t> TasksOf(const MachineRun& run) {
  std::vector<uint32_t> tasks;
  for (const MachineRun::Step& step : run.steps) {
    if (step.op.kind != OpKind::kExit) tasks.push_back(step.op.task.value);
  }
  return tasks;
}

MachineRun RunWith(const ToyTasks& program, std::vector<uint64_t> answers) {
  ScriptedStrategy strategy(std::move(answers));
  return RunMachine(program, strategy);
}

constexpr ToyAction kStore = {OpKind::kStore, 1, 1};
constexpr ToyAction kOther = {OpKind::kStore, 2, 1};

TEST(ToyMachineTest, AsksOnlyIfTwoCanRun) {
  ScriptedStrategy strategy({1});
  const ToyTasks program = {
      .tasks = {Straight({kStore, kStore}), {}, Straight({kStore})}};
  EXPECT_EQ(TasksOf(RunMachine(program, strategy)),
            (std::vector<uint32_t>{2, 0, 0}));
  EXPECT_EQ(strategy.questions().size(), 1u);
}

TEST(ToyMachineTest, WhoWantsALockThatIsHeldCannotRun) {
  const ToyTask section = Straight({{OpKind::kLock, 1}, {OpKind::kUnlock, 1}});
  const ToyTasks program = {.tasks = {section, {}, section}};
  EXPECT_EQ(TasksOf(RunWith(program, {1})),
            (std::vector<uint32_t>{2, 2, 0, 0}));
}

TEST(ToyMachineTest, ADeadlockEndsTheRun) {
  const ToyTask taker = Straight({{OpKind::kLock, 1}});
  const MachineRun run = RunWith({.tasks = {taker, {}, taker}}, {});
  EXPECT_TRUE(run.is_deadlock);
  EXPECT_EQ(TasksOf(run), (std::vector<uint32_t>{0}));
}

TEST(ToyMachineTest, TasksSeeWhatTheyRead) {
  const ToyTask copy = [](std::span<const uint64_t> results) -> ToyAction {
    if (results.empty()) return {OpKind::kLoad, 1};
    return results.size() == 1 && results[0] != 0 ? kOther : ToyAction{};
  };
  const ToyTasks program = {.tasks = {Straight({kStore}), {}, copy}};
  EXPECT_EQ(TasksOf(RunWith(program, {})), (std::vector<uint32_t>{0, 2, 2}));
  EXPECT_EQ(TasksOf(RunWith(program, {1})), (std::vector<uint32_t>{2, 0}));
}

TEST(ToyMachineTest, OrderOfIndependentOpsDoesNotChangeTheTrace) {
  const ToyTasks apart = {
      .tasks = {Straight({kStore}), {}, Straight({kOther})}};
  EXPECT_EQ(TraceOf(RunWith(apart, {0})), TraceOf(RunWith(apart, {1})));
  const ToyTasks same = {.tasks = {Straight({kStore}), {}, Straight({kStore})}};
  EXPECT_NE(TraceOf(RunWith(same, {0})), TraceOf(RunWith(same, {1})));
}

}  // namespace
}  // namespace fozzy

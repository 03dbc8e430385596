#include "sim/core/run_probe_strategy.h"

#include <gtest/gtest.h>

#include <tuple>
#include <vector>

#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

using Task = std::tuple<uint32_t, uint32_t, uint64_t>;    // id, parent, ops
using Shared = std::tuple<uint32_t, uint32_t, uint64_t>;  // object, task, ops

std::vector<Task> TasksOf(const RunShape& shape) {
  std::vector<Task> tasks;
  for (const auto& task : shape.tasks) {
    tasks.push_back({task.task.value, task.parent.value, task.ops});
  }
  return tasks;
}

std::vector<Shared> SharedOf(const RunShape& shape) {
  std::vector<Shared> shared;
  for (const auto& use : shape.shared) {
    shared.push_back({use.object, use.task.value, use.ops});
  }
  return shared;
}

// Task 0 starts 2, which starts 3.  Object 5 is written by two tasks, 6 only
// read by two, 7 written by one, 2 is also the number of a task.
ToyProgram Family() {
  return {{{OpKind::kSpawn, 2},
           {OpKind::kWrite, 5},
           {OpKind::kRead, 6},
           {OpKind::kWrite, 7},
           {OpKind::kJoin, 2}},
          {},
          {{OpKind::kSpawn, 3}, {OpKind::kRead, 5}, {OpKind::kRead, 5}},
          {{OpKind::kRead, 6}, {OpKind::kWrite, 2}, {OpKind::kLoad, 9}}};
}

TEST(RunProbeStrategyTest, CountsOpsByTaskAndBySharedObject) {
  Arena arena(TestMemory);
  RunProbeStrategy probe({.seed = 7}, arena);
  const ToyRun run = RunToyAt(Family(), probe, 0);
  EXPECT_EQ(probe.shape().questions, run.questions);
  EXPECT_EQ(TasksOf(probe.shape()),
            (std::vector<Task>{{0, 0, 5}, {2, 0, 3}, {3, 2, 3}}));
  EXPECT_EQ(SharedOf(probe.shape()),
            (std::vector<Shared>{{5, 0, 1}, {5, 2, 2}}));
}

TEST(RunProbeStrategyTest, EveryWorkerGetsTheSameShapeWhateverItDidBefore) {
  Arena arena(TestMemory);
  RunProbeStrategy probe({.seed = 7}, arena);
  RunProbeStrategy busy({.seed = 7}, arena);
  RunToyAt(Writers(5, 9), busy, 3);
  RunToyAt(Family(), probe, 0);
  RunToyAt(Family(), busy, 0);
  EXPECT_EQ(probe.shape().questions, busy.shape().questions);
  EXPECT_EQ(TasksOf(probe.shape()), TasksOf(busy.shape()));
  EXPECT_EQ(SharedOf(probe.shape()), SharedOf(busy.shape()));
}

TEST(RunProbeStrategyTest, RunsAreThoseOfTheRandomWalk) {
  Arena arena(TestMemory);
  RunProbeStrategy probe({.seed = 7}, arena);
  RandomWalkStrategy walk({.seed = 7});
  EXPECT_EQ(RunToyAt(Writers(3, 9), probe, 4).decisions,
            RunToyAt(Writers(3, 9), walk, 4).decisions);
}

TEST(RunProbeStrategyTest, WhatIsTooMuchIsLeftOut) {
  Arena arena(TestMemory);
  RunProbeStrategy probe({.seed = 7}, arena);
  ASSERT_TRUE(probe.Begin(0));
  constexpr uint32_t kMany = 3 * RunProbeStrategy::kPairsMax;
  for (uint32_t i = 0; i < kMany; ++i) {
    for (const uint32_t task : {i, 0u}) {
      probe.Executed({.kind = OpKind::kWrite, .object = i, .task = {task}});
    }
  }
  probe.End({});
  EXPECT_EQ(probe.shape().tasks.size(), RunProbeStrategy::kTasksMax);
  // Object 0 is only task 0's.
  ASSERT_EQ(probe.shape().shared.size(), RunProbeStrategy::kPairsMax - 2);
  EXPECT_EQ(probe.shape().shared[0].object, 1u);
}

}  // namespace
}  // namespace fozzy

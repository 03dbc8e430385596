#include "sim/core/task_cycle.h"

#include <gtest/gtest.h>

#include <vector>

namespace fozzy {
namespace {

constexpr uint32_t kIds = 7;

// Calls `look` with every set of at most kIds tasks, in the order TaskChoice
// gives them, for every current task.
template <class Look>
void ForEachChoice(const Look& look) {
  for (uint32_t set = 1; set < 1u << kIds; ++set) {
    for (uint32_t current = 0; current < kIds; ++current) {
      std::vector<TaskId> runnable;
      if ((set >> current & 1) != 0) runnable.push_back({current});
      for (uint32_t id = 0; id < kIds; ++id) {
        if (id != current && (set >> id & 1) != 0) runnable.push_back({id});
      }
      look(TaskChoice{.runnable = runnable, .current = {current}}, set);
    }
  }
}

TEST(TaskCycleTest, TheNextIsTheLeastAboveOrTheLeastOfAll) {
  ForEachChoice([](const TaskChoice& choice, uint32_t set) {
    for (uint32_t task = 0; task < kIds; ++task) {
      uint32_t expected = (task + 1) % kIds;
      while ((set >> expected & 1) == 0) expected = (expected + 1) % kIds;
      EXPECT_EQ(choice.runnable[NextInCycle(choice, {task})].value, expected)
          << set << ", current " << choice.current.value << ", after " << task;
    }
  });
}

TEST(TaskCycleTest, ATaskIsFoundIffItIsRunnable) {
  ForEachChoice([](const TaskChoice& choice, uint32_t set) {
    for (uint32_t task = 0; task < kIds; ++task) {
      const uint32_t index = IndexOf(choice, {task});
      if ((set >> task & 1) == 0) {
        EXPECT_EQ(index, kNotRunnable) << set << ", task " << task;
      } else {
        ASSERT_LT(index, choice.runnable.size()) << set << ", task " << task;
        EXPECT_EQ(choice.runnable[index].value, task) << set;
      }
    }
  });
}

}  // namespace
}  // namespace fozzy

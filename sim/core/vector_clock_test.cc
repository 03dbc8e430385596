#include "sim/core/vector_clock.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <vector>

namespace fozzy {
namespace {

void* Zeroed(size_t bytes) {
  void* memory = std::aligned_alloc(64, (bytes + 63) / 64 * 64);
  return std::memset(memory, 0, bytes);
}

// A small generator: tests draw from fixed seeds.
class Numbers {
 public:
  explicit Numbers(uint64_t seed) : state_(seed * 2 + 1) {}
  uint32_t Below(uint32_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state_ >> 33) % bound;
  }

 private:
  uint64_t state_;
};

using Model = std::map<uint32_t, uint32_t>;

Model Joined(Model a, const Model& b) {
  for (const auto& [task, epoch] : b) a[task] = std::max(a[task], epoch);
  return a;
}

bool IsAtMost(const Model& a, const Model& b) {
  for (const auto& [task, epoch] : a) {
    const auto found = b.find(task);
    if (epoch > (found == b.end() ? 0 : found->second)) return false;
  }
  return true;
}

// Does `steps` random things to `count` clocks of `tasks` tasks and compares
// them with maps.
void CompareWithMaps(uint32_t tasks, uint32_t count, uint32_t steps) {
  Arena arena(Zeroed, std::free);
  ClockPool pool(arena);
  std::vector<VectorClock> clocks(count);
  std::vector<Model> models(count);
  Numbers numbers(tasks);
  for (uint32_t step = 0; step < steps; ++step) {
    const uint32_t a = numbers.Below(count);
    const uint32_t b = numbers.Below(count);
    const uint32_t task = numbers.Below(tasks);
    switch (numbers.Below(8)) {
      case 0:
        clocks[a].Assign(pool, clocks[b]);
        models[a] = Model(models[b]);
        break;
      case 1:
        if (numbers.Below(20) != 0) break;
        clocks[a].Clear(pool);
        models[a].clear();
        break;
      case 2:
      case 3:
        clocks[a].Join(pool, clocks[b]);
        models[a] = Joined(models[a], models[b]);
        break;
      case 4:
        clocks[a].Increment(pool, {task});
        ++models[a][task];
        break;
      default:
        clocks[a].Set(pool, {task}, clocks[a].Get({task}) + 1);
        ++models[a][task];
    }
    const auto found = models[a].find(task);
    ASSERT_EQ(clocks[a].Get({task}),
              found == models[a].end() ? 0 : found->second)
        << "step " << step;
    ASSERT_EQ(clocks[a].IsAtMost(clocks[b]), IsAtMost(models[a], models[b]))
        << "step " << step;
  }
  for (uint32_t i = 0; i < count; ++i) {
    for (uint32_t task = 0; task < tasks; ++task) {
      ASSERT_EQ(clocks[i].Get({task}), models[i][task]) << i << " " << task;
    }
  }
}

TEST(VectorClockTest, ClocksOfFewTasksAreLikeMaps) {
  for (const uint32_t tasks : {1u, 2u, 4u, 5u, 15u, 16u}) {
    CompareWithMaps(tasks, 5, 4000);
  }
}

TEST(VectorClockTest, ClocksOfManyTasksAreLikeMaps) {
  CompareWithMaps(17, 5, 4000);
  CompareWithMaps(80, 6, 4000);
  CompareWithMaps(5000, 8, 1500);
}

TEST(VectorClockTest, ATaskNeverHeardOfIsAtEpochZero) {
  const VectorClock clock;
  EXPECT_EQ(clock.Get({0}), 0u);
  EXPECT_EQ(clock.Get({15}), 0u);
  EXPECT_EQ(clock.Get({16}), 0u);
  EXPECT_EQ(clock.Get({~uint32_t{0}}), 0u);
}

TEST(VectorClockTest, TheLastTaskHasAnEntryOfItsOwn) {
  Arena arena(Zeroed, std::free);
  ClockPool pool(arena);
  VectorClock clock;
  clock.Set(pool, {VectorClock::kTasksMax - 1}, 7);
  EXPECT_EQ(clock.Get({VectorClock::kTasksMax - 1}), 7u);
  EXPECT_EQ(clock.Get({VectorClock::kTasksMax - 2}), 0u);
}

TEST(VectorClockDeathTest, ATaskBeyondTheLastIsABug) {
  Arena arena(Zeroed, std::free);
  ClockPool pool(arena);
  VectorClock clock;
  EXPECT_DEATH(clock.Set(pool, {VectorClock::kTasksMax}, 1), "check failed");
}

TEST(VectorClockTest, WhatIsAssignedDoesNotFollowItsSource) {
  Arena arena(Zeroed, std::free);
  ClockPool pool(arena);
  VectorClock source;
  VectorClock copy;
  source.Set(pool, {3}, 1);
  source.Set(pool, {300}, 1);
  copy.Assign(pool, source);
  source.Set(pool, {3}, 2);
  source.Set(pool, {300}, 2);
  EXPECT_EQ(copy.Get({3}), 1u);
  EXPECT_EQ(copy.Get({300}), 1u);
}

TEST(VectorClockTest, TenThousandClocksThatFollowOneAnotherShareMemory) {
  constexpr uint32_t kTasks = 10000;
  Arena arena(Zeroed, std::free);
  ClockPool pool(arena);
  std::vector<VectorClock> clocks(kTasks);
  VectorClock common;

  for (uint32_t round = 1; round <= 3; ++round) {
    for (uint32_t task = 0; task < kTasks; ++task) {
      clocks[task].Set(pool, {task}, round);
      clocks[task].Join(pool, common);
      common.Assign(pool, clocks[task]);
    }
  }

  EXPECT_LT(arena.bytes() + kTasks * sizeof(VectorClock), 20u << 20);
  EXPECT_EQ(clocks[kTasks - 1].Get({0}), 3u);
  EXPECT_EQ(clocks[0].Get({kTasks - 1}), 2u);
}

TEST(VectorClockTest, NodesAreUsedAgain) {
  Arena arena(Zeroed, std::free);
  ClockPool pool(arena);
  VectorClock one;
  VectorClock other;
  size_t bytes = 0;
  for (uint32_t round = 1; round < 10000; ++round) {
    one.Set(pool, {100}, round);
    other.Assign(pool, one);
    other.Set(pool, {200}, round);
    one.Join(pool, other);
    if (round == 10) bytes = arena.bytes();
  }
  EXPECT_EQ(arena.bytes(), bytes);
}

}  // namespace
}  // namespace fozzy

#include "sim/core/race_detector.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <vector>

namespace fozzy {
namespace {

constexpr Site kFirst = {"a.cc", 1};
constexpr Site kSecond = {"a.cc", 2};
constexpr Site kThird = {"a.cc", 3};

void* Zeroed(size_t bytes) {
  void* memory = std::aligned_alloc(64, (bytes + 63) / 64 * 64);
  return std::memset(memory, 0, bytes);
}

class NoOracle final : public ValueOracle {
 public:
  uint64_t Ask(ChoiceKind, uint64_t) override { return 0; }
};

// A detector with tasks 0, 2, 3, ..., 2 + `forked` - 1.
struct Bench {
  explicit Bench(uint32_t forked) {
    for (uint32_t i = 0; i < forked; ++i) memory.Fork({0}, {i + 2});
  }

  Arena arena{Zeroed, std::free};
  NoOracle oracle;
  MemoryModel memory{arena, oracle};
  RaceDetector detector{arena, memory};
};

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

TEST(RaceDetectorTest, TwoUnorderedWritesRace) {
  Bench bench(2);
  const VariableId x = bench.detector.Create();

  ASSERT_EQ(bench.detector.OnWrite({2}, x, kFirst), nullptr);
  const Race* race = bench.detector.OnWrite({3}, x, kSecond);

  ASSERT_NE(race, nullptr);
  EXPECT_EQ(race->first.task, TaskId{2});
  EXPECT_EQ(race->first.site.line, 1u);
  EXPECT_TRUE(race->first.was_write);
  EXPECT_EQ(race->second.task, TaskId{3});
  EXPECT_EQ(race->second.site.line, 2u);
  EXPECT_TRUE(race->second.was_write);
}

TEST(RaceDetectorTest, AReadRacesWithAWriteInEitherOrder) {
  Bench bench(2);
  const VariableId x = bench.detector.Create();
  const VariableId y = bench.detector.Create();

  EXPECT_EQ(bench.detector.OnWrite({2}, x, kFirst), nullptr);
  const Race* race = bench.detector.OnRead({3}, x, kSecond);
  ASSERT_NE(race, nullptr);
  EXPECT_TRUE(race->first.was_write);
  EXPECT_FALSE(race->second.was_write);

  EXPECT_EQ(bench.detector.OnRead({2}, y, kFirst), nullptr);
  race = bench.detector.OnWrite({3}, y, kSecond);
  ASSERT_NE(race, nullptr);
  EXPECT_FALSE(race->first.was_write);
  EXPECT_TRUE(race->second.was_write);
}

TEST(RaceDetectorTest, ReadsDoNotRace) {
  Bench bench(3);
  const VariableId x = bench.detector.Create();
  bench.detector.OnWrite({0}, x, kFirst);  // after the forks: unordered
  const VariableId y = bench.detector.Create();

  for (uint32_t task = 2; task < 5; ++task) {
    EXPECT_NE(bench.detector.OnRead({task}, x, kSecond), nullptr) << task;
    EXPECT_EQ(bench.detector.OnRead({task}, y, kSecond), nullptr) << task;
  }
}

TEST(RaceDetectorTest, AWriteRacesWithAnyOfManyReaders) {
  for (uint32_t racing = 2; racing < 102; ++racing) {
    Bench bench(101);
    const VariableId x = bench.detector.Create();
    const LocationId lock = bench.memory.CreateChannel();
    for (uint32_t task = 2; task < 102; ++task) {
      ASSERT_EQ(bench.detector.OnRead({task}, x, {"a.cc", task}), nullptr);
      if (task != racing) bench.memory.Release({task}, lock);
    }
    bench.memory.Acquire({102}, lock);

    const Race* race = bench.detector.OnWrite({102}, x, kFirst);

    ASSERT_NE(race, nullptr) << racing;
    EXPECT_EQ(race->first.task, TaskId{racing});
    EXPECT_EQ(race->first.site.line, racing);
  }
}

TEST(RaceDetectorTest, ALockOrdersAccesses) {
  Bench bench(2);
  const VariableId x = bench.detector.Create();
  const LocationId lock = bench.memory.CreateChannel();

  bench.memory.Acquire({2}, lock);
  EXPECT_EQ(bench.detector.OnWrite({2}, x, kFirst), nullptr);
  bench.memory.Release({2}, lock);
  bench.memory.Acquire({3}, lock);
  EXPECT_EQ(bench.detector.OnRead({3}, x, kSecond), nullptr);
  EXPECT_EQ(bench.detector.OnWrite({3}, x, kSecond), nullptr);
  // What comes after the release is not ordered by it.
  EXPECT_NE(bench.detector.OnWrite({2}, x, kThird), nullptr);
}

TEST(RaceDetectorTest, ForksAndJoinsOrderAccesses) {
  Bench bench(0);
  const VariableId x = bench.detector.Create();

  EXPECT_EQ(bench.detector.OnWrite({0}, x, kFirst), nullptr);
  bench.memory.Fork({0}, {2});
  EXPECT_EQ(bench.detector.OnWrite({2}, x, kSecond), nullptr);
  bench.memory.Join({0}, {2});
  EXPECT_EQ(bench.detector.OnWrite({0}, x, kThird), nullptr);
}

TEST(RaceDetectorTest, ARelaxedFlagOrdersNothingEvenUnderSc) {
  for (const MemoryOrder order :
       {MemoryOrder::kRelaxed, MemoryOrder::kAcquireRelease}) {
    Bench bench(0);
    bench.memory.Reset(MemoryModelKind::kSc);
    bench.memory.Fork({0}, {2});
    bench.memory.Fork({0}, {3});
    const VariableId x = bench.detector.Create();
    const LocationId flag = bench.memory.CreateBeforeAll({});

    bench.detector.OnWrite({2}, x, kFirst);
    bench.memory.Store({2}, flag, {1, 0}, order);
    EXPECT_EQ(bench.memory.Load({3}, flag, order).low, 1u);
    const Race* race = bench.detector.OnRead({3}, x, kSecond);

    EXPECT_EQ(race != nullptr, order == MemoryOrder::kRelaxed);
  }
}

TEST(RaceDetectorTest, AnEndedVariableLeavesNothingBehind) {
  Bench bench(2);
  for (int i = 0; i < 100000; ++i) {
    const VariableId x = bench.detector.Create();
    ASSERT_EQ(bench.detector.OnRead({2}, x, kFirst), nullptr);
    ASSERT_EQ(bench.detector.OnRead({3}, x, kFirst), nullptr);
    bench.detector.Destroy(x);
  }
  EXPECT_LT(bench.arena.bytes(), 4u << 20);  // mostly who is who
}

// Everything that was done, and by whom, before what: the model.
class History {
 public:
  // Returns whether this access races with an earlier one.
  bool Access(const MemoryModel& memory, TaskId task, bool is_write,
              VariableId variable) {
    bool races = false;
    const VectorClock& clock = memory.clock(task);
    for (const Entry& entry : entries_[variable]) {
      const bool is_before = entry.epoch <= clock.Get(entry.task);
      races |= (is_write || entry.is_write) && !is_before;
    }
    entries_[variable].push_back({task, clock.Get(task), is_write});
    return races;
  }

 private:
  struct Entry {
    TaskId task;
    uint32_t epoch;
    bool is_write;
  };
  std::map<VariableId, std::vector<Entry>> entries_;
};

// Runs a random program until each variable has raced; returns how many did.
int CompareWithHistory(uint64_t seed) {
  constexpr uint32_t kTasks = 5;
  constexpr uint32_t kVariables = 3;
  Numbers numbers(seed);
  Bench bench(kTasks);
  History history;
  std::vector<bool> has_raced(kVariables + 1);
  int raced = 0;
  std::vector<LocationId> locks;
  std::vector<LocationId> flags;
  for (int i = 0; i < 2; ++i) {
    locks.push_back(bench.memory.CreateChannel());
    flags.push_back(bench.memory.CreateBeforeAll({}));
  }
  for (uint32_t i = 0; i < kVariables; ++i) bench.detector.Create();
  for (int step = 0; step < 200; ++step) {
    const TaskId task{2 + numbers.Below(kTasks)};
    const LocationId flag = flags[numbers.Below(2)];
    const VariableId variable = 1 + numbers.Below(kVariables);
    const bool is_write = numbers.Below(3) == 0;
    switch (numbers.Below(8)) {
      case 0:
      case 1:
        bench.memory.Acquire(task, locks[variable % 2]);
        break;
      case 2:
      case 3:
        bench.memory.Release(task, locks[variable % 2]);
        break;
      case 4:
        bench.memory.Store(task, flag, {1, 0}, MemoryOrder::kRelease);
        break;
      case 5:
        bench.memory.Load(task, flag, MemoryOrder::kAcquire);
        break;
      default:
        if (has_raced[variable]) break;
        const bool expected =
            history.Access(bench.memory, task, is_write, variable);
        const Race* race = is_write
                               ? bench.detector.OnWrite(task, variable, kFirst)
                               : bench.detector.OnRead(task, variable, kFirst);
        EXPECT_EQ(race != nullptr, expected) << "step " << step;
        has_raced[variable] = expected;
        raced += expected ? 1 : 0;
    }
  }
  return raced;
}

TEST(RaceDetectorTest, RandomProgramsRaceWhereAFullHistorySaysSo) {
  int raced = 0;
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    raced += CompareWithHistory(seed);
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
  }
  // Most do, but not at once.
  EXPECT_GT(raced, 3000);
}

}  // namespace
}  // namespace fozzy

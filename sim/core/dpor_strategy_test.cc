#include "sim/core/dpor_strategy.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/rng.h"
#include "sim/core/dfs_strategy.h"
#include "sim/core/testing/toy_machine.h"
#include "sim/core/testing/toy_program.h"

namespace fozzy {
namespace {

using Trace = std::vector<uint64_t>;

// What a search came to.
struct Search {
  std::set<Trace> traces;  // of its complete runs
  uint64_t complete = 0;
  uint64_t blocked = 0;
  uint64_t deadlocks = 0;  // complete runs that ended in one
  bool is_exhaustive = false;
};

Search SearchAll(const ToyTasks& program, uint64_t runs_max = 200'000) {
  Arena arena(TestMemory);
  DporStrategy strategy(arena, {.runs_max = runs_max});
  Search search;
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    const uint64_t before = strategy.complete();
    const MachineRun machine = RunMachine(program, strategy);
    if (strategy.complete() == before) continue;
    search.traces.insert(TraceOf(machine));
    if (machine.is_deadlock) ++search.deadlocks;
  }
  search.complete = strategy.complete();
  search.blocked = strategy.blocked();
  search.is_exhaustive = strategy.is_exhaustive();
  return search;
}

// All interleavings, and no knowledge of what is equivalent.
Search SearchPlainly(const ToyTasks& program, uint64_t runs_max) {
  Arena arena(TestMemory);
  DfsStrategy strategy(arena, {.runs_max = runs_max});
  Search search;
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    const MachineRun machine = RunMachine(program, strategy);
    search.traces.insert(TraceOf(machine));
  }
  search.complete = strategy.runs();
  search.is_exhaustive = strategy.is_exhaustive();
  return search;
}

ToyAction Load(uint32_t object) { return {OpKind::kLoad, object}; }
ToyAction Store(uint32_t object, uint64_t value = 1) {
  return {OpKind::kStore, object, value};
}
ToyAction Lock(uint32_t object) { return {OpKind::kLock, object}; }
ToyAction Unlock(uint32_t object) { return {OpKind::kUnlock, object}; }
ToyAction Do(OpKind kind, uint32_t object) { return {kind, object}; }

// Returns the program of the tasks 0, 2, 3, ...
ToyTasks Program(std::vector<ToyTask> tasks,
                 std::vector<uint32_t> spawned = {}) {
  ToyTasks program = {.tasks = std::move(tasks), .spawned = std::move(spawned)};
  program.tasks.insert(program.tasks.begin() + 1, Straight({}));
  return program;
}

ToyTasks Repeat(uint32_t count, const std::vector<ToyAction>& actions) {
  return Program(std::vector<ToyTask>(count, Straight(actions)));
}

// Describes a random action, in words for failures.
std::string NameOf(const ToyAction& action) {
  return std::to_string(static_cast<int>(action.kind)) + "." +
         std::to_string(action.object);
}

struct Mix {
  std::vector<OpKind> kinds;
  uint32_t tasks = 3;
  uint32_t ops = 3;
  uint32_t objects = 2;
};

ToyTasks RandomProgram(Rng& rng, const Mix& mix, std::string& text) {
  std::vector<ToyTask> tasks;
  for (uint32_t i = 0; i < mix.tasks; ++i) {
    std::vector<ToyAction> actions;
    for (uint32_t op = 0; op < mix.ops; ++op) {
      ToyAction action;
      action.kind = mix.kinds[rng.UpTo(mix.kinds.size() - 1)];
      action.object = 1 + static_cast<uint32_t>(rng.UpTo(mix.objects - 1));
      action.value = 1;
      actions.push_back(action);
      text += NameOf(action) + " ";
    }
    text += "| ";
    tasks.push_back(Straight(actions));
  }
  return Program(tasks);
}

void ExpectSame(const ToyTasks& program, const std::string& text) {
  const Search plain = SearchPlainly(program, 200'000);
  ASSERT_TRUE(plain.is_exhaustive) << text;
  const Search search = SearchAll(program);
  ASSERT_TRUE(search.is_exhaustive) << text;
  EXPECT_EQ(search.traces.size(), plain.traces.size()) << text;
  EXPECT_TRUE(search.traces == plain.traces) << text;
  EXPECT_EQ(search.complete, search.traces.size()) << text;
  EXPECT_EQ(search.blocked, 0u) << text;
}

// Searches `program` and expects `complete` runs, no two of them equivalent,
// and none that was begun in vain.
void ExpectTraces(const ToyTasks& program, uint64_t complete,
                  uint64_t deadlocks = 0) {
  const Search search = SearchAll(program);
  EXPECT_TRUE(search.is_exhaustive);
  EXPECT_EQ(search.complete, complete);
  EXPECT_EQ(search.traces.size(), complete);
  EXPECT_EQ(search.blocked, 0u);
  EXPECT_EQ(search.deadlocks, deadlocks);
}

TEST(DporTracesTest, WritersOfTheirOwnObjectsNeverMeet) {
  for (uint32_t tasks = 1; tasks < 6; ++tasks) {
    SCOPED_TRACE(tasks);
    std::vector<ToyTask> writers;
    for (uint32_t i = 0; i < tasks; ++i) {
      writers.push_back(Straight({Store(i), Store(i), Store(i)}));
    }
    ExpectTraces(Program(writers), 1);
  }
}

TEST(DporTracesTest, WritersOfOneObjectComeInEveryOrder) {
  const uint64_t factorial[] = {1, 1, 2, 6, 24, 120};
  for (uint32_t tasks = 1; tasks < 6; ++tasks) {
    SCOPED_TRACE(tasks);
    ExpectTraces(Repeat(tasks, {Store(1)}), factorial[tasks]);
  }
}

TEST(DporTracesTest, EachReaderComesBeforeOrAfterTheWriter) {
  for (uint32_t readers = 1; readers < 7; ++readers) {
    SCOPED_TRACE(readers);
    std::vector<ToyTask> tasks(readers, Straight({Load(1)}));
    tasks.push_back(Straight({Store(1)}));
    ExpectTraces(Program(tasks), uint64_t{1} << readers);
  }
}

TEST(DporTracesTest, SectionsOfOneLockComeInEveryOrder) {
  const std::vector<ToyAction> section = {Lock(1), Load(2), Store(2),
                                          Unlock(1)};
  ExpectTraces(Repeat(2, section), 2);   // 2!
  ExpectTraces(Repeat(3, section), 6);   // 3!
  ExpectTraces(Repeat(4, section), 24);  // 4!
}

TEST(DporTracesTest, ProducersAndConsumersMergeTheirSections) {
  const std::vector<ToyAction> two = {Lock(1), Store(2), Unlock(1),
                                      Lock(1), Store(2), Unlock(1)};
  ExpectTraces(Repeat(2, two), 6);   // 4! / (2! 2!)
  ExpectTraces(Repeat(3, two), 90);  // 6! / (2! 2! 2!)
}

TEST(DporTracesTest, LocksInOppositeOrderDeadlockOnce) {
  // One task is through with both locks before the other begins with its
  // first, which is the same as: has both before the other has any; or each
  // has one.
  const ToyTasks program =
      Program({Straight({Lock(1), Lock(2), Unlock(2), Unlock(1)}),
               Straight({Lock(2), Lock(1), Unlock(1), Unlock(2)})});
  ExpectTraces(program, 3, /*deadlocks=*/1);
}

TEST(DporTracesTest, ALockThatIsNeverGivenBackIsADeadlockEachWay) {
  ExpectTraces(Repeat(3, {Lock(1)}), 3, /*deadlocks=*/3);
}

TEST(DporTracesTest, TwoObjectsByTwoTasks) {
  // In the same order: any combination of first in x and first in y.
  ExpectTraces(Repeat(2, {Store(1), Store(2)}), 4);
  // In opposite order: not both second in what the other did last.
  ExpectTraces(
      Program({Straight({Store(1), Store(2)}), Straight({Store(2), Store(1)})}),
      3);
}

TEST(DporTracesTest, StoreBuffering) {
  // Each load comes before or after the other's store, but not both before.
  ExpectTraces(
      Program({Straight({Store(1), Load(2)}), Straight({Store(2), Load(1)})}),
      3);
}

TEST(DporTracesTest, IndependentReadsOfIndependentWrites) {
  // Four loads before or after a store each, but the two readers do not see
  // the stores in opposite order.
  ExpectTraces(
      Program({Straight({Store(1)}), Straight({Store(2)}),
               Straight({Load(1), Load(2)}), Straight({Load(2), Load(1)})}),
      15);
}

// Task j > 0 makes element j one more than the one before; task 0 looks for
// the last that is zero, from the end.
ToyTasks LastZero(uint32_t n) {
  std::vector<ToyTask> tasks;
  tasks.push_back([n](std::span<const uint64_t> results) -> ToyAction {
    if (!results.empty() && results.back() == 0) return {};
    if (results.size() > n) return {};
    return Load(n - static_cast<uint32_t>(results.size()));
  });
  for (uint32_t j = 1; j <= n; ++j) {
    tasks.push_back([j](std::span<const uint64_t> results) -> ToyAction {
      if (results.empty()) return Load(j - 1);
      return results.size() == 1 ? Store(j, results[0] + 1) : ToyAction{};
    });
  }
  return Program(tasks);
}

TEST(DporTracesTest, LastZero) {
  // Without task 0, each store comes before or after the load of the task
  // after: 2^(n-1).  Task 0 stops at element k, which is read before it is
  // written, if it ever is, and after all later ones are.  If 0 < k < n task
  // k + 1 then cannot have read it after it was written: half of them.
  //   2 * 2^(n-1) + (n-1) * 2^(n-2) = (n+3) * 2^(n-2)
  for (uint32_t n = 2; n < 9; ++n) {
    SCOPED_TRACE(n);
    ExpectTraces(LastZero(n), (n + 3) * (uint64_t{1} << (n - 2)));
  }
}

// Each task puts 4 numbers into a hash table of 128 places, the next place if
// one is taken.
ToyTasks Indexer(uint32_t count) {
  std::vector<ToyTask> tasks;
  for (uint32_t id = 0; id < count; ++id) {
    tasks.push_back([id](std::span<const uint64_t> results) -> ToyAction {
      uint32_t number = 1;
      uint32_t probe = 0;
      for (const uint64_t result : results) {
        ++(result == 0 ? number : probe);
        if (result == 0) probe = 0;
      }
      if (number > 4) return {};
      const uint32_t key = number * 11 + id;
      return {OpKind::kReadModifyWrite, (key * 7 + probe) % 128, key};
    });
  }
  return Program(tasks);
}

TEST(DporTracesTest, Indexer) {
  // Number m + 1 of task i is number m of task i + 11, for m = 1, 2, 3, and
  // nothing else meets: three places, two orders for each pair of tasks.
  ExpectTraces(Indexer(11), 1);
  ExpectTraces(Indexer(12), 8);
  ExpectTraces(Indexer(13), 64);
  ExpectTraces(Indexer(14), 512);
}

TEST(DporTracesTest, SpawnedTasksComeInEveryOrderUntilTheyAreJoined) {
  // Task 0 spawns 2 and 3, 2 spawns 4, 3 spawns 5; all but 0 write.  Only the
  // leaves write: any order of two.
  const ToyAction spawn2 = Do(OpKind::kSpawn, 2);
  const ToyAction spawn3 = Do(OpKind::kSpawn, 3);
  const ToyAction join2 = Do(OpKind::kJoin, 2);
  const ToyAction join3 = Do(OpKind::kJoin, 3);
  const ToyTask leaf = Straight({Store(1)});
  ExpectTraces(
      Program({Straight({spawn2, spawn3, join2, join3, Load(1)}), leaf, leaf},
              {2, 3}),
      2);
  const ToyTask left =
      Straight({Do(OpKind::kSpawn, 4), Store(1), Do(OpKind::kJoin, 4)});
  const ToyTask right =
      Straight({Do(OpKind::kSpawn, 5), Store(1), Do(OpKind::kJoin, 5)});
  ExpectTraces(Program({Straight({spawn2, spawn3, join2, join3, Load(1)}), left,
                        right, leaf, leaf},
                       {2, 3, 4, 5}),
               24);
  // The write of task 0 comes after its spawn of 2 and before that of 3: 2 can
  // write before it, between, or last.
  ExpectTraces(
      Program({Straight({spawn2, Store(1), spawn3, join3, join2}), leaf, leaf},
              {2, 3}),
      3);
}

TEST(DporTracesTest, ASemaphoreIsGivenBeforeItIsTaken) {
  const ToyAction give = Do(OpKind::kNotify, 1);
  const ToyAction take = Do(OpKind::kWait, 1);
  // Words of n gives and n takes in which no part from the start has more
  // takes: the Catalan numbers.
  const uint64_t catalan[] = {1, 1, 2, 5, 14, 42};
  for (uint32_t n = 1; n < 6; ++n) {
    SCOPED_TRACE(n);
    ExpectTraces(Program({Straight(std::vector<ToyAction>(n, give)),
                          Straight(std::vector<ToyAction>(n, take))}),
                 catalan[n]);
  }
  // One of two takers is left: whichever.
  ExpectTraces(Program({Straight({give}), Straight({take}), Straight({take})}),
               2, /*deadlocks=*/2);
}

// Waits for a condition, object 3, with lock 1, unless object 2 is not zero.
ToyTask Consumer() {
  return [](std::span<const uint64_t> results) -> ToyAction {
    const bool is_ready = results.size() > 1 && results[1] != 0;
    if (results.empty()) return Lock(1);
    if (results.size() == 1) return Load(2);
    if (results.size() == 2 && !is_ready) return {OpKind::kWait, 3, 0, 1};
    return results.size() == (is_ready ? 2 : 3) ? Unlock(1) : ToyAction{};
  };
}

TEST(DporTracesTest, AConditionToldUnderTheLockIsNeverMissed) {
  // The consumer finds the flag set, or waits and is told.
  const ToyAction notify = {OpKind::kNotify, 3, 0, 1};
  ExpectTraces(
      Program({Straight({Lock(1), Store(2), notify, Unlock(1)}), Consumer()}),
      2);
  // Two consumers in either order, the producer before, between or after: 6.
  // If both wait they are told in the middle of the producer's section, and
  // take the lock again in either order, which is 2 more.  If one waits before
  // the producer and one comes after it, who of them has the lock first is
  // open, which is another 2.
  ExpectTraces(Program({Straight({Lock(1), Store(2), notify, Unlock(1)}),
                        Consumer(), Consumer()}),
               10);
}

TEST(DporTracesTest, AConditionToldWithoutTheLockIsMissedOnce) {
  // The flag is set before the consumer looks; or after, and then the consumer
  // waits before it is told, or too late.
  const ToyAction notify = {OpKind::kNotify, 3, 0, 1};
  ExpectTraces(Program({Straight({Store(2), notify}), Consumer()}), 3,
               /*deadlocks=*/1);
}

TEST(DporTracesTest, OneOfThoseThatWaitIsToldWhicheverItIs) {
  // Two tasks that wait, in either order, and one is told; or one waits too
  // late, and then the other is told; or both: 2 * 2 + 2 + 2.
  const ToyAction wait = {OpKind::kWait, 3, 0, 1};
  const ToyAction notify_one = {OpKind::kNotify, 3, 1, 1};
  const ToyTask waiter = Straight({Lock(1), wait, Unlock(1)});
  ExpectTraces(
      Program({Straight({Lock(1), notify_one, Unlock(1)}), waiter, waiter}), 10,
      /*deadlocks=*/10);
}

TEST(DporTracesTest, TryLock) {
  const ToyTask attempt = [](std::span<const uint64_t> results) -> ToyAction {
    if (results.empty()) return {OpKind::kTryLock, 1};
    if (results.size() == 1 && results[0] == 1) return Unlock(1);
    return {};
  };
  // Before the section, in it, after it.
  ExpectTraces(Program({Straight({Lock(1), Unlock(1)}), attempt}), 3);
  // Whoever is first, the other comes in its section or after it.
  ExpectTraces(Program({attempt, attempt}), 4);
}

TEST(DporTracesTest, ReadersShareALock) {
  const std::vector<ToyAction> reading = {{OpKind::kLockShared, 1},
                                          {OpKind::kUnlockShared, 1}};
  for (uint32_t readers = 1; readers < 5; ++readers) {
    SCOPED_TRACE(readers);
    std::vector<ToyTask> tasks(readers, Straight(reading));
    tasks.push_back(Straight({Lock(1), Unlock(1)}));
    ExpectTraces(Program(tasks), uint64_t{1} << readers);
  }
}

TEST(DporTracesTest, ReadersThatMeetInTheirSectionsLetTheWriterFirst) {
  // Store buffering between two readers: 3.  The writer comes before both,
  // after both, or between them, which leaves them one way: 3 + 3 + 2.
  const ToyAction lock = {OpKind::kLockShared, 9};
  const ToyAction unlock = {OpKind::kUnlockShared, 9};
  ExpectTraces(Program({Straight({lock, Store(1), Load(2), unlock}),
                        Straight({lock, Store(2), Load(1), unlock}),
                        Straight({Lock(9), Unlock(9)})}),
               8);
}

TEST(DporTracesTest, ValuesMultiply) {
  const ToyAction ask = {.kind = OpKind::kYield, .last = 2};
  ExpectTraces(Program({Straight({ask})}), 3);
  ExpectTraces(Repeat(2, {ask}), 9);
  // For each answer, two orders of the stores.
  ExpectTraces(Program({Straight({ask, Store(1)}), Straight({Store(1)})}), 6);
}

TEST(DporTracesTest, ValuesDecideWhatComesAfter) {
  // Answer 0: no store, one trace; answers 1 and 2: two orders.
  const ToyTask asks = [](std::span<const uint64_t> results) -> ToyAction {
    if (results.empty()) return {.kind = OpKind::kYield, .last = 2};
    return results.size() == 1 && results[0] > 0 ? Store(1) : ToyAction{};
  };
  ExpectTraces(Program({asks, Straight({Store(1)})}), 1 + 2 + 2);
}

TEST(DporRandomTest, Memory) {
  Rng rng("memory", 1);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const ToyTasks program = RandomProgram(
        rng,
        {.kinds = {OpKind::kLoad, OpKind::kStore, OpKind::kReadModifyWrite}},
        text);
    ExpectSame(program, text);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace fozzy

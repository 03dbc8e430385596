// Partial-order reduction of C++ bodies whose executions are counted by hand.
// Every test says what it counted.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "fozzy/atomic.h"
#include "fozzy/mutex.h"
#include "fozzy/once.h"
#include "fozzy/semaphore.h"
#include "fozzy/thread.h"
#include "fozzy/var.h"
#include "sim/core/dpor_strategy.h"
#include "sim/simulation.h"
#include "sim/testing/say.h"

namespace fozzy {
namespace {

using Body = std::function<void()>;

// What a search of all executions came to.
struct Search {
  uint64_t complete = 0;
  uint64_t blocked = 0;
  uint64_t deadlocks = 0;
  uint64_t others = 0;  // findings
  bool is_exhaustive = false;
};

std::vector<std::unique_ptr<std::byte[]>>& Blocks() {
  static std::vector<std::unique_ptr<std::byte[]>> blocks;
  return blocks;
}

void* Grow(size_t bytes) {
  constexpr size_t kAlignment = 64;
  Blocks().push_back(std::make_unique<std::byte[]>(bytes + kAlignment));
  void* block = Blocks().back().get();
  size_t space = bytes + kAlignment;
  return std::align(kAlignment, bytes, block, space);
}

std::vector<Op> WaitingOf(const Executor& executor) {
  std::vector<Op> waiting;
  for (TaskId id{0}; id.value < executor.task_count(); ++id.value) {
    if (id == kTimerTask) continue;
    if (executor.task(id).state == TaskState::kEnded) continue;
    waiting.push_back(executor.pending(id));
  }
  return waiting;
}

Search SearchAll(const Body& body) {
  Arena arena(Grow);
  Simulation simulation({.memory_model = MemoryModelKind::kSc});
  DporStrategy strategy(arena, {.runs_max = 100'000});
  Search search;
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    const RunOutcome outcome = simulation.Run(body, strategy, nullptr);
    if (outcome.finding) {
      const bool is_deadlock = outcome.finding->kind == FindingKind::kDeadlock;
      ++(is_deadlock ? search.deadlocks : search.others);
    }
    const std::vector<Op> waiting = WaitingOf(simulation.executor());
    strategy.End({.found = outcome.finding.has_value(),
                  .abandoned = outcome.is_abandoned,
                  .points = outcome.points,
                  .waiting = waiting});
  }
  search.complete = strategy.complete();
  search.blocked = strategy.blocked();
  search.is_exhaustive = strategy.is_exhaustive();
  return search;
}

void ExpectExecutions(uint64_t complete, const Body& body,
                      uint64_t deadlocks = 0, uint64_t blocked = 0) {
  const Search search = SearchAll(body);
  Say(absl::StrCat(search.complete, " complete executions, ", complete,
                   " by hand; ", search.blocked, " blocked"));
  EXPECT_TRUE(search.is_exhaustive);
  EXPECT_EQ(search.complete, complete);
  EXPECT_EQ(search.blocked, blocked);
  EXPECT_EQ(search.deadlocks, deadlocks);
  EXPECT_EQ(search.others, 0u);
}

// Runs a task for each body, and joins them all.
void RunTasks(const std::vector<Body>& bodies) {
  std::vector<thread> tasks;
  for (const Body& body : bodies) tasks.emplace_back(body);
  for (thread& task : tasks) task.join();
}

std::vector<Body> Repeat(size_t count, const Body& body) {
  return std::vector<Body>(count, body);
}

TEST(DporBodiesTest, WritersOfTheirOwnObjectsNeverMeet) {
  ExpectExecutions(1, [] {
    atomic<int> own[3];
    std::vector<Body> writers;
    for (atomic<int>& mine : own) {
      writers.push_back([&mine] {
        mine.store(1);
        mine.store(2);
      });
    }
    RunTasks(writers);
  });
}

TEST(DporBodiesTest, WritersOfOneObjectComeInEveryOrder) {
  ExpectExecutions(24, [] {  // 4!
    atomic<int> x = 0;
    RunTasks(Repeat(4, [&] { x.store(1); }));
  });
}

TEST(DporBodiesTest, EachReaderComesBeforeOrAfterTheWriter) {
  ExpectExecutions(16, [] {  // 2^4
    atomic<int> x = 0;
    std::vector<Body> tasks = Repeat(4, [&] { x.load(); });
    tasks.push_back([&] { x.store(1); });
    RunTasks(tasks);
  });
}

TEST(DporBodiesTest, SectionsOfOneLockComeInEveryOrder) {
  ExpectExecutions(24, [] {  // 4!
    mutex lock;
    var<int> count = 0;
    RunTasks(Repeat(4, [&] {
      lock.lock();
      count = count + 1;
      lock.unlock();
    }));
  });
}

TEST(DporBodiesTest, ProducersAndConsumersMergeTheirSections) {
  ExpectExecutions(90, [] {  // 6! / (2! 2! 2!)
    mutex lock;
    var<int> items = 0;
    RunTasks(Repeat(3, [&] {
      for (int i = 0; i < 2; ++i) {
        lock.lock();
        items = items + 1;
        lock.unlock();
      }
    }));
  });
}

TEST(DporBodiesTest, LocksInOppositeOrderDeadlockOnce) {
  // One task has both locks before the other has any, or each has one.
  const Body body = [] {
    mutex a;
    mutex b;
    const auto take = [](mutex& first, mutex& second) {
      first.lock();
      second.lock();
      second.unlock();
      first.unlock();
    };
    RunTasks({[&] { take(a, b); }, [&] { take(b, a); }});
  };
  ExpectExecutions(3, body, /*deadlocks=*/1);
}

TEST(DporBodiesTest, TwoObjectsByTwoTasks) {
  // In the same order: any combination of first in x and first in y.
  ExpectExecutions(4, [] {
    atomic<int> x = 0;
    atomic<int> y = 0;
    RunTasks(Repeat(2, [&] {
      x.store(1);
      y.store(1);
    }));
  });
  // In opposite order: not both second in what the other did last.
  ExpectExecutions(3, [] {
    atomic<int> x = 0;
    atomic<int> y = 0;
    const auto write = [](atomic<int>& first, atomic<int>& second) {
      first.store(1);
      second.store(1);
    };
    RunTasks({[&] { write(x, y); }, [&] { write(y, x); }});
  });
}

TEST(DporBodiesTest, StoreBuffering) {
  // Each load comes before or after the other's store, but not both before.
  ExpectExecutions(3, [] {
    atomic<int> x = 0;
    atomic<int> y = 0;
    const auto enter = [](atomic<int>& mine, atomic<int>& other) {
      mine.store(1);
      other.load();
    };
    RunTasks({[&] { enter(x, y); }, [&] { enter(y, x); }});
  });
}

TEST(DporBodiesTest, IndependentReadsOfIndependentWrites) {
  // Four loads before or after a store each, but the two readers do not see
  // the stores in opposite order.
  ExpectExecutions(15, [] {
    atomic<int> x = 0;
    atomic<int> y = 0;
    const auto read = [](atomic<int>& first, atomic<int>& second) {
      first.load();
      second.load();
    };
    RunTasks({[&] { x.store(1); }, [&] { y.store(1); }, [&] { read(x, y); },
              [&] { read(y, x); }});
  });
}

TEST(DporBodiesTest, LastZero) {
  // (n + 3) * 2^(n-2): see the strategy's own test.
  // Source: Abdulla et al., "Optimal dynamic partial order reduction", 2014.
  ExpectExecutions(28, [] {
    constexpr size_t kCount = 4;
    atomic<int> array[kCount + 1];
    std::vector<Body> tasks = {[&] {
      size_t i = kCount;
      while (array[i].load() != 0 && i > 0) --i;
    }};
    for (size_t i = 1; i <= kCount; ++i) {
      tasks.push_back([&, i] { array[i].store(array[i - 1].load() + 1); });
    }
    RunTasks(tasks);
  });
}

TEST(DporBodiesTest, Indexer) {
  // Number m + 1 of task i is number m of task i + 11, for m = 1, 2, 3, and
  // nothing else meets: with 13 tasks two pairs, three places, two orders.
  // Source: Flanagan, Godefroid, "Dynamic partial-order reduction", 2005.
  ExpectExecutions(64, [] {
    atomic<int> table[128];
    std::vector<Body> tasks;
    for (int id = 0; id < 13; ++id) {
      tasks.push_back([&table, id] {
        for (int number = 1; number <= 4; ++number) {
          const int key = number * 11 + id;
          int place = key * 7 % 128;
          for (int expected = 0;
               !table[place].compare_exchange_strong(expected, key);
               expected = 0) {
            place = (place + 1) % 128;
          }
        }
      });
    }
    RunTasks(tasks);
  });
}

TEST(DporBodiesTest, TasksOfTasksComeInEveryOrderUntilTheyAreJoined) {
  // Two tasks write and start a task that writes: each of the four may come at
  // any place.
  ExpectExecutions(24, [] {
    atomic<int> x = 0;
    RunTasks(Repeat(2, [&] {
      thread child([&] { x.store(1); });
      x.store(2);
      child.join();
    }));
  });
  // The write of the body comes between the two starts: the first task can
  // write before it, between, or last.
  ExpectExecutions(3, [] {
    atomic<int> x = 0;
    thread first([&] { x.store(1); });
    x.store(2);
    thread second([&] { x.store(3); });
    second.join();
    first.join();
  });
}

TEST(DporBodiesTest, ASemaphoreIsGivenBeforeItIsTaken) {
  // Words of four gives and four takes in which no part from the start has
  // more takes: the fourth Catalan number.
  const Body body = [] {
    counting_semaphore<> items(0);
    const auto give = [&] {
      for (int i = 0; i < 4; ++i) items.release();
    };
    const auto take = [&] {
      for (int i = 0; i < 4; ++i) items.acquire();
    };
    RunTasks({give, take});
  };
  ExpectExecutions(14, body, /*deadlocks=*/0, /*blocked=*/1);
}

TEST(DporBodiesTest, WhatIsDoneOnceKeepsNobodyFromWhatComesAfter) {
  // Any order of the calls with any order of the stores: 3! 3!.
  ExpectExecutions(36, [] {
    once_flag once;
    atomic<int> x = 0;
    RunTasks(Repeat(3, [&] {
      call_once(once, [] {});
      x.store(1);
    }));
  });
}

TEST(DporBodiesTest, ATaskMayEndAfterADeadlineThatPassesEarly) {
  // The deadline passes before or after the store of the other task.
  bool is_first[] = {false, false};
  SearchAll([&] {
    atomic<int> x = 0;
    RunTasks({[&] { x.store(1); },
              [&] {
                fozzy::this_thread::sleep_for(std::chrono::milliseconds(1));
                is_first[x.exchange(2)] = true;
              }});
  });
  EXPECT_TRUE(is_first[0]);
  EXPECT_TRUE(is_first[1]);
}

TEST(DporBodiesTest, ObjectsThatTasksMakeThemselvesAreToldApart) {
  // Each task writes to one of its own, and all to the same: 3!.
  ExpectExecutions(6, [] {
    atomic<int> x = 0;
    RunTasks(Repeat(3, [&] {
      atomic<int> own = 0;
      own.store(1);
      x.store(own.load());
    }));
  });
}

TEST(DporBodiesTest, ObjectsMayBeMadeInEveryOrder) {
  // Six objects, numbered as the tasks come to make them.  Any order at x with
  // any order at y, since all come to x first: 3! 3!.
  ExpectExecutions(36, [] {
    atomic<int> x = 0;
    atomic<int> y = 0;
    RunTasks(Repeat(3, [&] {
      atomic<int> early = 0;
      early.store(1);
      x.store(early.load());
      mutex late;
      late.lock();
      y.store(1);
      late.unlock();
    }));
  });
}

// Made before all runs, and numbered in each as tasks come to use them.
atomic<int>& Global(size_t number) {
  static atomic<int> globals[4];
  return globals[number];
}

TEST(DporBodiesTest, ObjectsMayBeFirstUsedInEveryOrder) {
  // The first task reads 0 before or after it is written; the second reads 3
  // before, between or after its two updates.
  ExpectExecutions(6, [] {
    RunTasks({[] {
                Global(0).load();
                Global(1).load();
              },
              [] {
                Global(0).load();
                Global(3).load();
                Global(0).fetch_add(1);
              },
              [] {
                Global(3).fetch_add(1);
                Global(2).fetch_add(1);
                Global(3).fetch_add(1);
              }});
  });
}

}  // namespace
}  // namespace fozzy

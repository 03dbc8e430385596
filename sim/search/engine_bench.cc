// How many runs a search does in a second, and what they are made of.  The
// yardstick is BareSwitch, measured beside.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "fozzy/sync.h"
#include "sim/base/check.h"
#include "sim/core/list_strategy.h"
#include "sim/fiber_carrier.h"
#include "sim/search/body_subject.h"
#include "sim/search/search_strategy.h"
#include "sim/search/search_worker.h"

namespace fozzy {
namespace {

// Two fibers and the main stack: one hands control back whenever it has it.
struct SwitchPair {
  FiberCarrier carrier{size_t{64} << 10};

  static TaskId Enter(void* self) {
    for (;;) {
      static_cast<SwitchPair*>(self)->carrier.Switch(TaskId{0}, kMainStack);
    }
  }
};

void BareSwitch(benchmark::State& state) {
  SwitchPair pair;
  pair.carrier.Prepare(TaskId{0}, &SwitchPair::Enter, &pair);
  for (auto _ : state) {
    pair.carrier.Switch(kMainStack, TaskId{0});
  }
  state.SetItemsProcessed(2 * state.iterations());
}
BENCHMARK(BareSwitch);

void AtomicOps(int64_t tasks, int64_t ops) {
  atomic<int> shared = 0;
  const auto work = [&] {
    for (int64_t i = 0; i < ops; i += 2) {
      shared.store(1);
      static_cast<void>(shared.load());
    }
  };
  std::vector<thread> others;
  for (int64_t i = 0; i < tasks; ++i) others.emplace_back(work);
  for (thread& other : others) other.join();
}

void MutexSections(int64_t tasks, int64_t sections) {
  mutex lock;
  int guarded = 0;
  const auto work = [&] {
    for (int64_t i = 0; i < sections; ++i) {
      lock.lock();
      ++guarded;
      lock.unlock();
    }
  };
  std::vector<thread> others;
  for (int64_t i = 0; i < tasks; ++i) others.emplace_back(work);
  for (thread& other : others) other.join();
}

// Runs per second of a search, as Explore does them.
void Runs(benchmark::State& state, void (*body)(int64_t, int64_t),
          const char* strategy) {
  const auto call = [&] { body(state.range(0), state.range(1)); };
  BodySubject subject(call, {});
  auto made = SearchStrategy::Make(
      {.name = strategy, .seed = 1, .shape = Probe(subject, 1)});
  FOZZY_CHECK(made.ok());
  SearchWorker worker(subject, **made);
  constexpr uint64_t kBlock = 2048;
  uint64_t first = 0;
  for (auto _ : state) {
    const SearchBlock block =
        worker.Run({first, kBlock}, [] { return false; }, {});
    FOZZY_CHECK(block.runs == kBlock);
    first += kBlock;
  }
  state.SetItemsProcessed(static_cast<int64_t>(first));
}
BENCHMARK_CAPTURE(Runs, atomic_random, AtomicOps, "random")->Args({2, 10});
BENCHMARK_CAPTURE(Runs, atomic_portfolio, AtomicOps, "portfolio")
    ->Args({2, 10});
BENCHMARK_CAPTURE(Runs, mutex_random, MutexSections, "random")
    ->Args({2, 5})
    ->Args({8, 10});
BENCHMARK_CAPTURE(Runs, mutex_portfolio, MutexSections, "portfolio")
    ->Args({2, 5})
    ->Args({8, 10});

// Always goes on, or never.
class FixedStrategy final : public Strategy {
 public:
  explicit FixedStrategy(bool switches) : switches_(switches) {}
  bool Begin(uint64_t) override { return true; }
  uint32_t PickTask(const TaskChoice&) override { return switches_ ? 1 : 0; }
  uint64_t PickValue(const ValueChoice&) override { return 0; }

 private:
  const bool switches_;
};

// A point at which two tasks can run, without what an op does.
void SchedulePoint(benchmark::State& state, bool switches) {
  constexpr int kPoints = 10'000;
  Simulation simulation({});
  FixedStrategy strategy(switches);
  const auto work = [&] {
    for (int i = 0; i < kPoints; ++i) {
      simulation.executor().Point({.kind = OpKind::kStore, .object = 1}, {});
    }
  };
  const auto body = [&] {
    thread other(work);
    work();
    other.join();
  };
  for (auto _ : state) simulation.Run(body, strategy, nullptr);
  // Once one of them has ended the rest are no choice, if it never switches.
  state.SetItemsProcessed(state.iterations() * kPoints * (switches ? 2 : 1));
}
BENCHMARK_CAPTURE(SchedulePoint, without_switch, false);
BENCHMARK_CAPTURE(SchedulePoint, with_switch, true);

// Many tasks at once, each with its part of the points.
void LiveTasks(benchmark::State& state, const char* strategy) {
  constexpr int64_t kTasks = 10'000;
  const int64_t points = state.range(0);
  const auto body = [&] {
    atomic<int> shared = 0;
    std::vector<thread> others;
    for (int64_t i = 0; i < kTasks; ++i) {
      others.emplace_back([&] {
        for (int64_t j = 0; j < points / kTasks; ++j) {
          shared.store(1, memory_order_relaxed);
        }
      });
    }
    for (thread& other : others) other.join();
  };
  BodySubject subject(body, {.memory_model = MemoryModelKind::kSc,
                             .points_max = 2'000'000,
                             .stack_bytes = size_t{32} << 10});
  auto made = SearchStrategy::Make({.name = strategy, .seed = 1, .shape = {}});
  FOZZY_CHECK(made.ok());
  Strategy& chosen = (*made)->strategy();
  uint64_t run = 0;
  for (auto _ : state) {
    chosen.Begin(run++);
    const RunOutcome outcome = subject.Run(chosen, nullptr);
    FOZZY_CHECK(!outcome.finding);
    chosen.End({});
  }
  state.SetItemsProcessed(state.iterations() * points);
}
BENCHMARK_CAPTURE(LiveTasks, random, "random")
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(LiveTasks, pct, "pct")
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fozzy

BENCHMARK_MAIN();

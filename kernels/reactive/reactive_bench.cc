// What processes and instants cost, beside bare coroutines.
//
//   BareResume                  one coroutine, resumed and suspended
//   BareWalk/N                  N of them in turn
//   Core/NAME/N                 the published workloads, per op as published
//   Fanout/N                    N branches of 40 pauses, per pause
//   Pack/NAME/N                 the newer ones, whole runs
//   Crowd/BLOCKED/INSTANTS      100 active processes beside blocked ones, once
#include <benchmark/benchmark.h>

#include <coroutine>
#include <deque>
#include <memory_resource>
#include <vector>

#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/reactor.h"
#include "kernels/reactive/statements.h"

namespace fozzy::reactive {
namespace {

using Events = std::deque<Event<>>;

// Keeps what reactors give back for the next one, as a program that runs one
// after the other would.
std::pmr::memory_resource* KeptMemory() {
  static std::pmr::unsynchronized_pool_resource memory(std::pmr::pool_options{
      .max_blocks_per_chunk = 0, .largest_required_pool_block = 1 << 20});
  return &memory;
}

// Runs a program per iteration, `ops` each.
template <typename Make>
void Measure(benchmark::State& state, int64_t ops, Make make) {
  for (auto _ : state) {
    Reactor reactor({.memory = KeptMemory()});
    const Outcome outcome = reactor.Run(make(reactor));
    if (outcome.ending == Ending::kFailed) state.SkipWithError("failed");
    benchmark::DoNotOptimize(outcome.instants);
  }
  state.SetItemsProcessed(state.iterations() * ops);
}

// Bare coroutines.

struct Bare {
  struct promise_type {
    Bare get_return_object() {
      return {std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  std::coroutine_handle<promise_type> handle;
};

Bare SuspendAlways() {
  for (;;) co_await std::suspend_always{};
}

void BareWalk(benchmark::State& state) {
  std::vector<Bare> coroutines;
  for (int64_t i = 0; i < state.range(0); ++i) {
    coroutines.push_back(SuspendAlways());
  }
  for (auto _ : state) {
    for (const Bare& coroutine : coroutines) coroutine.handle.resume();
  }
  for (const Bare& coroutine : coroutines) coroutine.handle.destroy();
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BareWalk)->Name("BareResume")->Arg(1);
BENCHMARK(BareWalk)->Arg(8)->Arg(128)->Arg(8192);

// The published workloads.

Process PauseTimes(Reactor&, int64_t times) {
  for (int64_t i = 0; i < times; ++i) co_await Pause();
}

void PauseLoop(benchmark::State& state) {
  Measure(state, state.range(0),
          [&](Reactor& r) { return PauseTimes(r, state.range(0)); });
}
BENCHMARK(PauseLoop)->Name("Core/pause_loop")->Arg(1000)->Arg(40'000);

Process EmitTimes(Reactor&, Event<int64_t>& signal, int64_t times) {
  for (int64_t i = 0; i < times; ++i) {
    co_await Emit(signal, i);
    co_await Pause();
  }
}

Process AwaitTimes(Reactor&, Event<int64_t>& signal, int64_t times) {
  for (int64_t i = 0; i < times; ++i) co_await Await(signal);
}

Process EmitAwait(Reactor& r, int64_t n) {
  Event<int64_t> signal(r);
  co_await Parallel(EmitTimes(r, signal, n), AwaitTimes(r, signal, n));
}

void RunEmitAwait(benchmark::State& state) {
  Measure(state, 2 * state.range(0),
          [&](Reactor& r) { return EmitAwait(r, state.range(0)); });
}
BENCHMARK(RunEmitAwait)->Name("Core/emit_await")->Arg(500)->Arg(8000);

Process AwaitOnce(Reactor&, Event<>& signal) {
  co_await AwaitImmediate(signal);
}

Process EmitOnce(Reactor&, Event<>& signal) { co_await Emit(signal); }

Process AwaitImmediateTimes(Reactor& r, int64_t n) {
  Event<> signal(r);
  for (int64_t i = 0; i < n; ++i) {
    co_await Parallel(AwaitOnce(r, signal), EmitOnce(r, signal));
    co_await Pause();
  }
}

void RunAwaitImmediate(benchmark::State& state) {
  Measure(state, state.range(0),
          [&](Reactor& r) { return AwaitImmediateTimes(r, state.range(0)); });
}
BENCHMARK(RunAwaitImmediate)->Name("Core/await_immediate")->Arg(200)->Arg(4000);

Process EmitEvery(Reactor&, Event<>& signal, int64_t times, int64_t every) {
  for (int64_t i = 0; i < times; ++i) {
    if (i % every == 0) co_await Emit(signal);
    co_await Pause();
  }
}

Process CountOnce(Reactor&, int64_t& count) {
  ++count;
  co_return;
}

Process GuardTimes(Reactor& r, Event<>& guard, int64_t times, int64_t& count) {
  for (int64_t i = 0; i < times; ++i) {
    co_await When(guard, CountOnce(r, count));
    co_await Pause();
  }
}

Process WhenGuard(Reactor& r, int64_t n) {
  Event<> guard(r);
  int64_t count = 0;
  co_await Parallel(EmitEvery(r, guard, n, 2), GuardTimes(r, guard, n, count));
}

void RunWhenGuard(benchmark::State& state) {
  Measure(state, state.range(0),
          [&](Reactor& r) { return WhenGuard(r, state.range(0)); });
}
BENCHMARK(RunWhenGuard)->Name("Core/when_guard")->Arg(500)->Arg(8000);

Process WatchBody(Reactor&, Event<>& stop, Process body) {
  co_await Watch(stop, std::move(body));
}

Process EmitAfter(Reactor&, Event<>& signal, int64_t instants) {
  for (int64_t i = 0; i < instants; ++i) co_await Pause();
  co_await Emit(signal);
}

Process WatchPreempt(Reactor& r, int64_t n) {
  Event<> stop(r);
  co_await Parallel(WatchBody(r, stop, PauseTimes(r, n)),
                    EmitAfter(r, stop, n / 3));
}

void RunWatchPreempt(benchmark::State& state) {
  Measure(state, state.range(0),
          [&](Reactor& r) { return WatchPreempt(r, state.range(0)); });
}
BENCHMARK(RunWatchPreempt)->Name("Core/watch_preempt")->Arg(300)->Arg(6000);

Process Drive(Reactor&, Event<int64_t>& tick, Event<>& gate, Event<>& stop,
              int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    co_await Emit(tick, i);
    if (i % 3 == 0) co_await Emit(gate);
    if (i + 1 == n) co_await Emit(stop);
    co_await Pause();
  }
}

Process FollowTicks(Reactor&, Event<int64_t>& tick, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    co_await Await(tick);
    co_await Pause();
  }
}

Process Combined(Reactor& r, int64_t n) {
  Event<int64_t> tick(r);
  Event<> gate(r);
  Event<> stop(r);
  int64_t count = 0;
  co_await Parallel(Drive(r, tick, gate, stop, n),
                    WatchBody(r, stop, FollowTicks(r, tick, n)),
                    GuardTimes(r, gate, n, count));
}

void RunCombined(benchmark::State& state) {
  Measure(state, 4 * state.range(0),
          [&](Reactor& r) { return Combined(r, state.range(0)); });
}
BENCHMARK(RunCombined)->Name("Core/combined_core")->Arg(300)->Arg(6000);

// Fan-out, as often as makes small ones last as long as large ones.

constexpr int64_t kFanoutPauses = 40;

Process FanoutTimes(Reactor& r, int64_t width, int64_t times) {
  for (int64_t i = 0; i < times; ++i) {
    std::vector<Process> branches;
    branches.reserve(static_cast<size_t>(width));
    for (int64_t k = 0; k < width; ++k) {
      branches.push_back(PauseTimes(r, kFanoutPauses));
    }
    co_await Parallel(std::move(branches));
  }
}

void Fanout(benchmark::State& state) {
  const int64_t width = state.range(0);
  const int64_t times = 8192 / width;
  Measure(state, kFanoutPauses * width * times,
          [&](Reactor& r) { return FanoutTimes(r, width, times); });
}
BENCHMARK(Fanout)->Arg(8)->Arg(16)->Arg(32)->Arg(64)->Arg(96)->Arg(128);
BENCHMARK(Fanout)->Arg(8192);

// The newer ones.

Process PassOn(Reactor&, Event<>& from, Event<>& to) {
  co_await AwaitImmediate(from);
  co_await Emit(to);
}

Process Chain(Reactor& r, Events& events, size_t first) {
  if (first + 2 < events.size()) {
    co_await Parallel(PassOn(r, events[first], events[first + 1]),
                      Chain(r, events, first + 1));
  } else {
    co_await PassOn(r, events[first], events[first + 1]);
  }
}

Process PropagationChains(Reactor& r, int64_t n) {
  Events events;
  for (int64_t i = 0; i <= n; ++i) events.emplace_back(r);
  co_await Parallel(Chain(r, events, 0), EmitOnce(r, events[0]));
}

Process BroadcastExpansion(Reactor& r, int64_t n) {
  Event<> signal(r);
  std::vector<Process> branches;
  branches.reserve(static_cast<size_t>(n) + 1);
  for (int64_t i = 0; i < n; ++i) branches.push_back(AwaitOnce(r, signal));
  branches.push_back(EmitOnce(r, signal));
  co_await Parallel(std::move(branches));
}

Process Explode(Reactor& r, int depth) {
  co_await Pause();
  if (depth > 0)
    co_await Parallel(Explode(r, depth - 1), Explode(r, depth - 1));
}

Process ForkExplosion(Reactor& r, int64_t n) {
  int depth = 0;
  while (int64_t{2} << depth <= n) ++depth;
  return Explode(r, depth);
}

Process Cascade(Reactor& r, Events& events, size_t first) {
  if (first < events.size()) {
    co_await When(events[first], Cascade(r, events, first + 1));
  }
}

Process EmitAll(Reactor&, Events& events) {
  for (Event<>& event : events) co_await Emit(event);
}

Process GuardedCascades(Reactor& r, int64_t n) {
  Events events;
  for (int64_t i = 0; i < n; ++i) events.emplace_back(r);
  co_await Parallel(Cascade(r, events, 0), EmitAll(r, events));
}

Process PauseAlways(Reactor&) {
  for (;;) co_await Pause();
}

Process NestWatches(Reactor& r, Event<>& a, Event<>& b, int64_t depth) {
  if (depth == 0) {
    co_await PauseAlways(r);
  } else {
    co_await Watch(a, NestWatches(r, b, a, depth - 1));
  }
}

Process NestedPreemption(Reactor& r, int64_t n) {
  Event<> a(r);
  Event<> b(r);
  co_await Parallel(NestWatches(r, a, b, n), EmitAfter(r, a, 1));
}

template <Process (*kMain)(Reactor&, int64_t)>
void Pack(benchmark::State& state) {
  Measure(state, 1, [&](Reactor& r) { return kMain(r, state.range(0)); });
}
BENCHMARK(Pack<PropagationChains>)
    ->Name("Pack/propagation_chains")
    ->Arg(5000)
    ->Arg(50'000);
BENCHMARK(Pack<BroadcastExpansion>)
    ->Name("Pack/broadcast_expansion")
    ->Arg(5000)
    ->Arg(50'000);
BENCHMARK(Pack<ForkExplosion>)
    ->Name("Pack/fork_explosion")
    ->Arg(5000)
    ->Arg(50'000);
BENCHMARK(Pack<GuardedCascades>)
    ->Name("Pack/guarded_cascades")
    ->Arg(5000)
    ->Arg(50'000);
BENCHMARK(Pack<NestedPreemption>)
    ->Name("Pack/nested_preemption")
    ->Arg(5000)
    ->Arg(50'000);

// What those that wait cost.

Process Blocked(Reactor& r, Event<>& never) {
  co_await When(never, PauseAlways(r));
}

Process Crowd(Reactor& r, Event<>& never, int64_t blocked) {
  std::vector<Process> branches;
  for (int64_t i = 0; i < blocked; ++i) {
    branches.push_back(Blocked(r, never));
  }
  for (int i = 0; i < 100; ++i) branches.push_back(PauseAlways(r));
  co_await Parallel(std::move(branches));
}

void RunCrowd(benchmark::State& state) {
  for (auto _ : state) {
    Reactor reactor({.memory = KeptMemory()});
    Event<> never(reactor);
    reactor.Run(Crowd(reactor, never, state.range(0)),
                {.instants_max = static_cast<uint64_t>(state.range(1))});
    reactor.Clear();
  }
}
BENCHMARK(RunCrowd)
    ->Name("Crowd")
    ->Args({0, 100})
    ->Args({0, 1100})
    ->Args({100'000, 100})
    ->Args({100'000, 1100})
    ->Iterations(1);

}  // namespace
}  // namespace fozzy::reactive

BENCHMARK_MAIN();

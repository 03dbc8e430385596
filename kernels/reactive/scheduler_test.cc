// The order in which branches run, and what running them costs.
#include "kernels/reactive/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <vector>

#include "kernels/reactive/aggregate.h"
#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/reactor.h"
#include "kernels/reactive/statements.h"

namespace {

// Of this program.
uint64_t allocations = 0;

}  // namespace

[[gnu::noinline]] void* operator new(size_t size) {
  ++allocations;
  void* const block = std::malloc(size);
  if (block == nullptr) std::abort();
  return block;
}
[[gnu::noinline]] void operator delete(void* block) noexcept {
  std::free(block);
}
[[gnu::noinline]] void operator delete(void* block, size_t) noexcept {
  std::free(block);
}

namespace fozzy::reactive {
namespace {

using testing::ElementsAre;

Process NoteTwice(Reactor&, std::vector<int>& order, int self) {
  order.push_back(self);
  co_await Pause();
  order.push_back(self);
}

TEST(SchedulerTest, BranchesRunFirstInFirstOut) {
  Reactor reactor;
  std::vector<int> order;
  const auto main = [](Reactor& r, std::vector<int>& to) -> Process {
    co_await Parallel(NoteTwice(r, to, 1), NoteTwice(r, to, 2),
                      NoteTwice(r, to, 3));
  };
  reactor.Run(main(reactor, order));
  EXPECT_THAT(order, ElementsAre(1, 2, 3, 1, 2, 3));
}

Process PauseAlways(Reactor&) {
  for (;;) co_await Pause();
}

Process EmitAlways(Reactor&, Event<int>& event, Aggregate<int>& sum) {
  for (int i = 0;; ++i) {
    co_await Emit(event, i);
    co_await Emit(sum, i);
    co_await Pause();
  }
}

Process AwaitAlways(Reactor&, Event<int>& event) {
  for (;;) co_await Await(event);
}

Process SumAlways(Reactor&, Aggregate<int>& sum) {
  for (;;) co_await Await(sum);
}

Process Immediately(Reactor&, Event<int>& event) {
  for (;;) {
    co_await AwaitImmediate(event);
    co_await Pause();
  }
}

Process Nothing(Reactor&) { co_return; }

Process GuardAlways(Reactor& r, Event<int>& event) {
  for (;;) {
    co_await When(event, Nothing(r));
    co_await Pause();
  }
}

Process CutAlways(Reactor& r, Event<int>& event) {
  for (;;) co_await Watch(event, PauseAlways(r));
}

Process AbortAlways(Reactor& r, Event<int>& event) {
  for (;;) co_await Abort(event, PauseAlways(r));
}

Process BranchAlways(Reactor& r) {
  for (;;) {
    co_await Parallel(Nothing(r), Nothing(r));
    co_await Pause();
  }
}

TEST(SchedulerTest, NothingIsAllocatedInSteadyState) {
  Reactor reactor;
  Event<int> event(reactor);
  Aggregate<int> sum(reactor, 0, [](int a, const int& b) { return a + b; });
  const auto main = [](Reactor& r, Event<int>& e,
                       Aggregate<int>& s) -> Process {
    co_await Parallel(EmitAlways(r, e, s), AwaitAlways(r, e), SumAlways(r, s),
                      Immediately(r, e), GuardAlways(r, e), CutAlways(r, e),
                      AbortAlways(r, e), BranchAlways(r), PauseAlways(r));
  };
  reactor.Run(main(reactor, event, sum), {.instants_max = 100});
  const RunOptions more = {.instants_max = 10'000};
  const uint64_t before = allocations;
  const Outcome outcome = reactor.GoOn(more);
  EXPECT_EQ(allocations - before, 0);
  EXPECT_EQ(outcome.instants, 10'000);
  reactor.Clear();
}

TEST(SchedulerTest, MemoryIsThatOfLiveProcessesAndSignals) {
  Reactor reactor;
  const auto fresh = [](Reactor& r) -> Process {
    for (;;) {
      Event<> signal(r);
      co_await Emit(signal);
      co_await When(signal, Nothing(r));
      co_await Watch(signal, Nothing(r));
      co_await Pause();
    }
  };
  reactor.Run(fresh(reactor), {.instants_max = 100});
  const RunOptions more = {.instants_max = 10'000};
  const uint64_t before = allocations;
  reactor.GoOn(more);
  EXPECT_EQ(allocations - before, 0);
  EXPECT_EQ(reactor.Inspect().signals, 1);
}

}  // namespace
}  // namespace fozzy::reactive

#include "kernels/reactive/reactor.h"

#include <gtest/gtest.h>

#include <vector>

#include "kernels/reactive/aggregate.h"
#include "kernels/reactive/event.h"
#include "kernels/reactive/host.h"
#include "kernels/reactive/statements.h"

namespace fozzy::reactive {
namespace {

Process Count(Reactor&, int& count, int times) {
  for (int i = 0; i < times; ++i) {
    ++count;
    co_await Pause();
  }
}

TEST(ReactorTest, PausesLastAnInstantEach) {
  Reactor reactor;
  int count = 0;
  const Outcome outcome = reactor.Run(Count(reactor, count, 3));
  EXPECT_EQ(outcome.ending, Ending::kFinished);
  EXPECT_EQ(outcome.instants, 4);
  EXPECT_EQ(count, 3);
}

Process Stop(Reactor&, Event<>& stop, int after) {
  for (int i = 0; i < after; ++i) co_await Pause();
  co_await Emit(stop);
}

Process Watching(Reactor& reactor, Event<>& stop, int& ticks, uint64_t& end) {
  co_await Watch(stop, Count(reactor, ticks, 100));
  end = reactor.instants() - 1;
}

Process WatchAndStop(Reactor& reactor, Event<>& stop, int& ticks,
                     uint64_t& end) {
  co_await Parallel(Stop(reactor, stop, 2),
                    Watching(reactor, stop, ticks, end));
}

TEST(ReactorTest, WatchedBodiesDoTheirLastInstant) {
  Reactor reactor;
  Event<> stop(reactor, "stop");
  int ticks = 0;
  uint64_t end = 0;
  const Outcome outcome = reactor.Run(WatchAndStop(reactor, stop, ticks, end));
  EXPECT_EQ(outcome.ending, Ending::kFinished);
  EXPECT_EQ(ticks, 3);
  EXPECT_EQ(end, 3);
}

TEST(ReactorTest, RunsEndWhenNothingCanReact) {
  Reactor reactor;
  Event<> signal(reactor);
  const auto waiting = [](Reactor&, Event<>& s) -> Process {
    co_await Await(s);
  };
  const Outcome outcome = reactor.Run(waiting(reactor, signal));
  EXPECT_EQ(outcome.ending, Ending::kStuck);
  EXPECT_EQ(outcome.instants, 1);
}

TEST(ReactorTest, RunsEndWithTheirBudgetAndGoOnFromThere) {
  Reactor reactor;
  int count = 0;
  const Outcome first =
      reactor.Run(Count(reactor, count, 5), {.instants_max = 2});
  EXPECT_EQ(first.ending, Ending::kBudget);
  EXPECT_EQ(count, 2);
  const Outcome second = reactor.GoOn();
  EXPECT_EQ(second.ending, Ending::kFinished);
  EXPECT_EQ(second.instants, 4);
  EXPECT_EQ(count, 5);
}

TEST(ReactorTest, AClosedHostKeepsNobodyWaiting) {
  Reactor reactor;
  Event<int> input(reactor);
  const auto adding = [](Reactor&, Event<int>& from, int& sum) -> Process {
    for (;;) {
      sum += co_await AwaitImmediate(from);
      co_await Pause();
    }
  };
  int sum = 0;
  const RunOptions options = {.hear =
                                  [&](uint64_t instant) {
                                    if (instant % 2 == 0) input.Send(10);
                                    return instant < 4 ? Hearing::kOpen
                                                       : Hearing::kClosed;
                                  },
                              .is_awaited = [&] { return input.IsHeard(); }};
  const Outcome outcome = reactor.Run(adding(reactor, input, sum), options);
  EXPECT_EQ(outcome.ending, Ending::kStuck);
  EXPECT_EQ(sum, 30);
  reactor.Clear();
}

TEST(ReactorTest, ReactorsShareNothing) {
  Reactor first;
  Reactor second;
  int a = 0;
  int b = 0;
  first.Run(Count(first, a, 10), {.instants_max = 3});
  second.Run(Count(second, b, 10), {.instants_max = 5});
  first.GoOn();
  EXPECT_EQ(a, 10);
  EXPECT_EQ(b, 5);
  EXPECT_EQ(second.instants(), 5);
}

}  // namespace
}  // namespace fozzy::reactive

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

}  // namespace
}  // namespace fozzy::reactive

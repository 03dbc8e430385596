// Forked processes and those who join them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernels/reactive/process.h"
#include "kernels/reactive/reactor.h"
#include "kernels/reactive/statements.h"
#include "kernels/reactive/testing/rig.h"

namespace fozzy::reactive {
namespace {

using testing::ElementsAre;

Process PauseTimes(Reactor&, int times) {
  for (int i = 0; i < times; ++i) co_await Pause();
}

TEST(SchedulerThreadsTest, JoinersGoOnInTheInstantOfTheEnd) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    const ThreadId thread = co_await Fork(PauseTimes(r, 3));
    const auto joining = [](Reactor&, Rig& to, ThreadId id) -> Process {
      co_await Join(id);
      to.Note(to.now());
    };
    co_await Parallel(joining(r, rig, thread), joining(r, rig, thread));
    co_await Join(thread);
    rig.Note(rig.now());
  });
  EXPECT_THAT(seen.notes, ElementsAre(3, 3, 3));
}

TEST(SchedulerThreadsTest, TheForkerGoesOnAtOnce) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    const ThreadId first = co_await Fork(PauseTimes(r, 1));
    const ThreadId second = co_await Fork(PauseTimes(r, 1));
    rig.Note(rig.now());
    rig.Note(static_cast<int>(first.value));
    rig.Note(static_cast<int>(second.value));
  });
  EXPECT_EQ(seen.ending, Ending::kFinished);
  EXPECT_THAT(seen.notes, ElementsAre(0, 1, 2));
}

TEST(SchedulerThreadsTest, ThreadsThatHaveEndedCostNothing) {
  Reactor reactor;
  const auto main = [](Reactor& r) -> Process {
    // One that stays, among many that do not.
    const ThreadId staying = co_await Fork(PauseTimes(r, 3000));
    for (int i = 0; i < 2000; ++i) {
      const ThreadId thread = co_await Fork(PauseTimes(r, i % 3));
      if (i % 2 == 0) co_await Join(thread);
      co_await Pause();
    }
    co_await Join(staying);
  };
  EXPECT_EQ(reactor.Run(main(reactor)).ending, Ending::kFinished);
  EXPECT_EQ(reactor.scheduler().FindThread(1), nullptr);
  EXPECT_TRUE(reactor.scheduler().IsThread(2001));
  EXPECT_FALSE(reactor.scheduler().IsThread(2002));
}

}  // namespace
}  // namespace fozzy::reactive

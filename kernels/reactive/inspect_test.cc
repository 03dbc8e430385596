// Looking at processes from outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/reactor.h"
#include "kernels/reactive/statements.h"

namespace fozzy::reactive {
namespace {

using testing::ElementsAre;

Process PauseAlways(Reactor&) {
  for (;;) co_await Pause();
}

Process AwaitOne(Reactor&, Event<>& signal) { co_await Await(signal); }

Process Guard(Reactor& r, Event<>& signal) {
  co_await When(signal, PauseAlways(r));
}

Process GuardTwice(Reactor& r, Event<>& outer, Event<>& inner) {
  co_await When(outer, Guard(r, inner));
}

Process Main(Reactor& r, Event<>& a, Event<>& b) {
  co_await Parallel(Named("pausing", PauseAlways(r)),
                    Named("awaiting", AwaitOne(r, a)),
                    Named("guarded", GuardTwice(r, a, b)));
}

TEST(InspectTest, ProcessesSayWhatTheyWaitFor) {
  Reactor reactor;
  Event<> a(reactor, "a");
  Event<> b(reactor, "b");
  const Outcome outcome = reactor.Run(Main(reactor, a, b), {.instants_max = 3});
  EXPECT_EQ(outcome.ending, Ending::kBudget);
  EXPECT_THAT(reactor.Processes(),
              ElementsAre(ProcessState{{1, ""}, Wait::kJoin, ""},
                          ProcessState{{2, "pausing"}, Wait::kPause, ""},
                          ProcessState{{3, "awaiting"}, Wait::kSignal, "a"},
                          ProcessState{{4, "guarded"}, Wait::kGuard, "a"}));
  const Snapshot expected = {.instant = 2,
                             .current = 0,
                             .blocked = 1,
                             .next = 1,
                             .waiting = 1,
                             .joining = 1,
                             .signals = 2};
  EXPECT_EQ(reactor.Inspect(), expected);
}

TEST(InspectTest, TheOutermostAbsentGuardIsNamed) {
  Reactor reactor;
  Event<> a(reactor, "a");
  Event<> b(reactor, "b");
  const RunOptions always = {.instants_max = 3, .hear = [&](uint64_t) {
                               a.Send({});
                               return Hearing::kOpen;
                             }};
  reactor.Run(GuardTwice(reactor, a, b), always);
  EXPECT_THAT(reactor.Processes(),
              ElementsAre(ProcessState{{1, ""}, Wait::kGuard, "b"}));
}

TEST(InspectTest, SignalsThatHaveEndedAreNotCounted) {
  Reactor reactor;
  {
    const Event<> signal(reactor);
    EXPECT_EQ(reactor.scheduler().live_signals, 1);
  }
  EXPECT_EQ(reactor.scheduler().live_signals, 0);
}

}  // namespace
}  // namespace fozzy::reactive

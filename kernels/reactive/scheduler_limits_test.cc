// Errors, and instants that do not end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "kernels/reactive/aggregate.h"
#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/reactor.h"
#include "kernels/reactive/statements.h"
#include "kernels/reactive/testing/rig.h"

namespace fozzy::reactive {
namespace {

using testing::ElementsAre;

Process EmitOnce(Reactor&, Event<int>& signal, int value) {
  co_await Emit(signal, value);
}

TEST(SchedulerLimitsTest, ADoubleEmissionEndsTheRunAndNamesWhoWhenAndWhat) {
  Reactor reactor;
  Event<int> signal(reactor, "speed");
  const auto main = [](Reactor& r, Event<int>& s) -> Process {
    co_await Pause();
    co_await Parallel(Named("left", EmitOnce(r, s, 1)),
                      Named("right", EmitOnce(r, s, 2)));
  };
  const Outcome outcome = reactor.Run(main(reactor, signal));
  EXPECT_EQ(outcome.ending, Ending::kFailed);
  ASSERT_TRUE(outcome.finding.has_value());
  EXPECT_EQ(outcome.finding->kind, FindingKind::kError);
  EXPECT_EQ(outcome.finding->error, Error::kDoubleEmission);
  EXPECT_EQ(outcome.finding->instant, 1);
  EXPECT_EQ(outcome.finding->process, (ProcessName{3, "right"}));
  EXPECT_EQ(outcome.finding->signal, "speed");
  EXPECT_EQ(outcome.finding->Message(),
            "double emission of signal speed in instant 1 by process 3 "
            "(right)");
  EXPECT_EQ(reactor.GoOn().ending, Ending::kFailed);
}

TEST(SchedulerLimitsTest, ADoubleEmissionIsFoundInAllOrders) {
  const auto found = SameInAllOrders([](Order* order) {
    Rig rig(order);
    const auto main = [](Reactor& r, Rig& to) -> Process {
      Event<int> signal(r, "s");
      co_await Parallel(EmitOnce(r, signal, 1), EmitOnce(r, signal, 1),
                        EmitOnce(r, to.output, 1));
    };
    rig.Run(main(rig.reactor, rig), {});
    const Finding finding = rig.finding.value_or(Finding{});
    return std::tuple(rig.seen.ending, finding.error, finding.instant,
                      finding.signal);
  });
  EXPECT_EQ(found, std::tuple(Ending::kFailed, Error::kDoubleEmission, 0, "s"));
}

TEST(SchedulerLimitsTest, AProcessThatTakesTheErrorGoesOn) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<int> signal(r);
    const Error first = co_await TryEmit(signal, 1);
    const Error second = co_await TryEmit(signal, 1);
    rig.Note(first == Error::kNone);
    rig.Note(second == Error::kDoubleEmission);
    co_await Pause();
    const Error later = co_await TryEmit(signal, 1);
    rig.Note(later == Error::kNone);
  });
  EXPECT_EQ(seen.ending, Ending::kFinished);
  EXPECT_THAT(seen.notes, ElementsAre(1, 1, 1));
}

TEST(SchedulerLimitsTest, JoiningOneselfOrNobodyIsAnError) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    const auto child = [](Reactor&, Rig& to) -> Process {
      const Error own = co_await TryJoin(ThreadId{1});
      to.Note(own == Error::kSelfJoin);
      const Error other = co_await TryJoin(ThreadId{2});
      to.Note(other == Error::kUnknownThread);
      const Error none = co_await TryJoin(ThreadId{});
      to.Note(none == Error::kUnknownThread);
    };
    const ThreadId thread = co_await Fork(child(r, rig));
    co_await Join(thread);
    co_await Join(thread);  // has ended: at once
  });
  EXPECT_EQ(seen.ending, Ending::kFinished);
  EXPECT_THAT(seen.notes, ElementsAre(1, 1, 1));
}

TEST(SchedulerLimitsTest, AnUntakenErrorOfJoinEndsTheRun) {
  Reactor reactor;
  const auto main = [](Reactor&) -> Process {
    co_await Join(ThreadId{9});
    ADD_FAILURE() << "went on";
  };
  const Outcome outcome = reactor.Run(main(reactor));
  ASSERT_TRUE(outcome.finding.has_value());
  EXPECT_EQ(outcome.finding->error, Error::kUnknownThread);
}

TEST(SchedulerLimitsTest, AnEscapingExceptionEndsTheRun) {
  Reactor reactor;
  const auto main = [](Reactor&) -> Process {
    co_await Pause();
    throw std::runtime_error("no");
  };
  const Outcome outcome = reactor.Run(main(reactor));
  ASSERT_TRUE(outcome.finding.has_value());
  EXPECT_EQ(outcome.finding->Message(), "exception in instant 1 by process 1");
}

TEST(SchedulerLimitsTest, NobodyGoesOnBehindAnException) {
  Reactor reactor;
  const auto called = [](Reactor&) -> Process {
    throw std::runtime_error("no");
    co_return;
  };
  const auto main = [called](Reactor& r) -> Process {
    co_await called(r);
    ADD_FAILURE() << "went on";
  };
  EXPECT_EQ(reactor.Run(main(reactor)).ending, Ending::kFailed);
  reactor.Clear();
}

// Starts branches and waits for them, in no time, again and again.
Process PingPong(Reactor& r, int self, std::vector<int>& turns) {
  for (;;) {
    turns.push_back(self);
    const auto nothing = [](Reactor&) -> Process { co_return; };
    co_await Parallel(nothing(r), nothing(r));
  }
}

TEST(SchedulerLimitsTest, AnInstantThatDoesNotEndIsALivelockWithItsRing) {
  Reactor reactor({.steps_max = 1000});
  std::vector<int> turns;
  const auto main = [](Reactor& r, std::vector<int>& t) -> Process {
    const auto idle = [](Reactor&) -> Process { co_await Pause(); };
    co_await Pause();
    co_await Parallel(Named("idle", idle(r)), Named("spin", PingPong(r, 0, t)));
  };
  const Outcome outcome = reactor.Run(main(reactor, turns));
  ASSERT_TRUE(outcome.finding.has_value());
  EXPECT_EQ(outcome.finding->kind, FindingKind::kLivelock);
  EXPECT_EQ(outcome.finding->instant, 1);
  bool has_spin = false;
  for (const ProcessName& process : outcome.finding->ring) {
    EXPECT_NE(process.name, "idle");
    has_spin = has_spin || process.name == "spin";
  }
  EXPECT_TRUE(has_spin);
}

TEST(SchedulerLimitsTest, TheRingNamesThoseWhoTakeTurns) {
  Reactor reactor({.steps_max = 500});
  const auto main = [](Reactor& r) -> Process {
    const auto spin = [](Reactor& reactor_) -> Process {
      const auto nothing = [](Reactor&) -> Process { co_return; };
      for (;;) co_await nothing(reactor_);
    };
    co_await Parallel(Named("a", spin(r)), Named("b", spin(r)));
  };
  const Outcome outcome = reactor.Run(main(reactor));
  ASSERT_TRUE(outcome.finding.has_value());
  // `a` never lets `b` run.
  EXPECT_THAT(outcome.finding->ring, ElementsAre(ProcessName{2, "a"}));
  EXPECT_EQ(outcome.finding->Message(),
            "instant 0 does not end: process 2 (a) keep it alive");
}

TEST(SchedulerLimitsTest, StatementsThatTakeNoTimeCountAsSteps) {
  Reactor reactor({.steps_max = 100});
  Aggregate<int> sum(reactor, 0, [](int a, const int& b) { return a + b; });
  const auto main = [](Reactor&, Aggregate<int>& to) -> Process {
    for (;;) co_await Emit(to, 1);
  };
  const Outcome outcome = reactor.Run(Named("busy", main(reactor, sum)));
  ASSERT_TRUE(outcome.finding.has_value());
  EXPECT_EQ(outcome.finding->kind, FindingKind::kLivelock);
  EXPECT_THAT(outcome.finding->ring, ElementsAre(ProcessName{1, "busy"}));
}

TEST(SchedulerLimitsTest, TheBudgetIsThatOfAnInstant) {
  Reactor reactor({.steps_max = 10});
  const auto main = [](Reactor&) -> Process {
    for (int i = 0; i < 1000; ++i) co_await Pause();
  };
  EXPECT_EQ(reactor.Run(main(reactor)).ending, Ending::kFinished);
}

}  // namespace
}  // namespace fozzy::reactive

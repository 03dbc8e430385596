// Abort and suspend, and what those that wait cost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/reactor.h"
#include "kernels/reactive/statements.h"
#include "kernels/reactive/testing/rig.h"

namespace fozzy::reactive {
namespace {

using testing::ElementsAre;

Process NoteAlways(Reactor&, Rig& rig) {
  for (;;) {
    rig.Note(rig.now());
    co_await Pause();
  }
}

Process AbortNotes(Reactor& r, Rig& rig, Event<>& stop) {
  const bool is_cut = co_await Abort(stop, NoteAlways(r, rig));
  rig.Note(is_cut ? 100 + rig.now() : -1);
}

TEST(SchedulerGatesTest, AbortedBodiesDoNothingInTheInstantOfTheSignal) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    co_await Parallel(AbortNotes(r, rig, stop),
                      Rig::EmitAt(r, stop, Rig::At(2)));
  });
  EXPECT_EQ(seen.ending, Ending::kFinished);
  EXPECT_THAT(seen.notes, ElementsAre(0, 1, 102));
}

TEST(SchedulerGatesTest, AbortDoesNotSeeItsFirstInstant) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    co_await Parallel(AbortNotes(r, rig, stop),
                      Rig::EmitAt(r, stop, Rig::At(0, 2)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(0, 1, 102));
}

TEST(SchedulerGatesTest, SuspendedBodiesStandStillWhileTheSignalIsPresent) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> hold(r);
    Event<> stop(r);
    const auto held = [](Reactor& reactor, Rig& to, Event<>& s) -> Process {
      co_await Suspend(s, NoteAlways(reactor, to));
    };
    const auto watched = [held](Reactor& reactor, Rig& to, Event<>& s,
                                Event<>& end) -> Process {
      co_await Watch(end, held(reactor, to, s));
    };
    co_await Parallel(watched(r, rig, hold, stop),
                      Rig::EmitAt(r, hold, Rig::At(0, 2, 3, 5)),
                      Rig::EmitAt(r, stop, Rig::At(6)));
  });
  EXPECT_EQ(seen.ending, Ending::kFinished);
  EXPECT_THAT(seen.notes, ElementsAre(0, 1, 4, 6));
}

TEST(SchedulerGatesTest, WhatABodyReliesOnCannotBeEmittedAnyMore) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r, "stop");
    const auto body = [](Reactor&, Rig& to, Event<>& own) -> Process {
      const Error first = co_await TryEmit(own);  // not seen by the abort
      to.Note(first == Error::kNone);
      co_await Pause();
      const Error second = co_await TryEmit(own);
      to.Note(second == Error::kAfterAbsence);
    };
    const bool is_cut = co_await Abort(stop, body(r, rig, stop));
    rig.Note(is_cut);
  });
  EXPECT_THAT(seen.notes, ElementsAre(1, 1, 0));
}

TEST(SchedulerGatesTest, OfTwoBodiesThatStopEachOtherBothGetTheError) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> a(r);
    Event<> b(r);
    const auto body = [](Reactor&, Rig& to, Event<>& other) -> Process {
      co_await Pause();
      const Error error = co_await TryEmit(other);
      to.Note(error == Error::kAfterAbsence);
    };
    const auto aborted = [body](Reactor& reactor, Rig& to, Event<>& own,
                                Event<>& other) -> Process {
      co_await Abort(own, body(reactor, to, other));
    };
    co_await Parallel(aborted(r, rig, a, b), aborted(r, rig, b, a));
  });
  EXPECT_THAT(seen.notes, ElementsAre(1, 1));
}

TEST(SchedulerGatesTest, AbsenceIsReliedOnOnlyForWhatWouldRun) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> hold(r);
    Event<> gate(r);
    const auto guarded = [](Reactor& reactor, Rig& to,
                            Event<>& guard) -> Process {
      co_await When(guard, NoteAlways(reactor, to));
    };
    const auto held = [guarded](Reactor& reactor, Rig& to, Event<>& s,
                                Event<>& guard) -> Process {
      co_await Suspend(s, guarded(reactor, to, guard));
    };
    const auto late = [](Reactor&, Rig& to, Event<>& s) -> Process {
      // Behind a suspend of its own, so at a time when absence is decided.
      co_await Pause();
      const Error error = co_await TryEmit(s);
      to.Note(error == Error::kNone);
    };
    const auto hindered = [late](Reactor& reactor, Rig& to, Event<>& never,
                                 Event<>& s) -> Process {
      co_await Suspend(never, late(reactor, to, s));
    };
    Event<> never(r);
    co_await Parallel(held(r, rig, hold, gate), hindered(r, rig, never, hold));
  });
  EXPECT_THAT(seen.notes, ElementsAre(1));
}

Process BlockFor(Reactor& r, Event<>& never, Rig& rig) {
  co_await When(never, NoteAlways(r, rig));
}

Process PauseTimes(Reactor&, int times) {
  for (int i = 0; i < times; ++i) co_await Pause();
}

Process Crowd(Reactor& r, Rig& rig, Event<>& never, int blocked) {
  std::vector<Process> branches;
  for (int i = 0; i < blocked; ++i) {
    branches.push_back(BlockFor(r, never, rig));
  }
  branches.push_back(PauseTimes(r, 10));
  co_await Parallel(std::move(branches));
}

TEST(SchedulerGatesTest, BlockedProcessesTakeNoSteps) {
  std::vector<uint64_t> steps;
  for (const int blocked : {1, 10'000}) {
    Rig rig(nullptr);
    Event<> never(rig.reactor);
    uint64_t total = 0;
    const RunOptions options = {.instants_max = 8, .tell = [&](uint64_t now) {
                                  if (now > 0) {
                                    total += rig.reactor.scheduler().steps();
                                  }
                                }};
    rig.reactor.Run(Crowd(rig.reactor, rig, never, blocked), options);
    steps.push_back(total);
    EXPECT_EQ(rig.reactor.Inspect().blocked, blocked);
    rig.reactor.Clear();
  }
  // One for the process that pauses, in each instant after the first.
  EXPECT_THAT(steps, ElementsAre(7, 7));
}

}  // namespace
}  // namespace fozzy::reactive

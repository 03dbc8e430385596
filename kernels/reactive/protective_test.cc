// Programs whose behaviour is known, each in all orders of its branches.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kernels/reactive/aggregate.h"
#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/statements.h"
#include "kernels/reactive/testing/rig.h"

namespace fozzy::reactive {
namespace {

using testing::ElementsAre;

constexpr std::nullopt_t kNone = std::nullopt;

Process Send(Reactor&, Event<int>& signal, int value) {
  co_await Emit(signal, value);
}

Process PassOn(Reactor&, Event<int>& from, Event<int>& to) {
  const int value = co_await AwaitImmediate(from);
  co_await Emit(to, value);
}

Process CountOnce(Reactor&, int& count) {
  ++count;
  co_return;
}

Process PauseTimes(Reactor&, int times) {
  for (int i = 0; i < times; ++i) co_await Pause();
}

TEST(ProtectiveTest, AwaitImmediateMeetsItsProducerInEitherOrder) {
  const Seen seen =
      SeenInAllOrders({kNone, kNone}, [](Reactor& r, Rig& rig) -> Process {
        Event<int> signal(r);
        co_await Parallel(PassOn(r, signal, rig.output), Send(r, signal, 42));
      });
  EXPECT_EQ(seen.outputs(), (Values{42}));
}

TEST(ProtectiveTest, ParallelIsABarrierForManyBranches) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    int count = 0;
    const auto work = [](Reactor& reactor, int& counted) -> Process {
      co_await PauseTimes(reactor, 4);
      ++counted;
    };
    std::vector<Process> branches;
    for (int i = 0; i < 48; ++i) branches.push_back(work(r, count));
    co_await Parallel(std::move(branches));
    co_await Emit(rig.output, count);
  });
  EXPECT_EQ(seen.outputs(), (Values{kNone, kNone, kNone, kNone, 48}));
}

TEST(ProtectiveTest, WatchCutsOffABodyThatWaitsForAGuard) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> gate(r);
    Event<> stop(r);
    const auto body = [](Reactor& reactor, Event<>& guard,
                         int& count) -> Process {
      for (;;) {
        co_await Pause();
        co_await When(guard, CountOnce(reactor, count));
      }
    };
    const auto watched = [body](Reactor& reactor, Rig& to, Event<>& guard,
                                Event<>& end) -> Process {
      int count = 0;
      co_await Watch(end, body(reactor, guard, count));
      co_await Emit(to.output, count);
    };
    co_await Parallel(watched(r, rig, gate, stop),
                      Rig::EmitAt(r, gate, Rig::At(0, 1)),
                      Rig::EmitAt(r, stop, Rig::At(2)));
  });
  EXPECT_EQ(seen.outputs(), (Values{kNone, kNone, kNone, 1}));
}

TEST(ProtectiveTest, ABodyThatStopsItselfStillDoesItsInstant) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    int x = 0;
    const auto body = [](Reactor&, Event<>& own, int& value) -> Process {
      co_await Pause();
      co_await Emit(own);
      value = 20;
      co_await Pause();
      value = 99;
    };
    co_await Watch(stop, body(r, stop, x));
    co_await Emit(rig.output, x + 10);
  });
  EXPECT_EQ(seen.outputs(), (Values{kNone, kNone, 30}));
}

TEST(ProtectiveTest, NothingIsReadyBetweenInstants) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig&) -> Process {
    co_await Parallel(PauseTimes(r, 2), PauseTimes(r, 2), PauseTimes(r, 2),
                      PauseTimes(r, 2));
  });
  ASSERT_EQ(seen.snapshots.size(), 3);
  for (const Snapshot& snapshot : seen.snapshots) {
    EXPECT_EQ(snapshot.current, 0);
    EXPECT_EQ(snapshot.signals, 2);  // input and output
  }
  EXPECT_EQ(seen.snapshots[0].next, 4);
  EXPECT_EQ(seen.snapshots[2].next, 0);
}

Process Echo(Reactor&, Rig& rig, int tick) {
  const int value = co_await AwaitImmediate(rig.input);
  co_await Emit(rig.output, tick + value);
}

Process EchoAlways(Reactor& r, Rig& rig) {
  for (int tick = 0;; ++tick) {
    co_await When(rig.input, Echo(r, rig, tick));
    co_await Pause();
  }
}

TEST(ProtectiveTest, InspectionSeesWhatIsBlockedAndWhatIsNext) {
  const Seen seen = SeenInAllOrders({kNone, 7, kNone}, EchoAlways);
  ASSERT_EQ(seen.snapshots.size(), 3);
  std::vector<std::pair<uint64_t, uint64_t>> counts;
  for (const Snapshot& snapshot : seen.snapshots) {
    counts.emplace_back(snapshot.blocked, snapshot.next);
  }
  EXPECT_THAT(counts,
              ElementsAre(std::pair(1, 0), std::pair(0, 1), std::pair(1, 0)));
  EXPECT_EQ(seen.outputs(), (Values{kNone, 7, kNone}));
}

TEST(ProtectiveTest, TheTimelineHoldsInputsAndOutputs) {
  const Seen seen = SeenInAllOrders({1, kNone, 2, 3}, EchoAlways);
  const std::vector<Moment<int, int>> expected = {
      {0, 1, 1}, {1, kNone, kNone}, {2, 2, 3}, {3, 3, 5}};
  EXPECT_EQ(seen.timeline, expected);
}

TEST(ProtectiveTest, WatchedBodiesTickThreeTimesUntilAStopInTheThirdInstant) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    const auto ticking = [](Reactor&, int& ticks) -> Process {
      for (;;) {
        ++ticks;
        co_await Pause();
      }
    };
    const auto watched = [ticking](Reactor& reactor, Rig& to,
                                   Event<>& end) -> Process {
      int ticks = 0;
      const bool is_cut = co_await Watch(end, ticking(reactor, ticks));
      to.Note(ticks);
      to.Note(is_cut);
      to.Note(to.now());
    };
    co_await Parallel(watched(r, rig, stop), Rig::EmitAt(r, stop, Rig::At(2)));
  });
  EXPECT_EQ(seen.ending, Ending::kFinished);
  EXPECT_THAT(seen.notes, ElementsAre(3, 1, 3));
}

TEST(ProtectiveTest, AGuardedParallelIsSuspendedAsAWhole) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> gate(r);
    const auto ticking = [](Reactor&, int& ticks, int times) -> Process {
      for (int i = 0; i < times; ++i) {
        ++ticks;
        co_await Pause();
      }
    };
    const auto both = [ticking](Reactor& reactor, int& a, int& b) -> Process {
      co_await Parallel(ticking(reactor, a, 5), ticking(reactor, b, 1));
    };
    const auto guarded = [both](Reactor& reactor, Event<>& guard, int& a,
                                int& b) -> Process {
      co_await When(guard, both(reactor, a, b));
    };
    int a = 0;
    int b = 0;
    const auto cut = [](Reactor&, Rig& to, int& x, int& y) -> Process {
      for (int i = 0; i < 6; ++i) co_await Pause();
      to.Note(x);
      to.Note(y);
    };
    co_await Parallel(guarded(r, gate, a, b), cut(r, rig, a, b),
                      Rig::EmitAt(r, gate, Rig::At(0, 2, 5)));
  });
  // The branches run in instants 0, 2 and 5.
  EXPECT_THAT(seen.notes, ElementsAre(3, 1));
}

TEST(ProtectiveTest, AggregatesStartAnewInEachInstant) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Aggregate<int> sum(r, 0, [](int a, const int& b) { return a + b; });
    const auto emitting = [](Reactor&, Aggregate<int>& to, int first,
                             int second) -> Process {
      co_await Emit(to, first);
      co_await Pause();
      co_await Emit(to, second);
    };
    const auto listening = [](Reactor&, Aggregate<int>& from,
                              Rig& to) -> Process {
      co_await Emit(to.output, co_await Await(from));
      co_await Emit(to.output, co_await Await(from));
    };
    co_await Parallel(emitting(r, sum, 1, 4), emitting(r, sum, 2, 5),
                      emitting(r, sum, 3, 6), listening(r, sum, rig));
  });
  EXPECT_EQ(seen.outputs(), (Values{kNone, 6, 15}));
}

TEST(ProtectiveTest, AggregatesCombineInTheOrderOfOneProcess) {
  using Names = std::vector<std::string>;
  const auto names = SameInAllOrders([](Order* order) {
    Rig rig(order);
    Names got;
    const auto main = [](Reactor& r, Names& to) -> Process {
      Aggregate<Names, std::string> list(
          r, {}, [](Names gathered, const std::string& name) {
            gathered.insert(gathered.begin(), name);
            return gathered;
          });
      const auto emitting = [](Reactor&,
                               Aggregate<Names, std::string>& all) -> Process {
        co_await Emit(all, "alpha");
        co_await Emit(all, "beta");
        co_await Emit(all, "gamma");
      };
      const auto listening = [](Reactor&, Aggregate<Names, std::string>& all,
                                Names& result) -> Process {
        result = co_await Await(all);
      };
      co_await Parallel(emitting(r, list), listening(r, list, to));
    };
    rig.Run(main(rig.reactor, got), {});
    return got;
  });
  EXPECT_THAT(names, ElementsAre("gamma", "beta", "alpha"));
}

TEST(ProtectiveTest, TwoAwaitsTakeTwoInstants) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> signal(r);
    const auto waiting = [](Reactor&, Rig& to, Event<>& from) -> Process {
      co_await Await(from);
      co_await Await(from);
      to.Note(to.now());
    };
    co_await Parallel(waiting(r, rig, signal),
                      Rig::EmitAt(r, signal, Rig::At(0, 1, 2, 3)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(2));
}

Process NoteNow(Reactor&, Rig& rig) {
  rig.Note(rig.now());
  co_return;
}

Process NoteWhen(Reactor& r, Rig& rig, Event<>& guard) {
  co_await When(guard, NoteNow(r, rig));
}

TEST(ProtectiveTest, NestedGuardsMustBePresentInOneInstant) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> a(r);
    Event<> b(r);
    const auto guarded = [](Reactor& reactor, Rig& to, Event<>& outer,
                            Event<>& inner) -> Process {
      co_await When(outer, NoteWhen(reactor, to, inner));
    };
    co_await Parallel(guarded(r, rig, a, b),
                      Rig::EmitAt(r, a, Rig::At(0, 2, 4)),
                      Rig::EmitAt(r, b, Rig::At(1, 3, 4)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(4));
}

TEST(ProtectiveTest, WhatIsAwaitedInAGuardedBodyComesBackGuarded) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> gate(r);
    Event<> signal(r);
    const auto body = [](Reactor&, Rig& to, Event<>& from) -> Process {
      co_await Await(from);
      to.Note(to.now());
    };
    const auto guarded = [body](Reactor& reactor, Rig& to, Event<>& guard,
                                Event<>& from) -> Process {
      co_await When(guard, body(reactor, to, from));
    };
    co_await Parallel(guarded(r, rig, gate, signal),
                      Rig::EmitAt(r, gate, Rig::At(0)),
                      Rig::EmitAt(r, signal, Rig::At(0)));
  });
  EXPECT_EQ(seen.ending, Ending::kStuck);
  EXPECT_THAT(seen.notes, ElementsAre());
}

TEST(ProtectiveTest, GuardsAreAskedAfterEveryPauseAndNotBehindTheBody) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> gate(r);
    const auto body = [](Reactor&, Rig& to) -> Process {
      to.Note(to.now());
      co_await Pause();
      to.Note(to.now());
    };
    const auto guarded = [body](Reactor& reactor, Rig& to,
                                Event<>& guard) -> Process {
      co_await When(guard, body(reactor, to));
      to.Note(to.now());
      co_await Pause();
      to.Note(to.now());
    };
    co_await Parallel(guarded(r, rig, gate),
                      Rig::EmitAt(r, gate, Rig::At(0, 3)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(0, 3, 3, 4));
}

TEST(ProtectiveTest, WhatComesBehindACutOffBodyRunsAndItsRestDoesNot) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    const auto body = [](Reactor&, Rig& to, Event<>& own) -> Process {
      to.Note(1);
      co_await Emit(own);
      co_await Pause();
      to.Note(2);
    };
    co_await Watch(stop, body(r, rig, stop));
    rig.Note(3);
  });
  EXPECT_THAT(seen.notes, ElementsAre(1, 3));
}

TEST(ProtectiveTest, ForkedProcessesEndWithTheBodyAroundThem) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    const auto child = [](Reactor&, Rig& to) -> Process {
      for (;;) {
        to.Note(to.now());
        co_await Pause();
      }
    };
    const auto body = [child](Reactor& reactor, Rig& to) -> Process {
      co_await Fork(child(reactor, to));
      for (;;) co_await Pause();
    };
    const auto watched = [body](Reactor& reactor, Rig& to,
                                Event<>& end) -> Process {
      co_await Watch(end, body(reactor, to));
      co_await PauseTimes(reactor, 3);
    };
    co_await Parallel(watched(r, rig, stop), Rig::EmitAt(r, stop, Rig::At(1)));
  });
  EXPECT_EQ(seen.ending, Ending::kFinished);
  EXPECT_THAT(seen.notes, ElementsAre(0, 1));
}

TEST(ProtectiveTest, InsideAGuardItsValueIsThereAtOnce) {
  const Seen seen = SeenInAllOrders({kNone, 5}, EchoAlways);
  EXPECT_EQ(seen.outputs(), (Values{kNone, 5}));
}

TEST(ProtectiveTest, ParallelWaitsForABranchThatAwaits) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> signal(r);
    const auto awaiting = [](Reactor&, Event<>& from) -> Process {
      co_await Await(from);
    };
    const auto joined = [awaiting](Reactor& reactor, Rig& to,
                                   Event<>& from) -> Process {
      co_await Parallel(awaiting(reactor, from), PauseTimes(reactor, 1));
      to.Note(to.now());
      const ThreadId thread = co_await Fork(awaiting(reactor, from));
      co_await Join(thread);
      to.Note(to.now());
    };
    co_await Parallel(joined(r, rig, signal),
                      Rig::EmitAt(r, signal, Rig::At(2, 5)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(3, 6));
}

TEST(ProtectiveTest, WatchRunsItsFirstInstantThoughTheSignalIsPresent) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    const auto body = [](Reactor&, Rig& to) -> Process {
      for (;;) {
        to.Note(to.now());
        co_await Pause();
      }
    };
    const auto watched = [body](Reactor& reactor, Rig& to,
                                Event<>& end) -> Process {
      co_await Watch(end, body(reactor, to));
      to.Note(10 + to.now());
    };
    co_await Parallel(watched(r, rig, stop), Rig::EmitAt(r, stop, Rig::At(0)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(0, 11));
}

TEST(ProtectiveTest, ABodyThatEndsInTheInstantOfTheSignalIsNotCutOff) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    const auto watched = [](Reactor& reactor, Rig& to,
                            Event<>& end) -> Process {
      const bool is_cut = co_await Watch(end, PauseTimes(reactor, 1));
      to.Note(is_cut);
      to.Note(to.now());
    };
    co_await Parallel(watched(r, rig, stop), Rig::EmitAt(r, stop, Rig::At(1)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(0, 1));
}

TEST(ProtectiveTest, AnOuterWatchDropsWhatComesBehindAnInnerOne) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    const auto inner = [](Reactor& reactor, Rig& to, Event<>& end) -> Process {
      co_await Watch(end, PauseTimes(reactor, 9));
      to.Note(1);
    };
    const auto outer = [inner](Reactor& reactor, Rig& to,
                               Event<>& end) -> Process {
      co_await Watch(end, inner(reactor, to, end));
      to.Note(2);
    };
    co_await Parallel(outer(r, rig, stop), Rig::EmitAt(r, stop, Rig::At(1)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(2));
}

TEST(ProtectiveTest, AProcessThatAwaitsInputKeepsTheRunAlive) {
  const Seen seen = SeenInAllOrders(
      {kNone, kNone, 4, kNone}, [](Reactor&, Rig& rig) -> Process {
        const int value = co_await Await(rig.input);
        co_await Emit(rig.output, value);
      });
  EXPECT_EQ(seen.outputs(), (Values{kNone, kNone, kNone, 4}));
  EXPECT_EQ(seen.ending, Ending::kFinished);
}

}  // namespace
}  // namespace fozzy::reactive

#include "kernels/reactive/derived.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernels/reactive/statements.h"
#include "kernels/reactive/testing/rig.h"

namespace fozzy::reactive {
namespace {

using testing::ElementsAre;

Process NoteNow(Reactor&, Rig& rig, int offset) {
  rig.Note(offset + rig.now());
  co_return;
}

Process NoteTimes(Reactor&, Rig& rig, int times) {
  for (int i = 0; i < times; ++i) {
    if (i > 0) co_await Pause();
    rig.Note(rig.now());
  }
}

// Runs `watched` until the end of instant `last`.
Process Until(Reactor& r, int last, Process watched) {
  Event<> stop(r);
  const auto body = [](Reactor&, Event<>& end, Process inside) -> Process {
    co_await Watch(end, std::move(inside));
  };
  co_await Parallel(body(r, stop, std::move(watched)),
                    Rig::EmitAt(r, stop, Rig::At(last)));
}

TEST(DerivedTest, PresenceIsKnownAtOnceAndAbsenceAnInstantLater) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> signal(r);
    const auto asking = [](Reactor& reactor, Rig& to, Event<>& s) -> Process {
      co_await Pause();
      co_await PresentThenElse(reactor, s, NoteNow(reactor, to, 0),
                               NoteNow(reactor, to, 100));
      co_await Pause();
      co_await PresentThenElse(reactor, s, NoteNow(reactor, to, 0),
                               NoteNow(reactor, to, 100));
    };
    co_await Parallel(asking(r, rig, signal),
                      Rig::EmitAt(r, signal, Rig::At(1, 3)));
  });
  // Present in instant 1; absent in instant 2, known in 3.
  EXPECT_THAT(seen.notes, ElementsAre(1, 103));
}

TEST(DerivedTest, AfterCountStartsWithTheLastEmissionCounted) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> signal(r);
    co_await Parallel(AfterCount(r, signal, 3, NoteTimes(r, rig, 2)),
                      Rig::EmitAt(r, signal, Rig::At(0, 2, 3, 5)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(3, 4));
}

TEST(DerivedTest, EveryCountStartsAgainAndAgain) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> signal(r);
    co_await Parallel(
        Until(r, 8,
              EveryCount(r, signal, 2,
                         [&r, &rig] { return NoteNow(r, rig, 0); })),
        Rig::EmitAt(r, signal, Rig::At(0, 1, 3, 4, 6)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(1, 4));
}

TEST(DerivedTest, TimeoutsCutOffWhatTakesTooLong) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    bool is_late = false;
    co_await Timeout(r, 2, NoteTimes(r, rig, 9), is_late);
    rig.Note(is_late);
    co_await Timeout(r, 3, NoteTimes(r, rig, 2), is_late);
    rig.Note(is_late);
  });
  EXPECT_EQ(seen.ending, Ending::kFinished);
  EXPECT_THAT(seen.notes, ElementsAre(0, 1, 1, 2, 3, 0));
}

TEST(DerivedTest, CooldownsIgnoreTheSignalForAWhile) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> signal(r);
    co_await Parallel(
        Until(
            r, 9,
            Cooldown(r, signal, 3, [&r, &rig] { return NoteNow(r, rig, 0); })),
        Rig::EmitAt(r, signal, Rig::At(1, 2, 3, 5, 6, 8)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(1, 5, 8));
}

TEST(DerivedTest, PulsesAreAsLongAsTheyAreSaidToBe) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> signal(r);
    const auto listening = [](Reactor& reactor, Rig& to,
                              Event<>& s) -> Process {
      for (;;) {
        co_await AwaitPresence(reactor, s);
        to.Note(to.now());
        co_await Pause();
      }
    };
    co_await Parallel(Until(r, 6, listening(r, rig, signal)),
                      Pulse(r, signal, 3));
  });
  EXPECT_THAT(seen.notes, ElementsAre(0, 1, 2));
}

TEST(DerivedTest, ControlSwitchesFromTheNextInstantOn) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> toggle(r);
    co_await Parallel(Control(r, toggle, /*is_on=*/true, NoteTimes(r, rig, 5)),
                      Rig::EmitAt(r, toggle, Rig::At(1, 4)));
  });
  EXPECT_EQ(seen.ending, Ending::kFinished);
  EXPECT_THAT(seen.notes, ElementsAre(0, 1, 5, 6, 7));
}

TEST(DerivedTest, AlternatingBodiesTakeTurns) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> toggle(r);
    const auto second = [](Reactor&, Rig& to) -> Process {
      for (int i = 0; i < 2; ++i) {
        if (i > 0) co_await Pause();
        to.Note(100 + to.now());
      }
    };
    co_await Parallel(
        Alternate(r, toggle, NoteTimes(r, rig, 4), second(r, rig)),
        Rig::EmitAt(r, toggle, Rig::At(1, 3)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(0, 1, 102, 103, 4, 5));
}

TEST(DerivedTest, SupervisedBodiesAreStartedAgainUntilStopped) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    co_await Parallel(
        SuperviseUntil(r, stop, [&r, &rig] { return NoteTimes(r, rig, 2); }),
        Rig::EmitAt(r, stop, Rig::At(4)));
  });
  EXPECT_EQ(seen.ending, Ending::kFinished);
  EXPECT_THAT(seen.notes, ElementsAre(0, 1, 2, 3, 4));
}

TEST(DerivedTest, LoopsAndIdleProcessesGoOn) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    const auto step = [](Reactor&, Rig& to) -> Process {
      to.Note(to.now());
      co_await Pause();
    };
    co_await Parallel(
        Until(r, 2, Loop(r, [&r, &rig, step] { return step(r, rig); })),
        Until(r, 3, Idle(r)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(0, 1, 2));
}

}  // namespace
}  // namespace fozzy::reactive

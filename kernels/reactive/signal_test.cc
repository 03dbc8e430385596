// Signals of all kinds, and how they end.
#include "kernels/reactive/signal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "kernels/reactive/event.h"
#include "kernels/reactive/state.h"
#include "kernels/reactive/statements.h"
#include "kernels/reactive/testing/rig.h"

namespace fozzy::reactive {
namespace {

using testing::ElementsAre;

TEST(SignalTest, StatesTellWhatTheyWereAndWhatTheyAreNow) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    State<int> state(r, 1);
    co_await Emit(state, 2);
    co_await Emit(state, 3);
    rig.Note(state.last());
    rig.Note(state.now());
    co_await Pause();
    rig.Note(state.last());
  });
  EXPECT_THAT(seen.notes, ElementsAre(1, 3, 3));
}

TEST(SignalTest, AwaitingAStateGivesTheLastValueWritten) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    State<int> state(r, 1);
    const auto writing = [](Reactor&, State<int>& to) -> Process {
      co_await Pause();
      co_await Emit(to, 5);
      co_await Emit(to, 6);
      co_await Pause();
      co_await Emit(to, 7);
    };
    const auto reading = [](Reactor&, Rig& to, State<int>& from) -> Process {
      const int value = co_await Await(from);
      to.Note(value);
      to.Note(to.now());
    };
    co_await Parallel(writing(r, state), reading(r, rig, state));
  });
  EXPECT_THAT(seen.notes, ElementsAre(6, 2));
}

TEST(SignalTest, ThePreviousValueDoesNotDependOnTheOrderOfBranches) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    State<int> state(r, 1);
    const auto writing = [](Reactor&, State<int>& to) -> Process {
      for (int i = 2; i < 5; ++i) {
        co_await Emit(to, i);
        co_await Pause();
      }
    };
    const auto reading = [](Reactor&, Rig& to, State<int>& from) -> Process {
      for (int i = 0; i < 3; ++i) {
        to.Note(from.last());
        co_await Pause();
      }
    };
    co_await Parallel(writing(r, state), reading(r, rig, state));
  });
  EXPECT_THAT(seen.notes, ElementsAre(1, 2, 3));
}

TEST(SignalTest, StatesAreGuardsToo) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    State<int> state(r, 0);
    const auto body = [](Reactor&, Rig& to) -> Process {
      to.Note(to.now());
      co_return;
    };
    const auto guarded = [body](Reactor& reactor, Rig& to,
                                State<int>& s) -> Process {
      co_await When(s, body(reactor, to));
    };
    const auto writing = [](Reactor&, State<int>& to) -> Process {
      co_await Pause();
      co_await Emit(to, 1);
    };
    co_await Parallel(guarded(r, rig, state), writing(r, state));
  });
  EXPECT_THAT(seen.notes, ElementsAre(1));
}

TEST(SignalTest, ThoseWhoWaitForASignalThatEndsWaitForEver) {
  Reactor reactor;
  auto signal = std::make_optional<Event<>>(reactor, "gone");
  const auto waiting = [](Reactor&, Event<>& s) -> Process {
    co_await Await(s);
    ADD_FAILURE() << "went on";
  };
  const auto guarded = [waiting](Reactor& r, Event<>& s) -> Process {
    co_await When(s, waiting(r, s));
  };
  const auto watched = [](Reactor&, Event<>& s, Process body) -> Process {
    co_await Watch(s, std::move(body));
  };
  const auto main = [&](Reactor& r, Event<>& s) -> Process {
    co_await Parallel(waiting(r, s), guarded(r, s),
                      watched(r, s, waiting(r, s)));
  };
  EXPECT_EQ(reactor.Run(main(reactor, *signal)).ending, Ending::kStuck);
  signal.reset();
  EXPECT_EQ(reactor.GoOn().ending, Ending::kStuck);
  const Snapshot snapshot = reactor.Inspect();
  EXPECT_EQ(snapshot.waiting, 2);
  EXPECT_EQ(snapshot.blocked, 1);
  EXPECT_EQ(reactor.Processes().back().signal, "");
}

TEST(SignalTest, SignalsMayEndWhilePresent) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    const auto brief = [](Reactor& reactor, Rig& to) -> Process {
      State<int> state(reactor, 0);
      co_await Emit(state, 1);
      to.Note(state.now());
    };
    co_await brief(r, rig);
    co_await Pause();
    rig.Note(2);
  });
  EXPECT_THAT(seen.notes, ElementsAre(1, 2));
}

}  // namespace
}  // namespace fozzy::reactive

// How bodies are cut off: what is destroyed, in which order, how deep.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/reactor.h"
#include "kernels/reactive/statements.h"
#include "kernels/reactive/testing/rig.h"

namespace fozzy::reactive {
namespace {

using testing::ElementsAre;

// Says when it is destroyed.
class Witness {
 public:
  Witness(std::vector<std::string>& log, std::string name)
      : log_(log), name_(std::move(name)) {}
  ~Witness() { log_.push_back(name_); }
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;

 private:
  std::vector<std::string>& log_;
  std::string name_;
};

using Log = std::vector<std::string>;

Process Hold(Reactor&, Log& log, std::string name) {
  const Witness witness(log, name);
  for (;;) co_await Pause();
}

Process HoldInner(Reactor& r, Log& log, std::string name) {
  const Witness witness(log, name + " outer");
  co_await Hold(r, log, name + " inner");
}

Process HoldAll(Reactor& r, Log& log) {
  const Witness witness(log, "body");
  co_await Fork(Hold(r, log, "forked"));
  co_await Parallel(HoldInner(r, log, "a"), HoldInner(r, log, "b"));
}

Process EmitNext(Reactor&, Event<>& signal) {
  co_await Pause();
  co_await Emit(signal);
}

Process CutOff(Reactor& r, Log& log, Event<>& stop) {
  co_await Watch(stop, HoldAll(r, log));
  log.push_back("behind");
}

TEST(SchedulerScopesTest, CutOffProcessesAreDestroyedTheNewestFirst) {
  Reactor reactor;
  Event<> stop(reactor);
  Log log;
  const auto main = [](Reactor& r, Log& to, Event<>& s) -> Process {
    co_await Parallel(CutOff(r, to, s), EmitNext(r, s));
  };
  EXPECT_EQ(reactor.Run(main(reactor, log, stop)).ending, Ending::kFinished);
  EXPECT_THAT(log, ElementsAre("b inner", "b outer", "a inner", "a outer",
                               "forked", "body", "behind"));
}

TEST(SchedulerScopesTest, ProcessesLeftAreDestroyedWithTheReactor) {
  Log log;
  {
    Reactor reactor;
    const Outcome outcome =
        reactor.Run(HoldAll(reactor, log), {.instants_max = 3});
    EXPECT_EQ(outcome.ending, Ending::kBudget);
    EXPECT_THAT(log, ElementsAre());
  }
  EXPECT_THAT(log, ElementsAre("b inner", "b outer", "a inner", "a outer",
                               "forked", "body"));
}

TEST(SchedulerScopesTest, ProcessesNeverStartedAreDestroyedWithTheirOwner) {
  Log log;
  Reactor reactor;
  {
    const Process process = HoldAll(reactor, log);
    static_cast<void>(process);
  }
  EXPECT_THAT(log, ElementsAre());
  EXPECT_TRUE(reactor.Processes().empty());
}

Process PauseAlways(Reactor&) {
  for (;;) co_await Pause();
}

// `depth` bodies, each in the other.
Process Nest(Reactor& r, Event<>& stop, ScopeKind kind, int depth) {
  if (depth == 0) {
    co_await PauseAlways(r);
  } else if (kind == ScopeKind::kWatch) {
    co_await Watch(stop, Nest(r, stop, kind, depth - 1));
  } else if (kind == ScopeKind::kAbort) {
    co_await Abort(stop, Nest(r, stop, kind, depth - 1));
  } else {
    co_await Suspend(stop, Nest(r, stop, kind, depth - 1));
  }
}

TEST(SchedulerScopesTest, BodiesMayBeNestedFarDeeperThanTheStack) {
  for (const ScopeKind kind :
       {ScopeKind::kWatch, ScopeKind::kAbort, ScopeKind::kSuspend}) {
    Reactor reactor;
    Event<> stop(reactor);
    const auto main = [](Reactor& r, Event<>& s, ScopeKind k) -> Process {
      co_await Parallel(Nest(r, s, k, 100'000), EmitNext(r, s));
    };
    const Outcome outcome =
        reactor.Run(main(reactor, stop, kind), {.instants_max = 5});
    EXPECT_EQ(outcome.ending, kind == ScopeKind::kSuspend ? Ending::kBudget
                                                          : Ending::kFinished);
  }
}

Process Descend(Reactor& r, int depth) {
  if (depth > 0) co_await Descend(r, depth - 1);
}

Process Branch(Reactor& r, int depth) {
  if (depth == 0) co_return;
  co_await Parallel(Branch(r, depth - 1), Branch(r, 0));
}

TEST(SchedulerScopesTest, CallsAndBranchesMayBeNestedFarDeeperThanTheStack) {
  Reactor reactor;
  EXPECT_EQ(reactor.Run(Descend(reactor, 200'000)).ending, Ending::kFinished);
  EXPECT_EQ(reactor.Run(Branch(reactor, 200'000)).ending, Ending::kFinished);
}

TEST(SchedulerScopesTest, WhatIsForkedOutlivesABodyThatEnds) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> gate(r);
    Event<> stop(r);
    const auto child = [](Reactor&, Rig& to) -> Process {
      for (int i = 0; i < 3; ++i) {
        to.Note(to.now());
        co_await Pause();
      }
    };
    const auto body = [child](Reactor& reactor, Rig& to) -> Process {
      co_await Fork(child(reactor, to));
    };
    const auto watched = [body](Reactor& reactor, Rig& to,
                                Event<>& end) -> Process {
      co_await Watch(end, body(reactor, to));
    };
    const auto guarded = [watched](Reactor& reactor, Rig& to, Event<>& guard,
                                   Event<>& end) -> Process {
      co_await When(guard, watched(reactor, to, end));
      to.Note(100 + to.now());
    };
    co_await Parallel(guarded(r, rig, gate, stop),
                      Rig::EmitAt(r, gate, Rig::At(0, 2, 5)),
                      Rig::EmitAt(r, stop, Rig::At(1)));
  });
  std::vector<int> notes = seen.notes;
  std::sort(notes.begin(), notes.end());
  EXPECT_THAT(notes, ElementsAre(0, 2, 5, 100));
}

TEST(SchedulerScopesTest, JoiningWhatIsCutOffGoesOnInTheNextInstant) {
  const Seen seen = SeenInAllOrders({}, [](Reactor& r, Rig& rig) -> Process {
    Event<> stop(r);
    const auto child = [](Reactor&) -> Process {
      for (;;) co_await Pause();
    };
    ThreadId thread;
    const auto body = [child](Reactor& reactor, ThreadId& id) -> Process {
      id = co_await Fork(child(reactor));
      for (;;) co_await Pause();
    };
    const auto watched = [body](Reactor& reactor, Event<>& end,
                                ThreadId& id) -> Process {
      co_await Watch(end, body(reactor, id));
    };
    const auto joining = [](Reactor&, Rig& to, const ThreadId& id) -> Process {
      co_await Pause();
      co_await Join(id);
      to.Note(to.now());
    };
    co_await Parallel(watched(r, stop, thread), joining(r, rig, thread),
                      Rig::EmitAt(r, stop, Rig::At(3)));
  });
  EXPECT_THAT(seen.notes, ElementsAre(4));
}

}  // namespace
}  // namespace fozzy::reactive

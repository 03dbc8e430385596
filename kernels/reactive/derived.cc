#include "kernels/reactive/derived.h"

#include <utility>

#include "kernels/reactive/statements.h"

namespace fozzy::reactive {
namespace {

Process EmitAfter(Reactor&, Event<>& signal, uint64_t instants) {
  for (uint64_t i = 0; i < instants; ++i) co_await Pause();
  co_await Emit(signal);
}

// Runs `body` until `stop`, and says on `over` that it is done.
Process RunUntil(Reactor&, SignalBase& stop, Process body, Event<>& over,
                 bool& is_cut) {
  is_cut = co_await Watch(stop, std::move(body));
  co_await Emit(over);
}

Process RunUntilOver(Reactor&, Event<>& over, Process driver) {
  co_await Watch(over, std::move(driver));
}

Process RunWhile(Reactor&, SignalBase& guard, Process body, Event<>& over) {
  co_await When(guard, std::move(body));
  co_await Emit(over);
}

Process DriveToggle(Reactor& reactor, SignalBase& toggle, bool is_on,
                    Event<>& on) {
  for (;;) {
    if (is_on) co_await Emit(on);
    bool is_toggled = false;
    co_await AskPresence(reactor, toggle, is_toggled);
    if (!is_toggled) continue;
    is_on = !is_on;
    co_await Pause();
  }
}

Process Restart(Reactor&, Maker body) {
  for (;;) {
    co_await body();
    co_await Pause();
  }
}

}  // namespace

Process Nothing(Reactor&) { co_return; }

Process Idle(Reactor&) {
  for (;;) co_await Pause();
}

Process Loop(Reactor&, Maker body) {
  for (;;) co_await body();
}

Process AwaitPresence(Reactor& reactor, SignalBase& signal) {
  co_await When(signal, Nothing(reactor));
}

Process AskPresence(Reactor& reactor, SignalBase& signal, bool& is_present) {
  // The watch cuts the waiting short at the end of this instant, unless it
  // ends by itself.
  Event<> now(reactor, "now");
  co_await Emit(now);
  is_present = !co_await Watch(now, AwaitPresence(reactor, signal));
}

Process PresentThenElse(Reactor& reactor, SignalBase& signal, Process then,
                        Process otherwise) {
  bool is_present = false;
  co_await AskPresence(reactor, signal, is_present);
  co_await (is_present ? std::move(then) : std::move(otherwise));
}

Process AfterCount(Reactor& reactor, SignalBase& signal, uint64_t count,
                   Process body) {
  for (uint64_t i = 0; i < count; ++i) {
    if (i > 0) co_await Pause();
    co_await AwaitPresence(reactor, signal);
  }
  co_await std::move(body);
}

Process EveryCount(Reactor& reactor, SignalBase& signal, uint64_t count,
                   Maker body) {
  for (;;) {
    co_await AfterCount(reactor, signal, count, body());
    co_await Pause();
  }
}

Process Timeout(Reactor& reactor, uint64_t instants, Process body,
                bool& is_late) {
  Event<> late(reactor, "late");
  Event<> over(reactor, "over");
  co_await Parallel(
      RunUntilOver(reactor, over, EmitAfter(reactor, late, instants - 1)),
      RunUntil(reactor, late, std::move(body), over, is_late));
}

Process Cooldown(Reactor& reactor, SignalBase& signal, uint64_t instants,
                 Maker body) {
  for (;;) {
    co_await AwaitPresence(reactor, signal);
    co_await body();
    co_await Pause();
    for (uint64_t i = 1; i < instants; ++i) co_await Pause();
  }
}

Process Pulse(Reactor&, Event<>& signal, uint64_t count) {
  for (uint64_t i = 0; i < count; ++i) {
    if (i > 0) co_await Pause();
    co_await Emit(signal);
  }
}

Process Control(Reactor& reactor, SignalBase& toggle, bool is_on,
                Process body) {
  Event<> on(reactor, "on");
  Event<> over(reactor, "over");
  co_await Parallel(
      RunUntilOver(reactor, over, DriveToggle(reactor, toggle, is_on, on)),
      RunWhile(reactor, on, std::move(body), over));
}

Process Alternate(Reactor& reactor, SignalBase& toggle, Process first,
                  Process second) {
  co_await Parallel(
      Control(reactor, toggle, /*is_on=*/true, std::move(first)),
      Control(reactor, toggle, /*is_on=*/false, std::move(second)));
}

Process SuperviseUntil(Reactor& reactor, SignalBase& stop, Maker body) {
  co_await Watch(stop, Restart(reactor, std::move(body)));
}

}  // namespace fozzy::reactive

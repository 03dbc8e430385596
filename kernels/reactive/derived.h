// Processes made of the statements alone, for what programs often want.
//
// Bodies that may run several times are given as a Maker.  What is taken by
// reference must outlive the process.
#ifndef FOZZY_KERNELS_REACTIVE_DERIVED_H_
#define FOZZY_KERNELS_REACTIVE_DERIVED_H_

#include <cstdint>
#include <functional>

#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/signal.h"

namespace fozzy::reactive {

// Returns a new process each time.  What it captures must outlive the process,
// so lambdas of this type call a function rather than being coroutines.
using Maker = std::function<Process()>;

// Ends at once.
Process Nothing(Reactor&);

// Pauses for ever.
Process Idle(Reactor&);

// Runs one body after the other, for ever.  A body that takes no time makes a
// livelock.
Process Loop(Reactor&, Maker body);

// Waits for `signal`, and ends in the instant of its emission.
Process AwaitPresence(Reactor&, SignalBase& signal);

// Sets `is_present` to whether `signal` is: to true in this very instant, to
// false in the next one, absence being known no earlier.
Process AskPresence(Reactor&, SignalBase& signal, bool& is_present);

// Runs `then` in this instant if `signal` is present, or else `otherwise` in
// the next one.
Process PresentThenElse(Reactor&, SignalBase& signal, Process then,
                        Process otherwise);

// Runs `body` from the `count`-th instant on in which `signal` is present.
Process AfterCount(Reactor&, SignalBase& signal, uint64_t count, Process body);

// Runs a body at every `count`-th instant in which `signal` is present, for
// ever; those while a body runs do not count, the one it ends in included.
Process EveryCount(Reactor&, SignalBase& signal, uint64_t count, Maker body);

// Runs `body` for `instants` instants at most, at least 1, and sets `is_late`
// to whether that was too short.  Ends in the instant after the last of them.
Process Timeout(Reactor&, uint64_t instants, Process body, bool& is_late);

// Runs a body whenever `signal` is present, but not again before `instants`
// instants after it has ended, for ever.
Process Cooldown(Reactor&, SignalBase& signal, uint64_t instants, Maker body);

// Emits `signal` in `count` instants, the first of them this one.
Process Pulse(Reactor&, Event<>& signal, uint64_t count);

// Runs `body` in those instants only in which it is on: from the instant after
// each emission of `toggle` it is the other way round.  Ends in the instant
// after that in which the body ends.
Process Control(Reactor&, SignalBase& toggle, bool is_on, Process body);

// Runs `first` and `second` in turn: from the instant after each emission of
// `toggle` it is the other one's.
Process Alternate(Reactor&, SignalBase& toggle, Process first, Process second);

// Runs a body, and another one in the instant after each has ended, until
// `stop` ends that as Watch does.
Process SuperviseUntil(Reactor&, SignalBase& stop, Maker body);

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_DERIVED_H_

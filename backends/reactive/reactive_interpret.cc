#include "backends/reactive/reactive_interpret.h"

#include <deque>
#include <utility>

#include "kernels/reactive/aggregate.h"
#include "kernels/reactive/event.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/statements.h"

namespace fozzy {
namespace {

using reactive::Process;
using reactive::Reactor;

using Event = reactive::Event<uint64_t>;
using Sum = reactive::Aggregate<uint64_t>;

// A signal of one kind or the other.
struct Signal {
  Event* event = nullptr;
  Sum* sum = nullptr;

  reactive::SignalBase& base() const {
    if (event != nullptr) return *event;
    return *sum;
  }
  const uint64_t* Read() const {
    return event != nullptr ? event->Read() : sum->Read();
  }
};

// What a branch remembers.
struct Memory {
  uint64_t value = 0;
  reactive::ThreadId thread;  // 0: it has forked none
};

struct Machine {
  Reactor& reactor;
  std::deque<Event> events = {};
  std::deque<Sum> sums = {};
  std::vector<Signal> signals = {};
};

Process Execute(Reactor&, Machine& machine, const ReactiveNode& node,
                Memory& memory);

// A branch, with a memory of its own.
Process Branch(Reactor& reactor, Machine& machine, const ReactiveNode& node,
               Memory memory) {
  co_await Execute(reactor, machine, node, memory);
}

Process Row(Reactor& reactor, Machine& machine, const ReactiveNode& node,
            uint64_t rounds, Memory& memory) {
  for (uint64_t i = 0; i < rounds; ++i) {
    for (const ReactiveNode& child : node.children) {
      co_await Execute(reactor, machine, child, memory);
    }
  }
}

// The body of a statement, with a memory of its own.
Process Body(Reactor& reactor, Machine& machine, const ReactiveNode& node,
             Memory memory) {
  co_await Row(reactor, machine, node, 1, memory);
}

Process Emit(Reactor&, Signal signal, ReactiveKind kind, uint64_t value) {
  if (kind == ReactiveKind::kTryEmit) {
    if (signal.event != nullptr) {
      co_await TryEmit(*signal.event, value);
    } else {
      co_await TryEmit(*signal.sum, value);
    }
  } else if (signal.event != nullptr) {
    co_await reactive::Emit(*signal.event, value);
  } else {
    co_await reactive::Emit(*signal.sum, value);
  }
}

Process Await(Reactor&, Signal signal, ReactiveKind kind, uint64_t& value) {
  if (signal.sum != nullptr) {
    value = co_await reactive::Await(*signal.sum);
  } else if (kind == ReactiveKind::kAwaitImmediate) {
    value = co_await AwaitImmediate(*signal.event);
  } else {
    value = co_await reactive::Await(*signal.event);
  }
}

Process Scoped(Reactor& reactor, Machine& machine, const ReactiveNode& node,
               const Memory& memory) {
  reactive::SignalBase& signal = machine.signals[node.signal].base();
  Process body = Body(reactor, machine, node, memory);
  if (node.kind == ReactiveKind::kWhen) {
    co_await When(signal, std::move(body));
  } else if (node.kind == ReactiveKind::kWatch) {
    co_await Watch(signal, std::move(body));
  } else if (node.kind == ReactiveKind::kAbort) {
    co_await Abort(signal, std::move(body));
  } else {
    co_await Suspend(signal, std::move(body));
  }
}

Process Execute(Reactor& reactor, Machine& machine, const ReactiveNode& node,
                Memory& memory) {
  const Signal signal = machine.signals[node.signal];
  switch (node.kind) {
    case ReactiveKind::kNothing:
      break;
    case ReactiveKind::kPause:
      co_await reactive::Pause();
      break;
    case ReactiveKind::kEmit:
    case ReactiveKind::kTryEmit:
      co_await Emit(reactor, signal, node.kind,
                    node.value + (node.adds_register ? memory.value : 0));
      break;
    case ReactiveKind::kAwait:
    case ReactiveKind::kAwaitImmediate:
      co_await Await(reactor, signal, node.kind, memory.value);
      break;
    case ReactiveKind::kSequence:
      co_await Row(reactor, machine, node, 1, memory);
      break;
    case ReactiveKind::kRepeat:
      co_await Row(reactor, machine, node, node.value, memory);
      break;
    case ReactiveKind::kParallel: {
      std::vector<Process> branches;
      for (const ReactiveNode& child : node.children) {
        branches.push_back(Branch(reactor, machine, child, memory));
      }
      co_await reactive::Parallel(std::move(branches));
      break;
    }
    case ReactiveKind::kFork: {
      Process body = Body(reactor, machine, node, memory);
      memory.thread = co_await reactive::Fork(std::move(body));
      break;
    }
    case ReactiveKind::kJoin:
      co_await reactive::TryJoin(memory.thread);
      break;
    default:
      co_await Scoped(reactor, machine, node, memory);
  }
}

uint64_t Add(uint64_t sum, const uint64_t& value) { return sum + value; }

void AddSignals(const ReactiveProgram& program, Machine& machine) {
  for (const bool is_aggregate : program.aggregates) {
    Signal& signal = machine.signals.emplace_back();
    if (is_aggregate) {
      signal.sum = &machine.sums.emplace_back(machine.reactor, 0, Add);
    } else {
      signal.event = &machine.events.emplace_back(machine.reactor);
    }
  }
}

}  // namespace

ReactiveExecution RunReactive(const ReactiveProgram& program,
                              const InterpretOptions& options) {
  Reactor reactor({.order = options.order});
  Machine machine = {.reactor = reactor};
  AddSignals(program, machine);
  ReactiveExecution execution;
  ReactiveRun& run = execution.run;
  const reactive::RunOptions host = {
      .instants_max = program.inputs.size(),
      .hear =
          [&](uint64_t instant) {
            const std::optional<uint64_t>& input = program.inputs[instant];
            if (input) machine.events[0].Send(*input);
            return reactive::Hearing::kOpen;
          },
      .is_awaited =
          [&] {
            return !options.stops_when_stuck || machine.events[0].IsHeard();
          },
      .tell =
          [&](uint64_t) {
            std::vector<std::optional<uint64_t>>& seen =
                run.instants.emplace_back();
            for (const Signal& signal : machine.signals) {
              const uint64_t* const value = signal.Read();
              seen.push_back(value == nullptr ? std::nullopt
                                              : std::optional(*value));
            }
          }};
  execution.outcome =
      reactor.Run(Branch(reactor, machine, program.main, {}), host);
  run.is_finished = execution.outcome.ending == reactive::Ending::kFinished;
  run.has_failed = execution.outcome.ending == reactive::Ending::kFailed;
  reactor.Clear();
  return execution;
}

}  // namespace fozzy

#include "backends/reactive/reactive_bodies.h"

#include <utility>

#include "backends/reactive/reactive_generate.h"
#include "backends/reactive/reactive_interpret.h"
#include "backends/reactive/reactive_model.h"
#include "fozzy/property.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/state.h"
#include "kernels/reactive/statements.h"

namespace fozzy {
namespace {

using reactive::Process;
using reactive::Reactor;

// Returns a number from 0 to `last` that the strategy chooses.
uint64_t UpTo(uint64_t last) { return last == 0 ? 0 : Choose(last + 1); }

// Whatever order the strategy chooses; by default, that of the program.
class ChosenOrder final : public reactive::Order {
 public:
  void Arrange(std::span<uint32_t> branches) override {
    for (size_t i = branches.size(); i > 1; --i) {
      std::swap(branches[i - 1], branches[i - 1 - UpTo(i - 1)]);
    }
  }
  size_t PickReady(size_t count) override { return UpTo(count - 1); }
};

// A program, and the order in which it runs, are chosen.
void RandomProgram() {
  const ReactiveProgram program = GenerateReactive(UpTo);
  const ReactiveRun model = RunReactiveModel(program);
  ChosenOrder order;
  const ReactiveRun run = RunReactive(program, {.order = &order}).run;
  if (run != model) Log(ReactiveText(program));
  FOZZY_ALWAYS(run == model, "the runtime does what the model does");
}

Process Write(Reactor&, reactive::State<int>& state) {
  co_await Emit(state, 1);
}

// Reads what another process writes in the same instant; fixed, what it was
// before the instant.
template <bool kIsFixed>
Process Read(Reactor&, reactive::State<int>& state, int& seen) {
  seen = kIsFixed ? state.last() : state.now();
  co_return;
}

template <bool kIsFixed>
Process WriteAndRead(Reactor& reactor, reactive::State<int>& state, int& seen) {
  co_await Parallel(Read<kIsFixed>(reactor, state, seen),
                    Write(reactor, state));
}

template <bool kIsFixed>
void SharedState() {
  ChosenOrder order;
  Reactor reactor({.order = &order});
  reactive::State<int> state(reactor, 0);
  int seen = 0;
  reactor.Run(WriteAndRead<kIsFixed>(reactor, state, seen));
  FOZZY_ALWAYS(seen == 0, "what is read does not depend on the order");
}

constexpr ReactiveBody kBodies[] = {
    {"reactive/random_program", RandomProgram},
    {"reactive/shared_state", SharedState<false>},
    {"reactive/shared_state-fixed", SharedState<true>},
};

}  // namespace

std::span<const ReactiveBody> ReactiveBodies() { return kBodies; }

}  // namespace fozzy

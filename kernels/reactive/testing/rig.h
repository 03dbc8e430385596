// A reactor with an input and an output, and all one sees of a run on it.
#ifndef FOZZY_KERNELS_REACTIVE_TESTING_RIG_H_
#define FOZZY_KERNELS_REACTIVE_TESTING_RIG_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <ostream>
#include <utility>
#include <vector>

#include "kernels/reactive/event.h"
#include "kernels/reactive/host.h"
#include "kernels/reactive/process.h"
#include "kernels/reactive/reactor.h"
#include "kernels/reactive/statements.h"
#include "kernels/reactive/testing/orders.h"

namespace fozzy::reactive {

using Values = std::vector<std::optional<int>>;

// What one sees of a run.
struct Seen {
  Ending ending = Ending::kFinished;
  std::vector<Moment<int, int>> timeline;
  std::vector<Snapshot> snapshots;
  std::vector<int> notes;  // that the program has made, at times of its own

  // The outputs of all instants.
  Values outputs() const {
    Values values;
    for (const auto& moment : timeline) values.push_back(moment.output);
    return values;
  }
  // The outputs there were.
  std::vector<int> said() const {
    std::vector<int> values;
    for (const auto& moment : timeline) {
      if (moment.output) values.push_back(*moment.output);
    }
    return values;
  }

  friend bool operator==(const Seen&, const Seen&) = default;
  friend void PrintTo(const Seen& seen, std::ostream* os) {
    *os << "ending " << static_cast<int>(seen.ending) << " outputs "
        << testing::PrintToString(seen.outputs()) << " notes "
        << testing::PrintToString(seen.notes) << " snapshots";
    for (const Snapshot& snapshot : seen.snapshots) {
      *os << " (" << snapshot.blocked << ", " << snapshot.next << ", "
          << snapshot.waiting << ", " << snapshot.joining << ", "
          << snapshot.signals << ")";
    }
  }
};

struct Rig {
  explicit Rig(Order* order) : reactor({.order = order}) {}

  Seen Run(Process main, const Values& inputs, uint64_t instants_max = 100) {
    RunOptions options;
    options.instants_max = instants_max;
    options.inspect = [this](const Snapshot& snapshot) {
      seen.snapshots.push_back(snapshot);
    };
    auto recorded =
        RunScript(reactor, std::move(main), input, output, inputs, options);
    seen.ending = recorded.outcome.ending;
    seen.timeline = std::move(recorded.timeline);
    finding = recorded.outcome.finding;
    reactor.Clear();
    return seen;
  }

  // The instant that is on, from 0.
  int now() const { return static_cast<int>(reactor.instants()) - 1; }
  void Note(int value) { seen.notes.push_back(value); }

  // Returns a list of instants: g++ 12 cannot have braces in a co_await.
  template <typename... Times>
  static std::vector<int> At(Times... times) {
    std::vector<int> all;
    (all.push_back(times), ...);
    return all;
  }

  // Emits `signal` in each of the instants `times`, in increasing order.
  static Process EmitAt(Reactor&, Event<>& signal, std::vector<int> times);

  Reactor reactor;
  Event<int> input{reactor, "input"};
  Event<int> output{reactor, "output"};
  Seen seen;
  std::optional<Finding> finding;
};

// Runs `main` with `inputs`, in all orders of its branches, and returns what
// is seen in each of them.
inline Seen SeenInAllOrders(const Values& inputs,
                            Process (*main)(Reactor&, Rig&)) {
  return SameInAllOrders([&](Order* order) {
    Rig rig(order);
    return rig.Run(main(rig.reactor, rig), inputs);
  });
}

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_TESTING_RIG_H_

// Runs a program against a script: an input and an output in each instant.
#ifndef FOZZY_KERNELS_REACTIVE_HOST_H_
#define FOZZY_KERNELS_REACTIVE_HOST_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "kernels/reactive/event.h"
#include "kernels/reactive/reactor.h"

namespace fozzy::reactive {

// What went in and what came out in one instant.
template <typename In, typename Out>
struct Moment {
  uint64_t instant = 0;
  std::optional<In> input;
  std::optional<Out> output;

  friend bool operator==(const Moment&, const Moment&) = default;
};

// What a host that knows its program does in each instant.
template <typename In, typename Out>
struct Host {
  Event<In>& input;
  Event<Out>& output;
  // Returns the input of an instant, if there is one.  Called once in each.
  std::function<std::optional<In>(uint64_t instant)> hear;
  // Called once in each instant with an output.
  std::function<void(const Out&)> tell = {};
  // Called once in each instant.
  std::function<void(const Moment<In, Out>&)> timeline = {};
};

// Returns the options by which Reactor::Run serves `host`, within the limits
// and with the inspection of `options`.  `host` must outlive the run.
template <typename In, typename Out>
RunOptions Serve(const Host<In, Out>& host, RunOptions options = {}) {
  options.hear = [&host](uint64_t instant) {
    std::optional<In> input = host.hear(instant);
    if (input) host.input.Send(*std::move(input));
    return Hearing::kOpen;
  };
  options.is_awaited = [&host] { return host.input.IsHeard(); };
  options.tell = [&host](uint64_t instant) {
    const Out* const output = host.output.Read();
    if (output != nullptr && host.tell) host.tell(*output);
    if (!host.timeline) return;
    Moment<In, Out> moment;
    moment.instant = instant;
    if (host.input.Read() != nullptr) moment.input = *host.input.Read();
    if (output != nullptr) moment.output = *output;
    host.timeline(moment);
  };
  return options;
}

// A run with its timeline.
template <typename In, typename Out>
struct Recorded {
  Outcome outcome;
  std::vector<Moment<In, Out>> timeline;
};

// Runs `main` for as many instants as there are `inputs`, or as
// options.instants_max says if that is less or `inputs` is empty.
template <typename In, typename Out>
Recorded<In, Out> RunScript(Reactor& reactor, Process main, Event<In>& input,
                            Event<Out>& output,
                            const std::vector<std::optional<In>>& inputs,
                            RunOptions options = {}) {
  Recorded<In, Out> recorded;
  const uint64_t first = reactor.instants();
  const Host<In, Out> host = {.input = input,
                              .output = output,
                              .hear =
                                  [&](uint64_t instant) {
                                    const uint64_t at = instant - first;
                                    return at < inputs.size() ? inputs[at]
                                                              : std::nullopt;
                                  },
                              .timeline =
                                  [&](const Moment<In, Out>& moment) {
                                    recorded.timeline.push_back(moment);
                                  }};
  if (!inputs.empty() && inputs.size() < options.instants_max) {
    options.instants_max = inputs.size();
  }
  recorded.outcome = reactor.Run(std::move(main), Serve(host, options));
  return recorded;
}

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_HOST_H_

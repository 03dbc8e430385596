// A sink for tests: keeps all it hears.
#ifndef FOZZY_SIM_TESTING_RECORDING_SINK_H_
#define FOZZY_SIM_TESTING_RECORDING_SINK_H_

#include <string>
#include <vector>

#include "sim/run.h"

namespace fozzy {

// An Event that owns its fields.
struct HeardEvent {
  EventKind kind = EventKind::kStep;
  uint64_t time = 0;
  std::vector<uint64_t> numbers = {};
  std::vector<std::string> texts = {};

  friend bool operator==(const HeardEvent&, const HeardEvent&) = default;
};

struct RecordingSink final : RunSink {
  void OnDecision(const Decision& decision) override {
    decisions.push_back(decision);
  }

  void OnEvent(const Event& event) override {
    events.push_back({event.kind,
                      event.time,
                      {event.numbers.begin(), event.numbers.end()},
                      {event.texts.begin(), event.texts.end()}});
  }

  void OnObservation(const Observation& observation) override {
    observations.push_back(observation);
  }

  std::vector<Decision> decisions;
  std::vector<HeardEvent> events;
  std::vector<Observation> observations;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_TESTING_RECORDING_SINK_H_

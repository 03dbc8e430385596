#include "sim/run.h"

#include <utility>

#include "sim/base/check.h"

namespace fozzy {

Run::Run(const Options& options)
    : strategy_(*options.strategy),
      sink_(options.sink),
      recorded_(options.recorded) {}

uint64_t Run::Choose(ChoiceKind kind, uint64_t last, Weight weight,
                     uint64_t draw) {
  if (last == 0) return 0;
  const size_t index = static_cast<size_t>(kind);
  const ChoiceKey key = {TaskId{}, kind, asked_[index]++};
  const uint64_t answer = strategy_.PickValue({kind, last, weight, key, draw});
  FOZZY_CHECK(answer <= last);
  const Decision decision = {kind, key.task, answer};
  digest_.Mix(index);
  digest_.Mix(answer);
  if (sink_ != nullptr) sink_->OnDecision(decision);
  return answer;
}

void Run::Tell(const Event& event) {
  digest_.Mix(0x100 + static_cast<uint64_t>(event.kind));
  digest_.Mix(event.time);
  for (const uint64_t number : event.numbers) digest_.Mix(number);
  for (const std::string_view text : event.texts) digest_.Mix(text);
  if (sink_ != nullptr) sink_->OnEvent(event);
}

std::optional<Observation> Run::Observe(ObservationKind kind,
                                        absl::FunctionRef<Observation()> ask) {
  std::optional<Observation> observation;
  if (is_replay()) {
    observation = recorded_->Next(kind);
  } else {
    observation = ask();
  }
  if (observation) Keep(*observation);
  return observation;
}

bool Run::HasCome(ObservationKind kind, absl::FunctionRef<bool()> ask) {
  if (is_replay()) {
    if (!recorded_->IsNext(kind)) return false;
    return Observe(kind, [&] { return Observation{kind, {}, {}}; }).has_value();
  }
  if (!ask()) return false;
  Keep({kind, {}, {}});
  return true;
}

void Run::Keep(const Observation& observation) {
  digest_.Mix(0x200 + static_cast<uint64_t>(observation.kind));
  for (const uint64_t number : observation.numbers) digest_.Mix(number);
  for (const std::string& text : observation.texts) digest_.Mix(text);
  if (sink_ != nullptr) sink_->OnObservation(observation);
}

}  // namespace fozzy

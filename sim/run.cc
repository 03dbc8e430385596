#include "sim/run.h"

#include <utility>

#include "sim/base/check.h"
#include "sim/base/run_digest.h"

namespace fozzy {

Run::Run(const Options& options)
    : strategy_(*options.strategy),
      wants_offers_(options.strategy->WantsOps()),
      sink_(options.sink),
      recorded_(options.recorded) {}

uint64_t Run::Ask(ValueChoice choice) {
  if (choice.last == 0) return 0;
  const size_t index = static_cast<size_t>(choice.kind);
  choice.key = {TaskId{}, choice.kind, asked_[index]++};
  const uint64_t answer = strategy_.PickValue(choice);
  FOZZY_CHECK(answer <= choice.last);
  const Decision decision = {choice.kind, choice.key.task, answer};
  MixDecision(digest_, decision);
  if (sink_ != nullptr) sink_->OnDecision(decision);
  return answer;
}

void Run::Tell(const Event& event) {
  MixEvent(digest_, event);
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
  MixObservation(digest_, observation);
  if (sink_ != nullptr) sink_->OnObservation(observation);
}

}  // namespace fozzy

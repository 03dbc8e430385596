#include "sim/search/shrink_trial.h"

#include "fozzy/finding.h"
#include "sim/core/lenient_replay_strategy.h"

namespace fozzy {

Trial TryCandidate(Subject& subject, const Candidate& candidate,
                   const Goal& goal) {
  LenientReplayStrategy replay(
      {.answers = candidate.answers, .schedule = candidate.schedule});
  MeasuringStrategy strategy({.inner = &replay, .points_max = goal.points_max});
  Trial trial;
  strategy.Begin(0);
  trial.outcome = subject.Run(strategy, nullptr);
  if (!trial.outcome.finding || trial.outcome.is_abandoned) return {};
  if (Signature(*trial.outcome.finding) != goal.signature) return {};
  trial.measure = strategy.measure();
  trial.measure.points = trial.outcome.points;
  if (trial.measure >= goal.measure) return {};

  // Most candidates fail, and recording costs.
  strategy.Begin(0);
  const RunOutcome again = subject.Run(strategy, &trial.recorded);
  trial.is_unstable = again.digest != trial.outcome.digest;
  trial.is_reached = !trial.is_unstable;
  return trial;
}

TryCandidates TryOneByOne(Subject& subject) {
  return [&subject](std::span<const Candidate> candidates, const Goal& goal) {
    std::vector<Trial> trials;
    for (const Candidate& candidate : candidates) {
      trials.push_back(TryCandidate(subject, candidate, goal));
      if (trials.back().is_reached || trials.back().is_unstable) break;
    }
    return trials;
  };
}

}  // namespace fozzy

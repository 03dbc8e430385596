// Trials of candidates without a program: a test says which ones fail.
#ifndef FOZZY_SIM_TESTING_FAKE_TRIALS_H_
#define FOZZY_SIM_TESTING_FAKE_TRIALS_H_

#include <functional>
#include <span>
#include <vector>

#include "sim/search/shrink_trial.h"

namespace fozzy {

// A run that asks what the candidate answers, and nothing else.  All its
// switches are preemptions, and all its answers to tasks are 1.
inline RecordedRun FakeRun(const Candidate& candidate) {
  RecordedRun run;
  run.schedule = candidate.schedule;
  run.answers = candidate.answers;
  for (Segment& segment : run.schedule) {
    if (segment.points == kForever) segment.points = 50;
    run.decisions.insert(run.decisions.end(), segment.points,
                         {ChoiceKind::kTask, segment.task, 1});
  }
  return run;
}

inline RunMeasure FakeMeasure(const Candidate& candidate) {
  RunMeasure measure;
  measure.preemptions = candidate.schedule.size();
  for (const Segment& segment : FakeRun(candidate).schedule) {
    measure.points += segment.points;
  }
  for (const KeyedAnswer& entry : candidate.answers) {
    ++(IsFaultKind(entry.key.kind) ? measure.faults : measure.values);
    measure.sum_low += entry.answer;
    measure.places += entry.key.ordinal;
  }
  return measure;
}

// Tries candidates one by one; those fail for which `fails` holds.
inline TryCandidates FakeTrials(std::function<bool(const Candidate&)> fails) {
  return [fails](std::span<const Candidate> candidates, const Goal& goal) {
    std::vector<Trial> trials;
    for (const Candidate& candidate : candidates) {
      Trial trial;
      trial.measure = FakeMeasure(candidate);
      trial.is_reached = fails(candidate) && trial.measure < goal.measure;
      trial.recorded = FakeRun(candidate);
      trials.push_back(trial);
      if (trial.is_reached) break;
    }
    return trials;
  };
}

}  // namespace fozzy

#endif  // FOZZY_SIM_TESTING_FAKE_TRIALS_H_

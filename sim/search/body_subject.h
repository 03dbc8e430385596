// C++ code as something to search.
#ifndef FOZZY_SIM_SEARCH_BODY_SUBJECT_H_
#define FOZZY_SIM_SEARCH_BODY_SUBJECT_H_

#include <functional>
#include <utility>

#include "sim/search/subject.h"
#include "sim/simulation.h"

namespace fozzy {

// A body in a world of its own.  A run that finds something leaves the stacks
// of its tasks behind, for ever.
class BodySubject final : public Subject {
 public:
  BodySubject(std::function<void()> body, const Simulation::Options& options)
      : body_(std::move(body)), simulation_(options) {}

  RunOutcome Run(Strategy& strategy, RecordedRun* recorded) override;

  // Runs once with somebody listening.
  RunOutcome RunWith(Strategy& strategy, BodyListener& listener) {
    return simulation_.Run(body_, strategy, &listener);
  }

  Simulation& simulation() { return simulation_; }

 private:
  std::function<void()> body_;
  Simulation simulation_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_BODY_SUBJECT_H_

// What a fresh process is asked to do with a body.
#ifndef FOZZY_SIM_SEARCH_BODY_SERVICE_H_
#define FOZZY_SIM_SEARCH_BODY_SERVICE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "fozzy/decision.h"
#include "sim/search/fresh_process.h"
#include "sim/search/run_trail.h"
#include "sim/search/search_block.h"
#include "sim/search/search_strategy.h"
#include "sim/search/subject.h"
#include "sim/simulation.h"

namespace fozzy {

// A run, repeated several times in one fresh process.
struct ReplayRequest {
  std::vector<Decision> decisions;
  uint64_t times = 1;
  // RunTrail::hashes of another such run, to compare with; or empty.
  std::vector<uint64_t> hashes;
};

struct ReplayAnswer {
  std::vector<RunOutcome> outcomes;  // one after the other
  std::string schedule;              // of the first, as a table
  std::vector<uint64_t> hashes;      // of the first
  // Of the first from the run with request.hashes, and of a later one from the
  // first.
  std::optional<RunDifference> from_other;
  std::optional<RunDifference> from_first;
  // The variables of the program that the first left changed.
  std::vector<std::string> changed;
};

// Repeats runs, and does blocks of runs, of one body in fresh processes.
class BodyService {
 public:
  struct Options {
    Simulation::Options simulation;
    std::string strategy;
    uint64_t seed = 0;
    bool run_twice = false;
  };

  BodyService(std::function<void()> body, const Options& options);

  // Nothing if the process did not come to its end.
  std::optional<ReplayAnswer> Replay(const ReplayRequest& request);
  std::optional<ProbedShape> Probe();
  std::optional<SearchBlock> RunBlock(const SearchRange& range,
                                      const ProbedShape& shape);

 private:
  std::string Handle(absl::string_view request) const;

  const std::function<void()> body_;
  const Options options_;
  FreshProcess process_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_BODY_SERVICE_H_

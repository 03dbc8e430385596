// Many schedules of one distributed scenario: the part of one worker, and what
// the parts come to together.
#ifndef FOZZY_SCENARIOS_EXPLORE_H_
#define FOZZY_SCENARIOS_EXPLORE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "fozzy/decision.h"
#include "scenarios/cluster_plan.h"
#include "scenarios/cluster_subject.h"
#include "scenarios/run_config.h"
#include "scenarios/schedule.h"
#include "sim/run.h"
#include "sim/search/explore_digests.h"

namespace fozzy {

// Runs first to first + count - 1.
struct ExploreRange {
  uint64_t first = 0;
  uint64_t count = 0;
};

// What some runs, one after the other, came to.
struct ExploreBlock {
  uint64_t first = 0;
  std::vector<uint64_t> digests;  // of the runs, in order
  uint64_t deliveries = 0;        // of all of them
  // The last run found something; then, its decisions.
  bool has_finding = false;
  std::vector<Decision> decisions;
  // The strategy has no run after these; and these were all that can be.
  bool is_exhausted = false;
  bool is_exhaustive = false;
};

// One worker.  What a run does depends on its index alone, so that it does not
// matter who runs it.
class Explorer {
 public:
  // Both outlive it.  Requires a schedule that CheckSchedule accepts.
  Explorer(const ClusterPlan& plan, const RunConfig& config);

  // Runs the range in order, up to and including the first run that finds
  // something.  Before each run but the first `is_stopped` is asked whether to
  // leave the rest.
  ExploreBlock Explore(const ExploreRange& range,
                       absl::FunctionRef<bool()> is_stopped);

 private:
  // Keeps the decisions of a run in memory.
  class Log final : public RunSink {
   public:
    void OnDecision(const Decision& decision) override {
      decisions.push_back(decision);
    }
    void OnEvent(const Event&) override {}
    void OnObservation(const Observation&) override {}

    std::vector<Decision> decisions;
  };

  void RunNext(ExploreBlock& block);

  ClusterSubject subject_;
  ScheduleStrategy schedule_;
  Log log_;
};

// What is known of all runs from 0 on.
class ExploreTally {
 public:
  struct Found {
    uint64_t run = 0;
    std::vector<Decision> decisions;
  };

  ExploreTally() = default;

  // Goes on after `runs` runs that were tallied before.
  ExploreTally(uint64_t runs, uint64_t deliveries,
               const std::vector<uint64_t>& digests);

  // Adds the runs that come next.  Returns whether those after them are
  // wanted.  Requires block.first == runs().
  bool Add(const ExploreBlock& block);

  uint64_t runs() const { return runs_; }
  uint64_t deliveries() const { return deliveries_; }
  const ExploreDigests& digests() const { return digests_; }
  const std::optional<Found>& found() const { return found_; }
  // Whether there is no other schedule.
  bool is_exhaustive() const { return is_exhaustive_; }

 private:
  uint64_t runs_ = 0;
  uint64_t deliveries_ = 0;
  ExploreDigests digests_;
  std::optional<Found> found_;
  bool is_exhaustive_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_EXPLORE_H_

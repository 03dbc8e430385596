// A distributed scenario that is run again and again.
#ifndef FOZZY_SCENARIOS_CLUSTER_SUBJECT_H_
#define FOZZY_SCENARIOS_CLUSTER_SUBJECT_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/interface/wall.h"
#include "backends/virtual/kv_cluster.h"
#include "scenarios/cluster_plan.h"
#include "scenarios/run_config.h"
#include "scenarios/run_report.h"
#include "sim/run.h"
#include "sim/virtual_clock.h"

namespace fozzy {

// What a run came to, as far as it costs no memory to say.
struct ClusterOutcome {
  RunStatus status = RunStatus::kPass;
  uint64_t deliveries = 0;
  Digest digest;
};

// Runs the script of a plan and delivers the messages it causes, as often as
// one likes: every run starts from the same state, and one that finds nothing
// allocates nothing once the longest run has been seen.
//
// While the script goes on, the strategy is asked (ChoiceKind::kProgress) for
// its next step, answer 0, or the delivery of a message; afterwards (kDeliver)
// for a message.  Messages are offered in the order of sending; a delivery
// takes 1 ms.  The invariants are tested when nothing can be delivered any
// more.
//
// To strategies that want ops every answer is offered as one: the script is
// task 0, message i, from 1, is task i + 1, and its object is the copy of the
// key at the node that it goes to.
//
//   ClusterSubject subject(plan, config);
//   for (uint64_t i = 0; strategy.Begin(i); ++i) {
//     Run run({&strategy});
//     if (subject.RunOnce(run).status != RunStatus::kPass) return i;
//   }
class ClusterSubject {
 public:
  // Both outlive it.
  ClusterSubject(const ClusterPlan& plan, const RunConfig& config);
  ClusterSubject(const ClusterSubject&) = delete;
  ClusterSubject& operator=(const ClusterSubject&) = delete;

  // Runs once, `run` being new.  `wall` is needed with a time limit, unless
  // `run` is a replay.
  ClusterOutcome RunOnce(Run& run, Wall* wall = nullptr);

  // Returns all there is to say of the last run.
  RunReport Report() const;

 private:
  void Reset();
  bool IsSpent() const;
  bool MakeProgress();
  uint64_t Choose(ChoiceKind kind, uint64_t last);
  void OfferStep();
  void OfferMessages();
  void Deliver(size_t rank);
  void CarryOut(const ClusterStep& step);
  void Put(const ClusterStep& step);
  void Get(const ClusterStep& step);
  void SetRunning(const ClusterStep& step);
  void SetPartition(const ClusterStep& step);
  void CheckTime();
  void CheckInvariants();
  void CheckNode(const ClusterInvariant& invariant);
  void CheckAll(const ClusterInvariant& invariant, std::string_view title);
  void Violate(std::string_view title, std::string message);
  void Find(Finding finding);
  void Tell(EventKind kind, std::initializer_list<uint64_t> numbers,
            std::initializer_list<std::string_view> texts);

  // Null for a key without a value.
  const std::string* ValueAt(uint32_t node, uint32_t key) const;

  const ClusterPlan& plan_;
  const RunConfig& config_;
  KvCluster cluster_;

  // Of the run that is on, or was last.
  Run* run_ = nullptr;
  Wall* wall_ = nullptr;
  VirtualClock clock_;
  size_t next_step_ = 0;
  uint64_t deliveries_ = 0;
  bool is_over_ = false;
  RunStatus status_ = RunStatus::kPass;
  std::vector<Finding> findings_;
  Digest digest_;
  std::vector<Op> offers_;  // of the last question, if wanted
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_CLUSTER_SUBJECT_H_

// The smallest run found so far, and what was spent on it.
#ifndef FOZZY_SIM_SEARCH_SHRINK_STATE_H_
#define FOZZY_SIM_SEARCH_SHRINK_STATE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_set.h"
#include "absl/functional/function_ref.h"
#include "sim/search/shrink.h"
#include "sim/search/shrink_candidate.h"
#include "sim/search/shrink_trial.h"

namespace fozzy {

// What passes work on.  A candidate that was tried once is never run again: it
// did not help then, and what it is compared with has only become smaller.
class ShrinkState {
 public:
  // `options` outlives the state.
  ShrinkState(const ShrinkOptions& options, std::string signature);

  // Runs the candidate to begin with; false if it does not lead to the finding.
  bool Start(const Candidate& candidate);

  // Makes `candidate` the current one if it reaches the finding and is
  // simpler.
  bool Try(const Candidate& candidate);

  // The i-th change of a candidate, i from 0; the candidate itself if there is
  // no such change, nothing after the last i.
  using Change = absl::FunctionRef<std::optional<Candidate>(
      const Candidate& current, size_t i)>;

  // Tries all changes in order.  After one that helped, goes on with the same
  // number.
  void TryAll(Change change);

  // The calm parts are left out of it.
  const Candidate& current() const { return current_; }
  const RecordedRun& run() const { return recorded_; }
  const RunOutcome& outcome() const { return outcome_; }
  const RunMeasure& measure() const { return goal_.measure; }
  // Those of all runs that were the smallest so far, by id.
  const std::vector<TaskId>& tasks() const { return tasks_; }
  uint64_t runs() const { return runs_; }

  // Whether runs or time are used up; then nothing helps any more.
  bool is_spent() const { return is_spent_; }
  // Whether a run came out differently when it was repeated; spent, too.
  bool is_unstable() const { return is_unstable_; }

 private:
  // Tries those not tried before.  Returns the index of the one taken.
  std::optional<size_t> TakeFirst(const std::vector<Candidate>& batch);
  bool IsNew(const Candidate& candidate, std::span<const Candidate> batch);
  void Take(Trial trial);
  void Meet(TaskId task);

  const ShrinkOptions& options_;
  Goal goal_;
  Candidate current_;
  RecordedRun recorded_;
  RunOutcome outcome_;
  std::vector<TaskId> tasks_;
  absl::btree_set<std::pair<uint64_t, uint64_t>> tried_;
  uint64_t runs_ = 0;
  bool is_spent_ = false;
  bool is_unstable_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SHRINK_STATE_H_

// What a run does, for explaining it.
#ifndef FOZZY_SIM_SEARCH_EXPLAIN_OPS_H_
#define FOZZY_SIM_SEARCH_EXPLAIN_OPS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "fozzy/strategy.h"
#include "sim/search/explain.h"

namespace fozzy {

// A question as it was asked.
struct AskedQuestion {
  ChoiceKind kind = ChoiceKind::kTask;
  TaskId task = {};    // that ran until now, or that asked
  TaskId chosen = {};  // `task` if the question is not about tasks
  Op left_next;        // what `task` was about to do; for kTask
  size_t ops = 0;      // executed before
};

// Keeps what the runs that another strategy answers do: the ops, and the
// questions between them.  It allocates nothing: what there is no room for is
// counted only.
class OpRecorder final : public Strategy {
 public:
  struct Options {
    Strategy* inner = nullptr;  // not owned, required
    size_t ops_max = 0;
    size_t questions_max = 0;
  };
  explicit OpRecorder(const Options& options);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  bool WantsOps() const override { return true; }
  void Executed(const Op& op) override;

  // Of the run so far, also those that there was no room for.
  size_t ops_count() const { return ops_count_; }
  size_t questions_count() const { return questions_count_; }

  const std::vector<Op>& ops() const { return ops_; }
  const std::vector<AskedQuestion>& questions() const { return questions_; }

 private:
  void Keep(const AskedQuestion& question);

  Strategy& inner_;
  const Options options_;
  std::vector<Op> ops_;
  std::vector<AskedQuestion> questions_;
  size_t ops_count_ = 0;
  size_t questions_count_ = 0;
};

// Returns the ops around question number `critical` of what was recorded.
CriticalOps CriticalOpsOf(const OpRecorder& recorded, size_t critical);

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_EXPLAIN_OPS_H_

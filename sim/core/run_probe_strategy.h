// Looks at one run, so that strategies know what to expect.
#ifndef FOZZY_SIM_CORE_RUN_PROBE_STRATEGY_H_
#define FOZZY_SIM_CORE_RUN_PROBE_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/core/arena.h"
#include "sim/core/arena_vector.h"
#include "sim/core/random_walk_strategy.h"
#include "sim/core/run_shape.h"

namespace fozzy {

// A random walk that counts:
//
//   RunProbeStrategy probe({.seed = seed}, arena);
//   probe.Begin(0);
//   subject.Run(probe, nullptr);
//   probe.End({});
//   ... MakeStrategy("surw", {.seed = seed, .shape = probe.shape()}, arena)
//
// Its runs are those of RandomWalkStrategy with the same seed, so every worker
// that makes a probe gets the same shape, and nothing need be exchanged.  What
// a probe finds is found.
//
// At most kTasksMax tasks and kPairsMax pairs of object and task are counted;
// what comes later in the run is left out of the shape.
class RunProbeStrategy final : public Strategy {
 public:
  static constexpr uint32_t kTasksMax = 4096;
  static constexpr uint32_t kPairsMax = 4096;

  struct Options {
    uint64_t seed = 0;
  };
  RunProbeStrategy(const Options& options, Arena& arena);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  bool WantsOps() const override { return true; }
  void Executed(const Op& op) override;
  void End(const RunSummary& summary) override;

  // Of the run that ended last.  Valid until the next one ends.
  const RunShape& shape() const { return shape_; }

 private:
  struct Pair {
    uint32_t object = 0;
    TaskId task = {};
    uint64_t ops = 0;  // 0: a free place
    bool is_changing = false;
  };

  void CountPair(const Op& op);
  void GatherTasks();
  void GatherShared();
  void KeepIfShared(size_t begin, size_t end);

  RandomWalkStrategy walk_;
  uint64_t questions_ = 0;
  // Both are as long as they ever get: nothing is allocated during a run.
  ArenaVector<RunShape::TaskOps> task_ops_;  // by task
  ArenaVector<Pair> pairs_;                  // a table of hashes
  uint32_t pairs_used_ = 0;
  ArenaVector<RunShape::TaskOps> tasks_;
  ArenaVector<RunShape::SharedOps> shared_;
  RunShape shape_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_RUN_PROBE_STRATEGY_H_

// Every task in its turn.
#ifndef FOZZY_SIM_CORE_ROUND_ROBIN_STRATEGY_H_
#define FOZZY_SIM_CORE_ROUND_ROBIN_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/core/value_draw.h"

namespace fozzy {

// After `quantum` questions, or where the current task cannot go on, the
// runnable task with the next higher id runs; after the last one the first.  So
// a task that stays runnable among n others runs again within n * quantum
// questions.  kTimerTask has its turn between tasks 0 and 2 and lets it go by
// most of the time (see ValueDraw).
//
// Tasks are chosen without drawing: runs differ in their values, and, if the
// quantum is left open, in it: from 1 to 8, drawn for the run.
class RoundRobinStrategy final : public Strategy {
 public:
  struct Options {
    uint64_t seed = 0;
    uint64_t quantum = 0;  // 0: open
  };
  explicit RoundRobinStrategy(const Options& options);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;

 private:
  const uint64_t seed_;
  const uint64_t quantum_;
  uint64_t turn_ = 1;    // questions in a turn of this run
  uint64_t passed_ = 0;  // of them
  TaskId running_ = {};
  ValueDraw values_{ValueDraw::Oddity::kRarely};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_ROUND_ROBIN_STRATEGY_H_

// Selectively uniform random walk: all interleavings of what matters alike.
#ifndef FOZZY_SIM_CORE_SURW_STRATEGY_H_
#define FOZZY_SIM_CORE_SURW_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/base/fast_rng.h"
#include "sim/core/arena.h"
#include "sim/core/arena_vector.h"
#include "sim/core/run_shape.h"
#include "sim/core/value_draw.h"

namespace fozzy {

// Every run chooses one object that several tasks use (options.shape.shared);
// the ops on it are the interesting ones.  A task is drawn to do the next of
// them, with a weight of how many it has left, together with those of the tasks
// that it is yet to start.  Until it has, others stop before theirs, and all
// that can go on are drawn alike.  So all interleavings of the interesting ops
// are alike, if the shape is right and nothing blocks.
//
// With is_selective false this is URW, the uniform random walk: all ops are
// interesting, and all interleavings are alike.
//
// Deviations from the paper:
//   * Tasks are drawn from those that are runnable.  If the drawn one blocks
//     and all others have stopped, another is drawn.
//   * A task that has used up its count but goes on counts as 1.
//   * kTimerTask is drawn as in a random walk, apart from the rest (see
//     ValueDraw).  Stale reads happen often.
//   * Without a shape all tasks weigh the same, and the objects of a run are
//     those whose hash says so, one in 2^s with s from 0 to 4; URW then is a
//     random walk.
//
// A question costs O(n) for n runnable tasks, Begin O(tasks of the shape).
//
// Source: Zhao, Wolff, Mathur, Roychoudhury, "Selectively Uniform Concurrency
// Testing", ASPLOS 2025.
class SurwStrategy final : public Strategy {
 public:
  struct Options {
    uint64_t seed = 0;
    bool is_selective = true;
    RunShape shape = {};
  };
  SurwStrategy(const Options& options, Arena& arena);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  bool WantsOps() const override { return true; }
  void Executed(const Op& op) override;

 private:
  static constexpr uint32_t kNobody = ~uint32_t{0};

  void ChooseObjects();
  void CountOps();
  void AddDescendants();
  uint64_t& WeightOf(TaskId task);
  uint64_t WeightNow(const TaskChoice& choice, TaskId task) const;
  bool IsInteresting(const Op& op) const;
  void DrawIntended(const TaskChoice& choice);
  bool IsStopped(const TaskChoice& choice, TaskId task) const;
  uint32_t PickOneThatGoesOn(const TaskChoice& choice);

  const uint64_t seed_;
  const bool is_selective_;
  const RunShape shape_;
  FastRng rng_{0};
  uint32_t object_ = 0;        // the interesting one, if the shape has any
  uint64_t objects_key_ = 0;   // else hashed with an object,
  uint32_t object_shift_ = 0;  // 1 in 2^shift is interesting
  TaskId intended_ = {kNobody};
  // By task, as long as the greatest task of the shape: interesting ops that
  // it and its descendants do, and what is left of them.
  ArenaVector<uint64_t> totals_;
  ArenaVector<uint64_t> left_;
  ValueDraw values_{ValueDraw::Oddity::kOften};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_SURW_STRATEGY_H_

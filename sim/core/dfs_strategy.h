// Every answer to every question: the search that misses nothing and knows
// nothing.
#ifndef FOZZY_SIM_CORE_DFS_STRATEGY_H_
#define FOZZY_SIM_CORE_DFS_STRATEGY_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "fozzy/strategy.h"
#include "sim/core/arena_vector.h"

namespace fozzy {

// Runs through all lists of answers in lexicographic order, like an odometer:
// each run repeats the one before up to the last question that has an answer
// left, and takes that.
//
// A run goes on from the one that ended before it: the index given to Begin
// only counts, and one instance does the whole search.  A run that was begun
// and not ended is begun again.
class DfsStrategy final : public Strategy {
 public:
  static constexpr uint64_t kUnbounded = ~uint64_t{0};

  // Values with more answers than that are not enumerated: they are 0.
  static constexpr uint64_t kLastMax = 255;

  struct Options {
    // Only schedules in which at most that many times a task that could have
    // gone on did not.  A deadline that passes early is not counted.
    uint64_t preemptions_max = kUnbounded;
    uint64_t runs_max = kUnbounded;
  };

  // `arena` is not owned.
  DfsStrategy(Arena& arena, const Options& options)
      : options_(options), stack_(arena) {}

  // Returns false when the search is over.
  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  void End(const RunSummary& summary) override;
  size_t Save(std::span<std::byte> out) const override;

  // Goes on where the strategy that saved `bytes` was between two runs.
  // Returns false, and starts from the beginning, if they are damaged.
  bool Load(std::span<const std::byte> bytes);

  uint64_t runs() const { return runs_; }  // that have ended

  // Whether every run was done that the questions allow.
  bool is_exhaustive() const {
    return is_done_ && !has_left_out_ && !has_drifted_;
  }

  // Whether the same answers brought other questions: the program is not
  // deterministic, and the search is over.
  bool has_drifted() const { return has_drifted_; }

 private:
  struct Question {
    uint64_t answer = 0;
    uint64_t last = 0;
  };

  uint64_t Answer(uint64_t last);

  const Options options_;
  ArenaVector<Question> stack_;
  size_t next_ = 0;  // question of this run
  uint64_t preemptions_ = 0;
  uint64_t runs_ = 0;
  bool is_done_ = false;
  bool has_left_out_ = false;  // some answer, because of a bound
  bool has_drifted_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DFS_STRATEGY_H_

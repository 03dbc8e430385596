// Answers from a seed: what `run`, `test` and random search use.
#ifndef FOZZY_SIM_CORE_SEEDED_STRATEGY_H_
#define FOZZY_SIM_CORE_SEEDED_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/base/compatibility_stream.h"
#include "sim/base/rng.h"

namespace fozzy {

// A random walk.  Run i has the seed RunSeed(seed, i); there is always another
// one.
//
// Random numbers, deliveries and drops that have a position in the established
// stream are answered from it, so that old seeds keep their meaning: the number
// there modulo the count of answers, or, with a weight, compared with its
// threshold.  All other questions draw from a stream of their own, so that a
// new fault site never moves the established one.
class SeededStrategy final : public Strategy {
 public:
  struct Options {
    uint64_t seed = 0;
  };
  explicit SeededStrategy(const Options& options);

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;

 private:
  const uint64_t seed_;
  uint64_t run_seed_;
  // Made when a run first draws from it: most do not, and the key costs more
  // than a small run.
  bool is_established_made_ = true;
  CompatibilityStream established_;
  Rng questions_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_SEEDED_STRATEGY_H_

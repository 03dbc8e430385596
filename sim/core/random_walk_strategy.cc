#include "sim/core/random_walk_strategy.h"

#include "sim/core/run_rng.h"

namespace fozzy {
namespace {

constexpr uint64_t kLabel = LabelOf("random");

}  // namespace

RandomWalkStrategy::RandomWalkStrategy(const Options& options)
    : seed_(options.seed) {}

bool RandomWalkStrategy::Begin(uint64_t run_index) {
  rng_ = RunRng(kLabel, seed_, run_index);
  values_.Begin(rng_);
  return true;
}

uint32_t RandomWalkStrategy::PickTask(const TaskChoice& choice) {
  return DrawTask(choice.runnable, rng_, values_);
}

uint64_t RandomWalkStrategy::PickValue(const ValueChoice& choice) {
  return values_.Pick(choice);
}

}  // namespace fozzy

#include "sim/core/round_robin_strategy.h"

#include "sim/core/run_rng.h"
#include "sim/core/task_cycle.h"

namespace fozzy {
namespace {

constexpr uint64_t kLabel = LabelOf("round_robin");
constexpr uint64_t kOpenQuantumMax = 8;

}  // namespace

RoundRobinStrategy::RoundRobinStrategy(const Options& options)
    : seed_(options.seed), quantum_(options.quantum) {}

bool RoundRobinStrategy::Begin(uint64_t run_index) {
  FastRng rng = RunRng(kLabel, seed_, run_index);
  values_.Begin(rng);
  turn_ = quantum_ != 0 ? quantum_ : 1 + rng.UpTo(kOpenQuantumMax - 1);
  passed_ = 0;
  running_ = {};
  return true;
}

uint32_t RoundRobinStrategy::PickTask(const TaskChoice& choice) {
  if (choice.current != running_) {
    running_ = choice.current;
    passed_ = 0;
  }
  const uint32_t own = IndexOf(choice, running_);
  const bool may_go_on = own != kNotRunnable && running_ != kTimerTask;
  if (may_go_on && ++passed_ < turn_) return own;
  passed_ = 0;
  uint32_t next = NextInCycle(choice, running_);
  if (choice.runnable[next] == kTimerTask && !values_.LetsTimePass()) {
    next = NextInCycle(choice, kTimerTask);
  }
  running_ = choice.runnable[next];
  return next;
}

uint64_t RoundRobinStrategy::PickValue(const ValueChoice& choice) {
  return values_.Pick(choice);
}

}  // namespace fozzy

// Strategies about tasks, put to use for messages.
#ifndef FOZZY_SCENARIOS_DELIVERY_STRATEGY_H_
#define FOZZY_SCENARIOS_DELIVERY_STRATEGY_H_

#include <cstdint>
#include <vector>

#include "fozzy/strategy.h"

namespace fozzy {

// Asks another strategy "which task runs next?" where it is asked what of
// several things is to be done next.  The script of a cluster is then a task of
// many steps, and each message is a task of one step, which starts when it is
// sent and is runnable while it can be delivered.  So PCT gives every message a
// priority, and delays are messages that are overtaken.
class DeliveryStrategy final : public Strategy {
 public:
  // `inner` is not owned.
  explicit DeliveryStrategy(Strategy& inner) : inner_(inner) {}

  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  bool WantsOps() const override { return true; }
  void End(const RunSummary& summary) override { inner_.End(summary); }

 private:
  Strategy& inner_;
  uint64_t points_ = 0;  // questions of this run that were put to it
  TaskId current_ = {};
  std::vector<TaskId> runnable_;
  std::vector<Op> pending_;  // by task
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_DELIVERY_STRATEGY_H_

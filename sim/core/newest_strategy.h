// Delivers the newest message first.
#ifndef FOZZY_SIM_CORE_NEWEST_STRATEGY_H_
#define FOZZY_SIM_CORE_NEWEST_STRATEGY_H_

#include "fozzy/strategy.h"

namespace fozzy {

// The calm run, but for deliveries: those take the last answer.  One run.
class NewestStrategy final : public Strategy {
 public:
  bool Begin(uint64_t run_index) override { return run_index == 0; }
  uint32_t PickTask(const TaskChoice&) override { return 0; }
  uint64_t PickValue(const ValueChoice& choice) override {
    return choice.kind == ChoiceKind::kDeliver ? choice.last : 0;
  }
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_NEWEST_STRATEGY_H_

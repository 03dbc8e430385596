#include "sim/core/list_strategy.h"

namespace fozzy {

bool ListStrategy::Begin(uint64_t run_index) {
  next_ = 0;
  return run_index == 0;
}

uint32_t ListStrategy::PickTask(const TaskChoice& choice) {
  return static_cast<uint32_t>(NextUpTo(choice.runnable.size() - 1));
}

uint64_t ListStrategy::PickValue(const ValueChoice& choice) {
  return NextUpTo(choice.last);
}

uint64_t ListStrategy::NextUpTo(uint64_t last) {
  if (next_ == decisions_.size()) return 0;
  const uint64_t answer = decisions_[next_++].answer;
  return answer <= last ? answer : 0;
}

}  // namespace fozzy

#include "sim/core/prefix_strategy.h"

#include "sim/base/check.h"

namespace fozzy {

PrefixStrategy::PrefixStrategy(const Options& options)
    : prefix_(options.prefix), rest_(*options.rest) {
  FOZZY_CHECK(options.rest != nullptr);
}

bool PrefixStrategy::Begin(uint64_t run_index) {
  next_ = 0;
  return rest_.Begin(run_index);
}

uint32_t PrefixStrategy::PickTask(const TaskChoice& choice) {
  if (is_used_up()) return rest_.PickTask(choice);
  return static_cast<uint32_t>(NextUpTo(choice.runnable.size() - 1));
}

uint64_t PrefixStrategy::PickValue(const ValueChoice& choice) {
  if (is_used_up()) return rest_.PickValue(choice);
  return NextUpTo(choice.last);
}

uint64_t PrefixStrategy::NextUpTo(uint64_t last) {
  const uint64_t answer = prefix_[next_++].answer;
  return answer <= last ? answer : 0;
}

}  // namespace fozzy

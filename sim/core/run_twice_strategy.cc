#include "sim/core/run_twice_strategy.h"

#include <algorithm>

#include "sim/base/check.h"
#include "sim/base/fast_rng.h"

namespace fozzy {
namespace {

uint64_t Fold(uint64_t hash, uint64_t value) {
  return FastRng(hash, value).Next();
}

}  // namespace

RunTwiceStrategy::RunTwiceStrategy(Strategy& strategy, Arena& arena)
    : strategy_(strategy), first_(arena) {
  first_.resize(kKept);
}

bool RunTwiceStrategy::Begin(uint64_t run_index) {
  is_second_ = run_index % 2 != 0;
  if (is_second_) {
    FOZZY_CHECK(begun_index_ == run_index - 1);
  } else {
    begun_index_ = run_index;
  }
  size_ = 0;
  rest_ = 0;
  difference_ = {};
  return strategy_.Begin(run_index / 2);
}

uint32_t RunTwiceStrategy::PickTask(const TaskChoice& choice) {
  uint64_t hash = Fold(static_cast<uint8_t>(ChoiceKind::kTask), choice.point);
  hash = Fold(hash, choice.current.value);
  for (const TaskId task : choice.runnable) hash = Fold(hash, task.value);
  Compare(hash);
  return strategy_.PickTask(choice);
}

uint64_t RunTwiceStrategy::PickValue(const ValueChoice& choice) {
  uint64_t hash = Fold(static_cast<uint8_t>(choice.kind), choice.last);
  hash = Fold(hash, choice.weight.threshold);
  hash = Fold(hash, choice.key.task.value);
  Compare(hash);
  return strategy_.PickValue(choice);
}

void RunTwiceStrategy::Executed(const Op& op) {
  uint64_t hash = Fold(~uint64_t{static_cast<uint8_t>(op.kind)}, op.object);
  hash = Fold(hash, uint64_t{op.offset} << 16 | op.size);
  hash = Fold(hash, static_cast<uint8_t>(op.order));
  hash = Fold(hash, uint64_t{op.site} << 32 | op.task.value);
  Compare(hash);
  if (strategy_.WantsOps()) strategy_.Executed(op);
}

void RunTwiceStrategy::Compare(uint64_t what) {
  const uint64_t place = size_++;
  if (place >= kKept) {
    rest_ = Fold(rest_, what);
    return;
  }
  if (!is_second_) {
    first_[place] = what;
    return;
  }
  if (difference_.is_there) return;
  if (place < first_size_ && first_[place] == what) return;
  difference_ = {true, place};
}

void RunTwiceStrategy::End(const RunSummary& summary) {
  strategy_.End(summary);
  if (!is_second_) {
    first_size_ = size_;
    first_rest_ = rest_;
    first_summary_ = summary;
    return;
  }
  if (difference_.is_there) return;
  if (size_ != first_size_) {
    const uint64_t shorter = std::min(size_, first_size_);
    difference_ = {true, shorter < kKept ? shorter : kSomewhere};
    return;
  }
  const bool is_same = rest_ == first_rest_ &&
                       summary.found == first_summary_.found &&
                       summary.abandoned == first_summary_.abandoned &&
                       summary.digest == first_summary_.digest &&
                       summary.points == first_summary_.points;
  if (!is_same) difference_ = {true, size_ < kKept ? size_ : kSomewhere};
}

}  // namespace fozzy

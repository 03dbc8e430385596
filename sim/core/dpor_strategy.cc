#include "sim/core/dpor_strategy.h"

#include "sim/core/dpor_bytes.h"

namespace fozzy {

bool DporStrategy::Begin(uint64_t) {
  next_ = 0;
  since_ = 0;
  is_abandoned_ = false;
  history_.Clear();
  return !is_done_ && complete_ + blocked_ < options_.runs_max;
}

uint32_t DporStrategy::PickTask(const TaskChoice& choice) {
  if (is_abandoned_) return kAbandon;
  const uint32_t ops = history_.size();
  if (next_ < stack_.size()) {
    const DporStack::Question& question = stack_[next_];
    has_drifted_ = !question.is_task || question.ops != ops ||
                   question.last != choice.runnable.size() - 1;
    is_abandoned_ = has_drifted_;
  } else {
    is_abandoned_ = !stack_.PushTask(ops, choice, history_.Since(since_));
  }
  if (is_abandoned_) return kAbandon;
  since_ = ops;
  return static_cast<uint32_t>(stack_[next_++].answer);
}

uint64_t DporStrategy::PickValue(const ValueChoice& choice) {
  if (is_abandoned_) return 0;
  if (choice.last > kLastMax) {
    has_left_out_ = true;
    return 0;
  }
  const uint32_t ops = history_.size();
  if (next_ == stack_.size()) {
    stack_.PushValue(ops, choice.last);
  } else {
    const DporStack::Question& question = stack_[next_];
    has_drifted_ =
        question.is_task || question.ops != ops || question.last != choice.last;
    is_abandoned_ = has_drifted_;
    if (is_abandoned_) return 0;
  }
  const uint64_t answer = stack_[next_++].answer;
  history_.NoteAnswer(choice.kind, answer);
  return answer;
}

void DporStrategy::End(const RunSummary& summary) {
  if (next_ < stack_.size()) has_drifted_ = true;
  if (has_drifted_) {
    is_done_ = true;
    return;
  }
  const bool is_blocked =
      is_abandoned_ || stack_.HasSleeperRun(history_.Since(since_));
  ++(is_blocked ? blocked_ : complete_);
  const std::span<const Op> waiting =
      is_abandoned_ ? std::span<const Op>() : summary.waiting;
  history_.PlanReversals(known_, !is_blocked, waiting);
  known_ = stack_.Advance();
  is_done_ = known_ == DporStack::kDone;
}

size_t DporStrategy::Save(std::span<std::byte> out) const {
  ByteWriter writer(out);
  writer.Write(complete_);
  writer.Write(blocked_);
  writer.Write(is_done_ ? 1 : 0);
  writer.Write(has_left_out_ ? 1 : 0);
  writer.Write(has_drifted_ ? 1 : 0);
  stack_.Save(writer);
  return writer.size();
}

bool DporStrategy::Load(std::span<const std::byte> bytes) {
  ByteReader reader(bytes);
  complete_ = reader.Read(kUnbounded);
  blocked_ = reader.Read(kUnbounded);
  is_done_ = reader.Read(1) != 0;
  has_left_out_ = reader.Read(1) != 0;
  has_drifted_ = reader.Read(1) != 0;
  known_ = 0;
  return stack_.Load(reader) && reader.left() == 0;
}

}  // namespace fozzy

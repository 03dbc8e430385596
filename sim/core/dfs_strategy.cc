#include "sim/core/dfs_strategy.h"

#include "sim/core/dpor_bytes.h"

namespace fozzy {

bool DfsStrategy::Begin(uint64_t) {
  next_ = 0;
  preemptions_ = 0;
  return !is_done_ && runs_ < options_.runs_max;
}

uint32_t DfsStrategy::PickTask(const TaskChoice& choice) {
  const bool can_go_on = choice.runnable[0] == choice.current;
  if (can_go_on && preemptions_ == options_.preemptions_max) {
    has_left_out_ = true;
    return 0;
  }
  const auto answer = static_cast<uint32_t>(Answer(choice.runnable.size() - 1));
  const bool is_preemption =
      can_go_on && answer != 0 && choice.runnable[answer] != kTimerTask;
  if (is_preemption) ++preemptions_;
  return answer;
}

uint64_t DfsStrategy::PickValue(const ValueChoice& choice) {
  if (choice.last <= kLastMax) return Answer(choice.last);
  has_left_out_ = true;
  return 0;
}

uint64_t DfsStrategy::Answer(uint64_t last) {
  if (next_ < stack_.size() && stack_[next_].last != last) {
    has_drifted_ = true;
    stack_.resize(next_);
  }
  if (next_ == stack_.size()) stack_.push_back({.answer = 0, .last = last});
  return stack_[next_++].answer;
}

void DfsStrategy::End(const RunSummary&) {
  ++runs_;
  if (next_ < stack_.size()) has_drifted_ = true;
  while (!stack_.empty() && stack_.back().answer == stack_.back().last) {
    stack_.pop_back();
  }
  if (stack_.empty() || has_drifted_) {
    is_done_ = true;
    return;
  }
  ++stack_.back().answer;
}

size_t DfsStrategy::Save(std::span<std::byte> out) const {
  ByteWriter writer(out);
  writer.Write(runs_);
  writer.Write(is_done_ ? 1 : 0);
  writer.Write(has_left_out_ ? 1 : 0);
  writer.Write(has_drifted_ ? 1 : 0);
  writer.Write(stack_.size());
  for (const Question& question : stack_) {
    writer.Write(question.last);
    writer.Write(question.answer);
  }
  return writer.size();
}

bool DfsStrategy::Load(std::span<const std::byte> bytes) {
  ByteReader reader(bytes);
  runs_ = reader.Read(kUnbounded);
  is_done_ = reader.Read(1) != 0;
  has_left_out_ = reader.Read(1) != 0;
  has_drifted_ = reader.Read(1) != 0;
  const uint64_t size = reader.Read(reader.left());
  stack_.clear();
  for (uint64_t i = 0; i < size && reader.is_sound(); ++i) {
    const uint64_t last = reader.Read(kUnbounded);
    stack_.push_back({.answer = reader.Read(last), .last = last});
  }
  if (reader.is_sound() && reader.left() == 0) return true;
  runs_ = 0;
  is_done_ = false;
  has_left_out_ = false;
  has_drifted_ = false;
  stack_.clear();
  return false;
}

}  // namespace fozzy

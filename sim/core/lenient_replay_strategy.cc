#include "sim/core/lenient_replay_strategy.h"

#include <algorithm>

namespace fozzy {

LenientReplayStrategy::LenientReplayStrategy(const Options& options)
    : answers_(options.answers), schedule_(options.schedule) {}

bool LenientReplayStrategy::Begin(uint64_t run_index) {
  segment_ = 0;
  points_ = 0;
  misfits_ = 0;
  return run_index == 0;
}

uint32_t LenientReplayStrategy::PickTask(const TaskChoice& choice) {
  uint32_t index = 0;
  if (Follow(choice, index)) return index;
  NextSegment();
  if (Follow(choice, index)) return index;
  ++misfits_;
  return 0;
}

uint64_t LenientReplayStrategy::PickValue(const ValueChoice& choice) {
  const KeyedAnswer* found = FindAnswer(answers_, choice.key);
  if (found != nullptr && found->answer <= choice.last) return found->answer;
  ++misfits_;
  return 0;
}

// Returns true and the index of the task of the current segment if that can
// run.
bool LenientReplayStrategy::Follow(const TaskChoice& choice, uint32_t& index) {
  while (segment_ < schedule_.size() && points_ == schedule_[segment_].points) {
    NextSegment();
  }
  if (segment_ == schedule_.size()) return false;
  const auto found = std::find(choice.runnable.begin(), choice.runnable.end(),
                               schedule_[segment_].task);
  if (found == choice.runnable.end()) return false;
  ++points_;
  index = static_cast<uint32_t>(found - choice.runnable.begin());
  return true;
}

void LenientReplayStrategy::NextSegment() {
  if (segment_ < schedule_.size()) ++segment_;
  points_ = 0;
}

}  // namespace fozzy

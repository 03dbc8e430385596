#include "sim/core/strict_replay_strategy.h"

#include "sim/base/check.h"

namespace fozzy {

StrictReplayStrategy::StrictReplayStrategy(const Options& options)
    : source_(*options.source), expects_all_(options.expects_all) {}

bool StrictReplayStrategy::Begin(uint64_t run_index) {
  if (run_index != 0 || has_begun_) return false;
  has_begun_ = true;
  return true;
}

uint32_t StrictReplayStrategy::PickTask(const TaskChoice& choice) {
  return static_cast<uint32_t>(
      Answer({ChoiceKind::kTask, choice.current, choice.runnable.size() - 1}));
}

uint64_t StrictReplayStrategy::PickValue(const ValueChoice& choice) {
  return Answer({choice.kind, choice.key.task, choice.last});
}

void StrictReplayStrategy::End(const RunSummary&) {
  if (!expects_all_ || drift_) return;
  Decision recorded;
  if (!source_.Next(&recorded)) return;
  DriftAt(Drift::Cause::kRunEnded, {}, recorded);
}

uint64_t StrictReplayStrategy::Answer(const Question& question) {
  FOZZY_CHECK(has_begun_);
  if (drift_) return 0;
  Decision recorded;
  if (!source_.Next(&recorded)) {
    return DriftAt(Drift::Cause::kRecordingEnded, question, {});
  }
  if (recorded.kind != question.kind || recorded.task != question.task) {
    return DriftAt(Drift::Cause::kOtherQuestion, question, recorded);
  }
  if (recorded.answer > question.last) {
    return DriftAt(Drift::Cause::kAnswerTooLarge, question, recorded);
  }
  ++replayed_;
  return recorded.answer;
}

// Returns the answer after a drift.
uint64_t StrictReplayStrategy::DriftAt(Drift::Cause cause,
                                       const Question& question,
                                       const Decision& recorded) {
  drift_ = Drift{cause,         replayed_,     question.kind,
                 question.task, question.last, recorded};
  return 0;
}

}  // namespace fozzy

#include "sim/core/feedback_strategy.h"

#include "sim/core/racing.h"
#include "sim/core/random_walk_strategy.h"
#include "sim/core/run_rng.h"
#include "sim/core/task_cycle.h"

namespace fozzy {
namespace {

constexpr uint64_t kLabel = LabelOf("feedback");
constexpr uint64_t kWalkOneIn = 4;

// By object where no site is known.
uint64_t WhatOf(const Op& op) {
  const uint64_t where = op.site != 0 ? op.site : uint64_t{1} << 32 | op.object;
  return where << 8 | static_cast<uint8_t>(op.kind);
}

}  // namespace

FeedbackStrategy::FeedbackStrategy(const Options& options, Arena& arena)
    : seed_(options.seed),
      corpus_(arena),
      touched_(arena),
      marked_(arena),
      new_marks_(arena) {
  touched_.resize(kObjects);
  marked_.resize(FeedbackCorpus::kMarks / 64);
  new_marks_.resize(FeedbackCorpus::kNewMarksMax);
}

bool FeedbackStrategy::Begin(uint64_t run_index) {
  corpus_.Advance(run_index / FeedbackCorpus::kEpochRuns);
  rng_ = RunRng(kLabel, seed_, run_index);
  index_ = run_index;
  ++begun_;
  question_ = 0;
  first_.Start({}, 0);
  second_.Start({}, 0);
  first_left_ = 0;
  flips_size_ = 0;
  recorder_.Clear();
  new_marks_.clear();
  for (uint64_t& word : marked_) word = 0;
  const bool is_walk = rng_.UpTo(kWalkOneIn - 1) == 0;
  if (corpus_.size() != 0 && !is_walk) PlanMutation();
  values_.Begin(rng_);
  return true;
}

void FeedbackStrategy::PlanMutation() {
  const uint32_t entry = corpus_.Draw(rng_);
  const uint64_t count = corpus_.CountOf(entry);
  first_.Start(corpus_.AnswersOf(entry), 0);
  switch (rng_.UpTo(2)) {
    case 0:
      first_left_ = rng_.UpTo(count);
      break;
    case 1:
      first_left_ = count;
      flips_size_ = 1 + static_cast<uint32_t>(rng_.UpTo(kFlipsMax - 1));
      for (uint64_t& flip : flips_) flip = rng_.UpTo(count);
      break;
    default: {
      first_left_ = rng_.UpTo(count);
      const uint32_t other = corpus_.Draw(rng_);
      const uint64_t from = rng_.UpTo(corpus_.CountOf(other));
      second_.Start(corpus_.AnswersOf(other), from);
      break;
    }
  }
}

// Returns null where nothing is planned, or something else.
const AnswerRun* FeedbackStrategy::NextPlanned() {
  const uint64_t question = question_++;
  const AnswerRun* planned = nullptr;
  if (first_left_ != 0) {
    --first_left_;
    planned = first_.Next();
  } else {
    planned = second_.Next();
  }
  for (uint32_t i = 0; i < flips_size_; ++i) {
    if (flips_[i] == question) return nullptr;
  }
  return planned;
}

uint32_t FeedbackStrategy::PickTask(const TaskChoice& choice) {
  const AnswerRun* planned = NextPlanned();
  uint32_t pick = kNotRunnable;
  if (planned != nullptr && planned->kind == ChoiceKind::kTask) {
    pick = IndexOf(choice, {static_cast<uint32_t>(planned->answer)});
  }
  if (pick == kNotRunnable) pick = DrawTask(choice.runnable, rng_, values_);
  recorder_.Append(ChoiceKind::kTask, choice.runnable[pick].value);
  return pick;
}

uint64_t FeedbackStrategy::PickValue(const ValueChoice& choice) {
  const AnswerRun* planned = NextPlanned();
  const bool fits = planned != nullptr && planned->kind == choice.kind &&
                    planned->answer <= choice.last;
  const uint64_t answer = fits ? planned->answer : values_.Pick(choice);
  recorder_.Append(choice.kind, answer);
  return answer;
}

void FeedbackStrategy::Executed(const Op& op) {
  if (!HasObject(op.kind) || IsOfTask(op.kind)) return;
  Touched& touched = touched_[op.object % kObjects];
  if (touched.object != op.object || touched.run != begun_) {
    touched = {.object = op.object, .run = begun_};
  }
  if (IsRacing(touched.changed, op)) MarkPair(touched.changed, op);
  if (IsRacing(touched.read, op)) MarkPair(touched.read, op);
  (IsReading(op.kind) ? touched.read : touched.changed) = op;
}

void FeedbackStrategy::MarkPair(const Op& first, const Op& second) {
  const uint64_t what = FastRng(WhatOf(first), WhatOf(second)).Next();
  Mark(static_cast<uint32_t>(what % FeedbackCorpus::kMinorMark));
}

void FeedbackStrategy::Mark(uint32_t mark) {
  if (corpus_.IsKnown(mark)) return;
  uint64_t& word = marked_[mark / 64];
  const uint64_t bit = uint64_t{1} << (mark % 64);
  if ((word & bit) != 0) return;
  word |= bit;
  if (new_marks_.size() < FeedbackCorpus::kNewMarksMax) {
    new_marks_.push_back(mark);
  }
}

void FeedbackStrategy::End(const RunSummary& summary) {
  constexpr uint64_t kMinorMarks =
      FeedbackCorpus::kMarks - FeedbackCorpus::kMinorMark;
  Mark(FeedbackCorpus::kMinorMark +
       static_cast<uint32_t>(summary.digest % kMinorMarks));
  if (new_marks_.empty()) return;
  corpus_.Discover(index_, new_marks_.span(), recorder_.span());
}

}  // namespace fozzy

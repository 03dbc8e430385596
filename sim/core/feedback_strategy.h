// Changes runs that reached something new.
#ifndef FOZZY_SIM_CORE_FEEDBACK_STRATEGY_H_
#define FOZZY_SIM_CORE_FEEDBACK_STRATEGY_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/base/fast_rng.h"
#include "sim/core/answer_list.h"
#include "sim/core/arena.h"
#include "sim/core/arena_vector.h"
#include "sim/core/feedback_corpus.h"
#include "sim/core/value_draw.h"

namespace fozzy {

// One run in four, and all until something is known, is a random walk.  The
// others repeat a run that reached something new, but for one change:
//
//   truncate  up to a point, and go on at random
//   flip      1 to 4 answers are drawn anew
//   splice    up to a point, then another kept run from a point of its own
//
// Where what is repeated does not fit the question, the answer is drawn.
//
// New is a pair of an op and the last one by another task on the same object
// that it conflicts with, both by site and kind: which store a load reads,
// mostly; or, of little weight, an outcome: RunSummary::digest by 64 classes.
//
// Any number of workers give the same runs if the driver keeps to epochs of
// FeedbackCorpus::kEpochRuns runs by index, in ascending order: when all of one
// have ended it lets each worker Load what every other one has Saved, before
// any begins a run of the next.  Within an epoch runs may be begun in any
// order.  One worker alone needs nothing of that.  What a worker learned that
// was neither saved nor loaded is lost with it: before the next epoch its runs
// must be done again.
//
// Source: the mutations are those of greybox fuzzing, the pairs those of Wolff,
// Shi, Duck, Mathur, Roychoudhury, "Greybox Fuzzing for Concurrency Testing",
// ASPLOS 2024; unlike there whole lists of answers are kept, not constraints.
class FeedbackStrategy final : public Strategy {
 public:
  struct Options {
    uint64_t seed = 0;
  };
  FeedbackStrategy(const Options& options, Arena& arena);

  // Requires that `run_index` is not in an epoch before that of the last run.
  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  bool WantsOps() const override { return true; }
  void Executed(const Op& op) override;
  void End(const RunSummary& summary) override;
  size_t Save(std::span<std::byte> out) const override {
    return corpus_.Save(out);
  }

  // See FeedbackCorpus::Load.
  bool Load(std::span<const std::byte> saved) { return corpus_.Load(saved); }

 private:
  static constexpr uint32_t kFlipsMax = 4;
  static constexpr uint32_t kObjects = 1024;

  // What last happened to an object; forgotten when another takes its place.
  struct Touched {
    uint32_t object = 0;
    uint64_t run = 0;  // as begun_; 0: never
    Op changed = {};   // kNone: not in this run
    Op read = {};
  };

  void PlanMutation();
  const AnswerRun* NextPlanned();
  void MarkPair(const Op& first, const Op& second);
  void Mark(uint32_t mark);

  const uint64_t seed_;
  FeedbackCorpus corpus_;
  FastRng rng_{0};
  uint64_t index_ = 0;
  uint64_t begun_ = 0;  // runs, this one included
  // The plan: `first_` for `first_left_` questions, then `second_`.
  AnswerReader first_;
  AnswerReader second_;
  uint64_t first_left_ = 0;
  uint64_t question_ = 0;
  uint64_t flips_[kFlipsMax] = {};
  uint32_t flips_size_ = 0;
  // What this run did and reached; each as long as it ever gets.
  AnswerRecorder<FeedbackCorpus::kAnswersMax> recorder_;
  ArenaVector<Touched> touched_;
  ArenaVector<uint64_t> marked_;     // bits: by this run
  ArenaVector<uint32_t> new_marks_;  // not known before this epoch
  ValueDraw values_{ValueDraw::Oddity::kOften};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_FEEDBACK_STRATEGY_H_

// Repeats a recorded run to the letter, or says where it differs.
#ifndef FOZZY_SIM_CORE_STRICT_REPLAY_STRATEGY_H_
#define FOZZY_SIM_CORE_STRICT_REPLAY_STRATEGY_H_

#include <cstdint>
#include <optional>

#include "fozzy/strategy.h"
#include "sim/core/decision_source.h"

namespace fozzy {

// The first place where a run and its recording part.
struct Drift {
  enum class Cause : uint8_t {
    kOtherQuestion = 0,  // another kind, or another task asked
    kAnswerTooLarge,     // fewer answers are possible than when recorded
    kRecordingEnded,     // the run asks more than was recorded
    kRunEnded,           // the recording holds more than the run asked
  };

  Cause cause = Cause::kOtherQuestion;
  uint64_t decision = 0;  // which one, from 0
  // What the run asked; not with kRunEnded.
  ChoiceKind kind = ChoiceKind::kTask;
  TaskId task = {};
  uint64_t last = 0;
  // What the recording holds; not with kRecordingEnded.
  Decision recorded = {};

  friend bool operator==(const Drift&, const Drift&) = default;
};

// Answers each question with the decision recorded at the same position.  It
// must be of the same kind and task, and possible.  After the first one that is
// not, all answers are 0, so that the run comes to an end.
class StrictReplayStrategy final : public Strategy {
 public:
  struct Options {
    DecisionSource* source = nullptr;  // not owned, required, at its start
    bool expects_all = true;  // decisions left when the run ends are a drift
  };
  explicit StrictReplayStrategy(const Options& options);

  // True for run 0, once: a source is read through only once.
  bool Begin(uint64_t run_index) override;
  uint32_t PickTask(const TaskChoice& choice) override;
  uint64_t PickValue(const ValueChoice& choice) override;
  void End(const RunSummary& summary) override;

  const std::optional<Drift>& drift() const { return drift_; }

  // How many decisions were replayed.
  uint64_t replayed() const { return replayed_; }

 private:
  struct Question {
    ChoiceKind kind;
    TaskId task;
    uint64_t last;
  };
  uint64_t Answer(const Question& question);
  uint64_t DriftAt(Drift::Cause cause, const Question& question,
                   const Decision& recorded);

  DecisionSource& source_;
  const bool expects_all_;
  bool has_begun_ = false;
  uint64_t replayed_ = 0;
  std::optional<Drift> drift_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_STRICT_REPLAY_STRATEGY_H_

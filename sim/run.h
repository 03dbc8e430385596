// One run: where questions are asked, events told and the world listened to.
#ifndef FOZZY_SIM_RUN_H_
#define FOZZY_SIM_RUN_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "fozzy/decision.h"
#include "fozzy/strategy.h"
#include "sim/base/digest.h"

namespace fozzy {

// Hears everything a run does, in order: to record it, or to compare it with
// a recording.
class RunSink {
 public:
  virtual ~RunSink() = default;

  virtual void OnDecision(const Decision& decision) = 0;
  virtual void OnEvent(const Event& event) = 0;
  virtual void OnObservation(const Observation& observation) = 0;
};

// Says what the world said when the run was recorded.
class ObservationSource {
 public:
  virtual ~ObservationSource() = default;

  // Returns the next observation if it comes next in the recording and is of
  // `kind`; else the run has drifted.
  virtual std::optional<Observation> Next(ObservationKind kind) = 0;

  // Whether an observation of `kind` comes next.
  virtual bool IsNext(ObservationKind kind) = 0;
};

// One execution of a scenario under one strategy.
class Run {
 public:
  struct Options {
    Strategy* strategy = nullptr;           // not owned, required, begun
    RunSink* sink = nullptr;                // not owned, may be null
    ObservationSource* recorded = nullptr;  // not owned; null: ask the world
  };
  explicit Run(const Options& options);

  // Returns the strategy's answer, 0 to `last`.  With `last` 0 there is
  // nothing to ask: the answer is 0 and nothing is recorded.
  uint64_t Choose(ChoiceKind kind, uint64_t last, Weight weight = {},
                  uint64_t draw = kNoDraw) {
    return Ask({.kind = kind, .last = last, .weight = weight, .draw = draw});
  }

  // The same with all that may be said of a question, but for its key.
  uint64_t Ask(ValueChoice choice);

  // Whether the strategy makes use of ValueChoice::offers.
  bool wants_offers() const { return wants_offers_; }

  // Tells the sink that something happened.
  void Tell(const Event& event);
  void Tell(EventKind kind, uint64_t time,
            std::initializer_list<uint64_t> numbers,
            std::initializer_list<std::string_view> texts = {}) {
    Tell({kind,
          time,
          {numbers.begin(), numbers.size()},
          {texts.begin(), texts.size()}});
  }

  // Returns what the world says: `ask` is called, or, on replay, the recording
  // is read.  Nothing if the recording says something else here.
  std::optional<Observation> Observe(ObservationKind kind,
                                     absl::FunctionRef<Observation()> ask);

  // Whether a moment that only the world knows has come: `ask` is called, or,
  // on replay, true iff it had come here when the run was recorded.  Only
  // "yes" is recorded.
  bool HasCome(ObservationKind kind, absl::FunctionRef<bool()> ask);

  // Whether the world is read from a recording.
  bool is_replay() const { return recorded_ != nullptr; }

  // Whether there was a question so far.
  bool was_asked() const {
    for (const uint64_t asked : asked_) {
      if (asked != 0) return true;
    }
    return false;
  }

  // Over all decisions, events and observations so far.
  const Digest& digest() const { return digest_; }

 private:
  void Keep(const Observation& observation);

  Strategy& strategy_;
  const bool wants_offers_;
  RunSink* sink_;
  ObservationSource* recorded_;
  uint64_t asked_[kChoiceKinds] = {};
  Digest digest_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_RUN_H_

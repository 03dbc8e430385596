// A recording, read along with the run that repeats it.
#ifndef FOZZY_SCENARIOS_REPLAY_CURSOR_H_
#define FOZZY_SCENARIOS_REPLAY_CURSOR_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "scenarios/replay.h"
#include "sim/core/decision_source.h"
#include "sim/run.h"
#include "trace/reader.h"

namespace fozzy {

// Hands the answers and observations of a recording to a run and compares
// what the run does with what was recorded.  The first difference is kept;
// after it nothing is served, so that the run comes to an end.
class ReplayCursor final : public DecisionSource,
                           public ObservationSource,
                           public RunSink {
 public:
  // `reader` is not owned and has not been asked for records.
  explicit ReplayCursor(TraceReader& reader);

  bool Next(Decision* decision) override;
  std::optional<Observation> Next(ObservationKind kind) override;
  bool IsNext(ObservationKind kind) override;

  void OnDecision(const Decision& decision) override;
  void OnEvent(const Event& event) override;
  void OnObservation(const Observation&) override {}

  // To be called after the run: what is left in the recording is a drift.
  void Finish();

  // Notes a difference found elsewhere.
  void Differ(std::string recorded, std::string replayed);

  const std::optional<ReplayDrift>& drift() const { return drift_; }

  // What went wrong reading the trace.
  const absl::Status& status() const { return status_; }

  // Whether the recording has no footer, and the run has come to its end.
  bool is_past_partial() const { return is_past_partial_; }

 private:
  void Advance();
  bool IsLost() const { return drift_.has_value() || !status_.ok(); }
  bool HasEnded();

  TraceReader& reader_;
  TraceRecord next_;
  bool has_next_ = false;
  bool is_past_partial_ = false;
  uint64_t index_ = 0;
  std::optional<uint64_t> step_;
  std::optional<Decision> served_;
  std::optional<ReplayDrift> drift_;
  absl::Status status_;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_REPLAY_CURSOR_H_

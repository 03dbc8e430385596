// Recording runs into traces.
#ifndef FOZZY_SCENARIOS_RECORD_H_
#define FOZZY_SCENARIOS_RECORD_H_

#include <string>

#include "absl/strings/string_view.h"
#include "fozzy/trace.h"
#include "scenarios/run_config.h"
#include "scenarios/run_report.h"
#include "scenarios/scenario.h"
#include "sim/run.h"
#include "trace/writer.h"

namespace fozzy {

// Writes what a run does into a trace.
class TraceSink final : public RunSink {
 public:
  // `writer` is not owned.
  explicit TraceSink(TraceWriter& writer) : writer_(writer) {}

  void OnDecision(const Decision& decision) override {
    writer_.OnDecision(decision);
  }
  void OnEvent(const Event& event) override { writer_.OnEvent(event); }
  void OnObservation(const Observation& observation) override {
    writer_.OnObservation(observation);
  }

 private:
  TraceWriter& writer_;
};

// How a recording came about.
struct RecordingInfo {
  absl::string_view mode;      // "run", "explore" or "test"
  absl::string_view strategy;  // ScheduleStrategy::name
  absl::string_view tool_version;
};

TraceHeader MakeHeader(const Scenario& scenario, const RunConfig& config,
                       const RecordingInfo& info);

TraceFooter MakeFooter(const RunReport& report);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_RECORD_H_

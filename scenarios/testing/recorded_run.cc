#include "scenarios/testing/recorded_run.h"

#include <utility>

#include "scenarios/record.h"
#include "scenarios/replay.h"
#include "scenarios/run_scenario.h"
#include "scenarios/schedule.h"
#include "sim/base/check.h"
#include "trace/writer.h"

namespace fozzy {

RunReport RecordRun(const Scenario& scenario, const ScenarioRunOptions& options,
                    const std::string& path) {
  ScheduleStrategy schedule(scenario.variant(), options.config);
  TraceWriter::Options trace;
  trace.path = path;
  trace.header =
      MakeHeader(scenario, options.config, {"run", schedule.name(), "0"});
  trace.scenario = scenario.source();
  TraceWriter writer(std::move(trace));
  TraceSink sink(writer);
  RunInputs inputs;
  inputs.scenario = &scenario;
  inputs.config = &options.config;
  inputs.strategy =
      options.strategy == nullptr ? &schedule.strategy() : options.strategy;
  inputs.sink = &sink;
  inputs.host = options.host;
  absl::StatusOr<RunReport> report = RunScenario(inputs);
  FOZZY_CHECK(report.ok());
  FOZZY_CHECK(writer.Finish(MakeFooter(*report)).ok());
  return *std::move(report);
}

std::string DriftOf(const std::string& path) {
  const absl::StatusOr<ReplayReport> replay = ReplayTrace({path});
  if (!replay.ok()) return replay.status().ToString();
  return replay->drift ? replay->drift->Text() : "";
}

}  // namespace fozzy

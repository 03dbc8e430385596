#include "cli/execute.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "backends/host/host_proc.h"
#include "cli/host_world.h"
#include "cli/version.h"
#include "scenarios/record.h"
#include "scenarios/run_scenario.h"
#include "scenarios/schedule.h"
#include "sim/base/status_macros.h"
#include "trace/writer.h"

namespace fozzy {
namespace {

TraceWriter::Options WriterOptions(const Execution& execution,
                                   absl::string_view strategy) {
  const RecordingInfo info = {execution.mode, strategy, kVersion};
  TraceWriter::Options options;
  options.path = execution.trace.path;
  options.replaces = execution.trace.replaces;
  options.next_path = execution.trace.next_path;
  options.header = MakeHeader(*execution.scenario, *execution.config, info);
  options.scenario = execution.scenario->source();
  return options;
}

}  // namespace

absl::StatusOr<Executed> Execute(const Execution& execution) {
  const Scenario& scenario = *execution.scenario;
  const RunConfig& config = *execution.config;
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<HostWorld> world,
                         HostWorld::Make(config));
  ScheduleStrategy schedule(scenario.variant(), config);
  std::optional<TraceWriter> writer;
  std::optional<TraceSink> sink;
  if (execution.keep != KeepTrace::kNever) {
    writer.emplace(WriterOptions(execution, schedule.name()));
    sink.emplace(*writer);
  }
  RunInputs inputs;
  inputs.scenario = &scenario;
  inputs.config = &config;
  inputs.strategy =
      execution.strategy != nullptr ? execution.strategy : &schedule.strategy();
  inputs.sink = sink ? &*sink : nullptr;
  inputs.host = world->host();

  Executed executed;
  FOZZY_ASSIGN_OR_RETURN(executed.report, RunScenario(inputs));
  const bool is_kept = execution.keep == KeepTrace::kAlways ||
                       (execution.keep == KeepTrace::kUnlessPassed &&
                        executed.report.status != RunStatus::kPass);
  if (!is_kept) return executed;
  const absl::Status finished = writer->Finish(MakeFooter(executed.report));
  if (finished.ok()) {
    executed.trace_path = writer->path();
  } else if (execution.keep == KeepTrace::kAlways) {
    return finished;
  } else {
    // Nobody asked for it: what was found matters more.
    executed.warning = absl::StrCat("no trace was kept: ", finished.message());
  }
  return executed;
}

namespace {

// Traces that one process is given, so that its command line is not too long.
constexpr size_t kTracesPerProcess = 500;

absl::StatusOr<std::vector<bool>> ReplayInOne(
    std::span<const std::string> traces) {
  // The configuration has no say in a replay.
  std::vector<std::string> args = {"confirm", "--config", "/dev/null", "--"};
  args.insert(args.end(), traces.begin(), traces.end());
  HostProc proc;
  const ProcResult result = proc.Spawn({"/proc/self/exe", args, 0});
  const std::vector<std::string> lines =
      absl::StrSplit(result.out, '\n', absl::SkipEmpty());
  if (result.end != ProcResult::End::kExited || lines.size() != traces.size()) {
    return absl::UnavailableError(
        absl::StrCat("could not replay in a fresh process: ",
                     result.reason.empty() ? result.err : result.reason));
  }
  std::vector<bool> are_same;
  for (const std::string& line : lines) are_same.push_back(line == "same");
  return are_same;
}

}  // namespace

absl::StatusOr<std::vector<bool>> ReplayElsewhere(
    const std::vector<std::string>& traces) {
  std::vector<bool> all;
  for (size_t i = 0; i < traces.size(); i += kTracesPerProcess) {
    FOZZY_ASSIGN_OR_RETURN(
        const std::vector<bool> some,
        ReplayInOne(std::span(traces).subspan(
            i, std::min(kTracesPerProcess, traces.size() - i))));
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace fozzy

#include "cli/run_one.h"

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cli/execute.h"
#include "cli/exit_code.h"
#include "cli/invocation.h"
#include "cli/record_path.h"
#include "cli/shell_word.h"
#include "sim/base/status_macros.h"

namespace fozzy {

absl::Status PlanTrace(const Context& context, Invocation& invocation,
                       absl::string_view mode, Execution& execution) {
  FOZZY_RETURN_IF_ERROR(invocation.MakeFolder());
  execution.keep = KeepTrace::kUnlessPassed;
  execution.trace.path = invocation.ArtifactPath("trace.fozzy");
  if (const auto path = context.args.Text("--record")) {
    const std::string collision =
        context.args.Text("--record-collision")
            .value_or(mode == "explore" ? "error" : "append");
    FOZZY_ASSIGN_OR_RETURN(execution.trace, RecordPath(*path, collision));
    execution.keep = KeepTrace::kAlways;
  } else if (context.args.Text("--reporter") == "html") {
    execution.keep = KeepTrace::kAlways;  // the timeline is read from it
  }
  return absl::OkStatus();
}

absl::Status ConfirmFinding(const RunConfig& config, Executed& executed) {
  RunReport& report = executed.report;
  if (report.findings.empty() || !config.is_repeatable()) {
    return absl::OkStatus();
  }
  FOZZY_ASSIGN_OR_RETURN(const std::vector<bool> are_same,
                         ReplayElsewhere({executed.trace_path}));
  if (are_same[0]) return absl::OkStatus();
  const Finding first = report.findings[0];
  report.findings.insert(
      report.findings.begin(),
      {FindingKind::kNondeterminism,
       "not_reproduced",
       absl::StrCat("a fresh process did not come to ", Signature(first)),
       first.step,
       {}});
  return absl::OkStatus();
}

int RunOne(Context& context, LoadedScenario loaded, absl::string_view mode) {
  const Scenario& scenario = loaded.scenario;
  const absl::StatusOr<RunConfig> config = ReadRunConfig(context);
  if (!config.ok()) return context.output.Fail(config.status());
  const bool has_cluster = scenario.variant() == ScenarioVariant::kDistributed;
  absl::Status status = CheckPresets(*config, has_cluster);
  if (!status.ok()) return context.output.Fail(status);
  Invocation invocation(context, mode);
  Execution execution;
  execution.scenario = &scenario;
  execution.config = &*config;
  execution.mode = mode;
  status = PlanTrace(context, invocation, mode, execution);
  if (!status.ok()) return context.output.Fail(status);
  absl::StatusOr<Executed> executed = Execute(execution);
  if (!executed.ok()) return context.output.Fail(executed.status());
  status = ConfirmFinding(*config, *executed);
  if (!status.ok()) return context.output.Fail(status);

  const RunReport& report = executed->report;
  RunSummaryDoc& summary = invocation.summary();
  summary.identity.seed = config->seed;
  summary.identity.trace_path = executed->trace_path;
  summary.is_recorded = context.args.Has("--record");
  summary.warnings = std::move(loaded.warnings);
  if (!executed->warning.empty()) summary.warnings.push_back(executed->warning);
  const std::string elsewhere =
      RecordWarning(execution.trace, executed->trace_path);
  if (!elsewhere.empty()) summary.warnings.push_back(elsewhere);
  invocation.SetReport(scenario, scenario.path(), report);
  if (report.status != RunStatus::kPass) {
    summary.reproduce =
        config->has_host()
            ? absl::StrCat("fozzy replay ", PathWord(executed->trace_path))
            : ReproduceLine(scenario, *config);
  }
  return invocation.Finish(ExitCodeOf(report.status));
}

}  // namespace fozzy

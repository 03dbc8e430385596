#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backends/host/interrupts.h"
#include "cli/context.h"
#include "cli/doctor_audit.h"
#include "cli/doctor_checks.h"
#include "cli/doctor_report.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/run_setup.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr uint64_t kDefaultSeed = 0xC0DEC0DE;
constexpr uint64_t kDefaultRuns = 3;
constexpr uint64_t kRunsMin = 2;
constexpr uint64_t kRunsMax = 1000;

// Returns the scenario that the command line names.
absl::StatusOr<std::string> ScenarioOf(const ParsedArgs& args) {
  const std::optional<std::string> flag = args.Text("--scenario");
  const std::vector<std::string>& positionals = args.positionals();
  if (flag && !positionals.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("found two scenarios, ", *flag, " and ", positionals[0],
                     "; expected one"));
  }
  if (flag) return *flag;
  if (!positionals.empty()) return positionals[0];
  return absl::InvalidArgumentError(
      "doctor --deep needs a scenario to run: --scenario PATH");
}

// Says which flag is without effect, if one is.
absl::Status CheckShallow(const ParsedArgs& args) {
  for (const char* flag : {"--scenario", "--runs", "--seed"}) {
    if (args.Has(flag)) {
      return absl::InvalidArgumentError(
          absl::StrCat(flag, " needs --deep, which runs a scenario"));
    }
  }
  if (args.positionals().empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "running ", args.positionals()[0], " several times needs --deep"));
}

std::string Absolute(const std::string& path) {
  std::error_code error;
  return std::filesystem::absolute(path, error).string();
}

absl::StatusOr<AuditPlan> PlanAudit(Context& context,
                                    const std::string& scenario) {
  const uint64_t runs = context.args.U64("--runs").value_or(kDefaultRuns);
  if (runs < kRunsMin || runs > kRunsMax) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--runs is ", runs, ", expected ", kRunsMin, " to ", kRunsMax));
  }
  AuditPlan plan;
  plan.scenario = Absolute(scenario);
  const std::string config = ConfigPath(context);
  if (!config.empty()) plan.config = Absolute(config);
  plan.seed = context.args.U64("--seed").value_or(kDefaultSeed);
  plan.runs = static_cast<uint32_t>(runs);
  plan.backends = ChooseBackends(context.args, context.config);
  plan.progress = [&output = context.output](absl::string_view line) {
    output.Progress(line);
  };
  return plan;
}

// Returns where in the file the runs part.
std::string PlaceOf(const Scenario& scenario, const Audit& audit) {
  if (!audit.difference || !audit.difference->step) return "";
  const uint64_t step = *audit.difference->step;
  if (step >= scenario.step_count()) return "";
  const StepLocation location =
      scenario.LocationOf(static_cast<uint32_t>(step));
  return absl::StrCat(scenario.path(), ":", location.position.line, ":",
                      location.position.column, ", ", location.type);
}

absl::StatusOr<AuditReport> RunAudit(Context& context) {
  AuditReport report;
  FOZZY_ASSIGN_OR_RETURN(report.scenario, ScenarioOf(context.args));
  FOZZY_ASSIGN_OR_RETURN(const AuditPlan plan,
                         PlanAudit(context, report.scenario));
  // What is wrong with the file is said once, not by each run.
  FOZZY_ASSIGN_OR_RETURN(const LoadedScenario loaded,
                         LoadScenario(context, report.scenario));
  for (const std::string& warning : loaded.warnings) {
    context.output.Note(absl::StrCat("warning: ", warning));
  }
  report.seed = plan.seed;
  FOZZY_ASSIGN_OR_RETURN(report.audit, AuditScenario(plan));
  report.place = PlaceOf(loaded.scenario, report.audit);
  return report;
}

int Deep(Context& context) {
  const Interrupts interrupts;
  const absl::StatusOr<AuditReport> report = RunAudit(context);
  Output& output = context.output;
  if (!report.ok()) return output.Fail(report.status());
  if (report->audit.folder == AuditFolder::kShared) {
    output.Note(
        "note: the working directory is too large to copy, all runs share it");
  }
  if (output.is_json()) {
    output.Json(AuditJson(*report));
  } else {
    output.Text(AuditText(*report, output));
  }
  return report->audit.is_consistent() ? kExitOk : kExitUsage;
}

int Shallow(Context& context) {
  Output& output = context.output;
  if (const absl::Status status = CheckShallow(context.args); !status.ok()) {
    return output.Fail(status);
  }
  const std::vector<DoctorCheck> checks = CheckInstallation(context);
  if (output.is_json()) {
    output.Json(ChecksJson(checks));
  } else {
    output.Text(ChecksText(checks, output));
  }
  const bool is_broken =
      std::any_of(checks.begin(), checks.end(), [](const DoctorCheck& check) {
        return check.outcome == DoctorCheck::Outcome::kBroken;
      });
  return is_broken ? kExitUsage : kExitOk;
}

}  // namespace

int CmdDoctor(Context& context) {
  return context.args.Has("--deep") ? Deep(context) : Shallow(context);
}

}  // namespace fozzy

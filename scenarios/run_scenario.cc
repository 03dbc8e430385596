#include "scenarios/run_scenario.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "scenarios/cluster_plan.h"
#include "scenarios/cluster_run.h"
#include "scenarios/distributed_table.h"
#include "scenarios/step_runner.h"
#include "scenarios/step_table.h"
#include "sim/base/check.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

World::Options WorldOptions(const RunInputs& inputs, Run& run) {
  const RunConfig& config = *inputs.config;
  World::Options options;
  options.run = &run;
  options.host = inputs.host;
  options.has_host_proc = config.has_host_proc;
  options.has_host_fs = config.has_host_fs;
  options.has_host_http = config.has_host_http;
  options.memory.limit_mb = config.memory.limit_mb;
  options.memory.fail_after = config.memory.fail_after;
  options.memory.fragmentation_seed = config.memory.fragmentation_seed;
  if (config.memory.pressure_wave) {
    options.memory.pressure_wave = *config.memory.pressure_wave;
  }
  options.faults = FaultPlan({config.fault_budget});
  for (const FaultOdds& fault : config.faults) {
    const std::optional<FaultSite> site = FaultSiteOf(fault.site);
    FOZZY_CHECK(site.has_value());
    options.faults.Arm(*site, fault.numerator, fault.denominator);
  }
  return options;
}

bool IsTracked(const MemoryConfig& config) {
  return config.is_tracked || config.fails_on_leak || config.limit_mb ||
         config.fail_after || config.fragmentation_seed ||
         config.pressure_wave || config.leak_budget || config.alloc_budget ||
         config.in_use_budget;
}

MemorySummary Summarise(const MemoryLedger& ledger) {
  const MemoryLedger::Totals& totals = ledger.totals();
  return {totals.alloc_count,    totals.free_count, totals.failed_alloc_count,
          totals.in_use_bytes,   totals.peak_bytes, ledger.leaked_bytes(),
          ledger.leaked_allocs()};
}

// A finding about the whole run.
void AddMemoryFinding(absl::string_view title, std::string message, Run& run,
                      RunReport& report) {
  Finding finding;
  finding.kind = FindingKind::kChecker;
  finding.title = std::string(title);
  finding.message = std::move(message);
  run.Tell(EventKind::kFinding, report.virtual_time, {},
           {FindingKindName(finding.kind), finding.title, finding.message});
  report.status = RunStatus::kFail;
  report.findings.push_back(std::move(finding));
}

// A run that passed so far may not leak.  One that failed stopped somewhere in
// the middle: what it still held says nothing.
void CheckLeaks(const MemoryConfig& config, const MemorySummary& memory,
                Run& run, RunReport& report) {
  if (report.status != RunStatus::kPass || memory.leaked_bytes == 0) return;
  if (!config.leak_budget || config.fails_on_leak) {
    AddMemoryFinding("memory_leak",
                     absl::StrCat("detected ", memory.leaked_allocs,
                                  " leaked allocation(s), leaked_bytes=",
                                  memory.leaked_bytes),
                     run, report);
  } else if (memory.leaked_bytes > *config.leak_budget) {
    AddMemoryFinding(
        "memory_leak_budget",
        absl::StrCat("leak budget exceeded: leaked_bytes=", memory.leaked_bytes,
                     " budget_bytes=", *config.leak_budget),
        run, report);
  }
}

// A figure of the memory model that a project may limit.
struct Budget {
  absl::string_view title;
  absl::string_view figure;
  uint64_t bytes;
  std::optional<uint64_t> limit;
};

// The same for what is more than a project allows itself.
void CheckBudgets(const MemoryConfig& config,
                  const MemoryLedger::Totals& totals, Run& run,
                  RunReport& report) {
  const Budget budgets[] = {
      {"heap_alloc_budget", "allocated_bytes", totals.allocated_bytes,
       config.alloc_budget},
      {"heap_in_use_budget", "peak_bytes", totals.peak_bytes,
       config.in_use_budget},
  };
  for (const Budget& budget : budgets) {
    if (report.status != RunStatus::kPass) return;
    if (!budget.limit || budget.bytes <= *budget.limit) continue;
    AddMemoryFinding(
        budget.title,
        absl::StrCat("budget exceeded: ", budget.figure, "=", budget.bytes,
                     " budget_bytes=", *budget.limit),
        run, report);
  }
}

RunReport RunSteps(const RunInputs& inputs, Run& run) {
  World world(WorldOptions(inputs, run));
  StepRunner runner({inputs.config, &world, inputs.host.wall,
                     inputs.scenario->tables().steps, inputs.watcher});
  runner.Run(inputs.scenario->steps());
  RunReport report = runner.TakeReport();
  const MemoryConfig& config = inputs.config->memory;
  const MemorySummary memory = Summarise(world.memory());
  CheckLeaks(config, memory, run, report);
  CheckBudgets(config, world.memory().totals(), run, report);
  if (IsTracked(config) || world.memory().is_touched()) report.memory = memory;
  return report;
}

}  // namespace

ParseTables ScenarioTables() {
  return {Steps(), DistributedSteps(), Invariants()};
}

absl::StatusOr<RunReport> RunScenario(const RunInputs& inputs) {
  Run run({inputs.strategy, inputs.sink, inputs.recorded});
  RunReport report;
  if (inputs.scenario->variant() == ScenarioVariant::kDistributed) {
    FOZZY_ASSIGN_OR_RETURN(const ClusterPlan plan,
                           PlanCluster(*inputs.scenario, *inputs.config));
    report = RunCluster({&plan, inputs.config, &run, inputs.host.wall});
  } else {
    report = RunSteps(inputs, run);
  }
  report.digest = run.digest();
  return report;
}

}  // namespace fozzy

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
         config.pressure_wave || config.leak_budget;
}

MemorySummary Summarise(const MemoryLedger& ledger) {
  const MemoryLedger::Totals& totals = ledger.totals();
  return {totals.alloc_count,    totals.free_count, totals.failed_alloc_count,
          totals.in_use_bytes,   totals.peak_bytes, ledger.leaked_bytes(),
          ledger.leaked_allocs()};
}

// A run that passed so far may not leak.  One that failed stopped somewhere in
// the middle: what it still held says nothing.
void CheckLeaks(const MemoryConfig& config, const MemorySummary& memory,
                Run& run, RunReport& report) {
  if (report.status != RunStatus::kPass || memory.leaked_bytes == 0) return;
  Finding finding;
  finding.kind = FindingKind::kChecker;
  if (config.leak_budget && !config.fails_on_leak) {
    if (memory.leaked_bytes <= *config.leak_budget) return;
    finding.title = "memory_leak_budget";
    finding.message =
        absl::StrCat("leak budget exceeded: leaked_bytes=", memory.leaked_bytes,
                     " budget_bytes=", *config.leak_budget);
  } else {
    finding.title = "memory_leak";
    finding.message = absl::StrCat(
        "detected ", memory.leaked_allocs,
        " leaked allocation(s), leaked_bytes=", memory.leaked_bytes);
  }
  run.Tell(EventKind::kFinding, report.virtual_time, {~uint64_t{0}},
           {FindingKindName(finding.kind), finding.title, finding.message});
  report.status = RunStatus::kFail;
  report.findings.push_back(std::move(finding));
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

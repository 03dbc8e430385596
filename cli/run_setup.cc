#include "cli/run_setup.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "backends/host/host_seed.h"
#include "cli/backend_choice.h"
#include "cli/shell_word.h"
#include "scenarios/established_trace.h"
#include "scenarios/run_scenario.h"
#include "scenarios/scenario_file.h"
#include "scenarios/schedule.h"
#include "sim/base/status_macros.h"
#include "trace/frame.h"

namespace fozzy {
namespace {

// Returns the value of the flag if the command has it and it was given.
std::optional<uint64_t> NumberOf(const Context& context,
                                 absl::string_view flag) {
  if (!context.args.Knows(flag)) return std::nullopt;
  return context.args.U64(flag);
}

std::optional<std::string> TextOf(const Context& context,
                                  absl::string_view flag) {
  if (!context.args.Knows(flag)) return std::nullopt;
  return context.args.Text(flag);
}

bool IsOn(const Context& context, absl::string_view flag) {
  return context.args.Knows(flag) && context.args.Has(flag);
}

template <typename T>
std::optional<T> FirstOf(std::optional<T> flag, const std::optional<T>& file) {
  return flag ? std::move(flag) : file;
}

MemoryConfig ReadMemoryConfig(const Context& context) {
  const ConfigFile& file = context.config;
  MemoryConfig memory;
  memory.is_tracked =
      file.mem_track.value_or(false) || IsOn(context, "--mem-track");
  memory.fails_on_leak =
      file.fail_on_leak.value_or(false) || IsOn(context, "--fail-on-leak");
  memory.limit_mb =
      FirstOf(NumberOf(context, "--mem-limit-mb"), file.mem_limit_mb);
  memory.fail_after =
      FirstOf(NumberOf(context, "--mem-fail-after"), file.mem_fail_after);
  memory.fragmentation_seed =
      FirstOf(NumberOf(context, "--mem-fragmentation-seed"),
              file.mem_fragmentation_seed);
  memory.pressure_wave =
      FirstOf(TextOf(context, "--mem-pressure-wave"), file.mem_pressure_wave);
  memory.leak_budget =
      FirstOf(NumberOf(context, "--leak-budget"), file.leak_budget);
  memory.alloc_budget = file.profile_heap_alloc_budget;
  memory.in_use_budget = file.profile_heap_in_use_budget;
  return memory;
}

absl::Status ReadExploration(const Context& context, RunConfig& config) {
  if (!context.args.Knows("--checker")) return absl::OkStatus();
  config.is_det = true;  // there is no other time in a cluster
  config.schedule = TextOf(context, "--schedule").value_or(config.schedule);
  config.node_count = NumberOf(context, "--nodes");
  config.deliveries_max = NumberOf(context, "--steps");
  config.timeout = context.args.Duration("--time");
  if (const auto checkers = TextOf(context, "--checker")) {
    config.checkers = absl::StrSplit(*checkers, ',', absl::SkipWhitespace());
  }
  return CheckSchedule(config.schedule);
}

// Faults that could never strike are a mistake of the user's.
absl::Status CheckFaults(const Context& context, const RunConfig& config) {
  if (!config.faults.empty() && context.args.Knows("--checker")) {
    return absl::InvalidArgumentError(absl::StrCat(
        "fault site ", config.faults[0].site,
        " is for scenarios of steps; distributed ones take presets such as "
        "partition-first-two"));
  }
  for (const FaultOdds& fault : config.faults) {
    const bool is_real =
        (config.has_host_fs && absl::StartsWith(fault.site, "fs.")) ||
        (config.has_host_http && absl::StartsWith(fault.site, "http.")) ||
        (config.has_host_proc && absl::StartsWith(fault.site, "proc."));
    if (!is_real) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("fault site ", fault.site,
                     " is part of a simulated backend, but the host's is "
                     "used"));
  }
  return absl::OkStatus();
}

void AppendMemoryFlags(const MemoryConfig& memory,
                       std::vector<std::string>& words) {
  if (memory.is_tracked) words.push_back("--mem-track");
  if (memory.fails_on_leak) words.push_back("--fail-on-leak");
  const std::pair<absl::string_view, const std::optional<uint64_t>&> numbers[] =
      {{"--mem-limit-mb", memory.limit_mb},
       {"--mem-fail-after", memory.fail_after},
       {"--mem-fragmentation-seed", memory.fragmentation_seed},
       {"--leak-budget", memory.leak_budget}};
  for (const auto& [flag, value] : numbers) {
    if (value) words.push_back(absl::StrCat(flag, " ", *value));
  }
  if (memory.pressure_wave) {
    words.push_back(
        absl::StrCat("--mem-pressure-wave ", ShellWord(*memory.pressure_wave)));
  }
}

// A test of both sorts of scenarios takes both sorts of faults; one scenario
// takes its own.
void AppendFaultFlags(const RunConfig& config, bool is_cluster,
                      std::vector<std::string>& words) {
  std::vector<std::string> faults;
  if (is_cluster) {
    faults = config.presets;
  } else {
    for (const FaultOdds& fault : config.faults) {
      faults.push_back(absl::StrCat(fault.site, "=", fault.numerator, "/",
                                    fault.denominator));
    }
  }
  if (!faults.empty()) {
    words.push_back(
        absl::StrCat("--faults ", ShellWord(absl::StrJoin(faults, ","))));
  }
  if (config.fault_budget != RunConfig().fault_budget) {
    words.push_back(absl::StrCat("--fault-budget ", config.fault_budget));
  }
}

void AppendExploreFlags(const RunConfig& config,
                        std::vector<std::string>& words) {
  if (config.schedule != RunConfig().schedule) {
    words.push_back(absl::StrCat("--schedule ", config.schedule));
  }
  if (config.node_count) {
    words.push_back(absl::StrCat("--nodes ", *config.node_count));
  }
  if (config.deliveries_max) {
    words.push_back(absl::StrCat("--steps ", *config.deliveries_max));
  }
  if (!config.checkers.empty()) {
    words.push_back(absl::StrCat(
        "--checker ", ShellWord(absl::StrJoin(config.checkers, ","))));
  }
}

// Whether a file that was given for a scenario is a trace, in either format.
bool IsTrace(absl::string_view path, absl::string_view source) {
  if (absl::StartsWith(source, kMagic)) return true;
  return absl::EndsWith(path, ".fozzy") &&
         (!LooksEstablished(source) ||
          absl::StrContains(source, "\"fozzy-trace\""));
}

}  // namespace

absl::StatusOr<std::string> ReadScenarioSource(const std::string& path) {
  absl::StatusOr<std::string> source = ReadScenarioFile(path);
  const bool is_trace = source.ok()
                            ? IsTrace(path, *source)
                            : absl::IsResourceExhausted(source.status()) &&
                                  absl::EndsWith(path, ".fozzy");
  if (!is_trace) return source;
  return absl::InvalidArgumentError(absl::StrCat(
      path, " is a trace, expected a scenario; to repeat it: ", "fozzy replay ",
      ShellWord(path)));
}

absl::StatusOr<LoadedScenario> LoadScenario(const Context& context,
                                            const std::string& path) {
  FOZZY_ASSIGN_OR_RETURN(std::string source, ReadScenarioSource(path));
  ParseOutcome outcome =
      ParseScenario(path, std::move(source), ScenarioTables());
  const bool are_unknown_fields_errors =
      TextOf(context, "--unknown-fields").value_or("warn") == "error";
  std::vector<std::string> errors;
  std::vector<std::string> warnings;
  for (const Problem& problem : outcome.problems) {
    const bool is_warning = problem.severity == Problem::Severity::kWarning;
    const bool is_error = problem.severity == Problem::Severity::kError ||
                          (is_warning && are_unknown_fields_errors);
    if (is_error) errors.push_back(problem.Text(path));
    if (is_warning) warnings.push_back(problem.Text(path));
  }
  if (!outcome.scenario || !errors.empty()) {
    return absl::InvalidArgumentError(absl::StrJoin(errors, "\n"));
  }
  return LoadedScenario{*std::move(outcome.scenario), std::move(warnings)};
}

absl::StatusOr<RunConfig> ReadRunConfig(const Context& context) {
  RunConfig config;
  config.is_det = IsOn(context, "--det");
  const std::optional<uint64_t> seed = NumberOf(context, "--seed");
  config.seed = seed ? *seed : DrawSeed();
  if (context.args.Knows("--timeout")) {
    config.timeout = context.args.Duration("--timeout");
  }
  const BackendChoice backends = ChooseBackends(context.args, context.config);
  config.has_host_proc = backends.has_host_proc;
  config.has_host_fs = backends.has_host_fs;
  config.has_host_http = backends.has_host_http;
  config.memory = ReadMemoryConfig(context);
  if (const auto faults = TextOf(context, "--faults")) {
    FOZZY_RETURN_IF_ERROR(AddFaults(*faults, config));
  }
  FOZZY_RETURN_IF_ERROR(CheckFaults(context, config));
  config.fault_budget =
      NumberOf(context, "--fault-budget").value_or(config.fault_budget);
  FOZZY_RETURN_IF_ERROR(ReadExploration(context, config));
  return config;
}

absl::Status CheckPresets(const RunConfig& config, bool has_cluster) {
  if (config.presets.empty() || has_cluster) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("fault preset ", config.presets[0],
                   " is for distributed scenarios; those of steps take sites "
                   "such as fs.eio=1/50"));
}

std::string ReproduceLine(const Scenario& scenario, const RunConfig& config) {
  const bool is_cluster = scenario.variant() == ScenarioVariant::kDistributed;
  std::vector<std::string> words = {"fozzy", is_cluster ? "explore" : "run",
                                    PathWord(scenario.path()),
                                    absl::StrCat("--seed ", config.seed)};
  if (config.is_det && !is_cluster) words.push_back("--det");
  if (config.timeout) {
    words.push_back(absl::StrCat(is_cluster ? "--time " : "--timeout ",
                                 *config.timeout, "ms"));
  }
  if (config.has_host_proc) words.push_back("--proc-backend host");
  if (config.has_host_fs) words.push_back("--fs-backend host");
  if (config.has_host_http) words.push_back("--http-backend host");
  AppendFaultFlags(config, is_cluster, words);
  AppendMemoryFlags(config.memory, words);
  if (is_cluster) AppendExploreFlags(config, words);
  return absl::StrJoin(words, " ");
}

}  // namespace fozzy

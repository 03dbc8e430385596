#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "backends/host/interrupts.h"
#include "cli/context.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/invocation.h"
#include "cli/program_explore.h"
#include "cli/program_worker.h"
#include "cli/run_setup.h"
#include "cli/suite.h"
#include "cli/suite_files.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

constexpr uint64_t kJobsMax = 256;

absl::StatusOr<std::vector<std::string>> SelectFiles(const Context& context) {
  std::vector<std::string> patterns = context.args.positionals();
  if (patterns.empty()) patterns = {std::string(kDefaultPattern)};
  FOZZY_ASSIGN_OR_RETURN(std::vector<std::string> files,
                         FindSuiteFiles(patterns));
  if (const auto filter = context.args.Text("--filter")) {
    std::erase_if(files, [&](const std::string& path) {
      return !absl::StrContains(path, *filter);
    });
  }
  if (files.empty()) {
    return absl::NotFoundError("no scenario is left by --filter");
  }
  return files;
}

// "a.fozzy" becomes "a.1.fozzy", "a.2.fozzy", ... for several files.
absl::StatusOr<std::vector<RecordTarget>> PlanRecordings(const Context& context,
                                                         size_t files) {
  std::vector<RecordTarget> recordings;
  const std::optional<std::string> base = context.args.Text("--record");
  if (!base) return recordings;
  const std::string collision =
      context.args.Text("--record-collision").value_or("append");
  for (size_t i = 1; i <= files; ++i) {
    const std::string path =
        files == 1 ? *base
                   : absl::StrCat(absl::StripSuffix(*base, ".fozzy"), ".", i,
                                  ".fozzy");
    FOZZY_ASSIGN_OR_RETURN(RecordTarget target, RecordPath(path, collision));
    recordings.push_back(std::move(target));
  }
  return recordings;
}

// Other files that a finding names, at most.
constexpr size_t kOthersMax = 3;

// How often a finding was met, and in which files besides the first.
struct Repeats {
  size_t index = 0;  // of the finding
  uint64_t times = 0;
  std::string first;
  std::vector<std::string> others;
};

std::string RepeatsText(const Repeats& repeats) {
  std::string text = absl::StrCat(" (repeated ", repeats.times, " times)");
  const size_t others = repeats.others.size();
  for (size_t i = 0; i < others && i < kOthersMax; ++i) {
    absl::StrAppend(&text, i == 0 ? "; also in " : ", ", repeats.others[i]);
  }
  if (others > kOthersMax) {
    absl::StrAppend(&text, " and ", others - kOthersMax, " more");
  }
  return text;
}

// Puts findings that say the same into one, at the place of the first.
std::vector<FindingDoc> Merge(const std::vector<ScenarioResult>& results) {
  std::vector<FindingDoc> merged;
  std::map<std::tuple<absl::string_view, absl::string_view, absl::string_view>,
           Repeats>
      known;
  for (const ScenarioResult& result : results) {
    for (const FindingDoc& finding : result.findings) {
      Repeats& same = known[{finding.kind, finding.title, finding.message}];
      if (++same.times == 1) {
        same.index = merged.size();
        same.first = result.scenario;
        merged.push_back(finding);
        continue;
      }
      const std::string& last =
          same.others.empty() ? same.first : same.others.back();
      if (last != result.scenario) same.others.push_back(result.scenario);
    }
  }
  for (const auto& [unused, repeats] : known) {
    if (repeats.times == 1) continue;
    merged[repeats.index].message += RepeatsText(repeats);
  }
  return merged;
}

// The worst that happened to any scenario.
struct Verdict {
  absl::string_view status = "pass";
  int exit_code = kExitOk;
};

// From bad to worse; an error is a scenario that failed its test.
constexpr std::pair<absl::string_view, Verdict> kVerdicts[] = {
    {"error", {"fail", kExitFinding}},
    {"fail", {"fail", kExitFinding}},
    {"timeout", {"timeout", kExitTimeout}},
    {"crash", {"crash", kExitCrash}},
};

Verdict Judge(const std::vector<ScenarioResult>& results) {
  Verdict verdict;
  for (const auto& [status, worse] : kVerdicts) {
    for (const ScenarioResult& result : results) {
      if (result.status == status) verdict = worse;
    }
  }
  return verdict;
}

TestsDoc Count(std::vector<ScenarioResult> results) {
  TestsDoc tests;
  for (const ScenarioResult& result : results) {
    ++(result.status == "pass"   ? tests.passed
       : result.status == "skip" ? tests.skipped
                                 : tests.failed);
  }
  tests.results = std::move(results);
  return tests;
}

// Whether any of `files` is a distributed scenario.
bool HasCluster(const Context& context, const std::vector<std::string>& files) {
  return std::any_of(files.begin(), files.end(), [&](const std::string& path) {
    const auto loaded = LoadScenario(context, path);
    return loaded.ok() &&
           loaded->scenario.variant() == ScenarioVariant::kDistributed;
  });
}

absl::StatusOr<RunConfig> ReadSuiteConfig(
    const Context& context, const std::vector<std::string>& files) {
  FOZZY_ASSIGN_OR_RETURN(RunConfig config, ReadRunConfig(context));
  // Files are read for this only if there is something to check.
  if (!config.presets.empty()) {
    FOZZY_RETURN_IF_ERROR(CheckPresets(config, HasCluster(context, files)));
  }
  return config;
}

}  // namespace

int CmdTest(Context& context) {
  const std::vector<std::string>& names = context.args.positionals();
  if (names.size() == 1 && IsProgram(names[0])) {
    return ExploreProgram(context,
                          {names[0], "test", context.args.Has("--fail-fast")});
  }
  const absl::StatusOr<std::vector<std::string>> files = SelectFiles(context);
  if (!files.ok()) return context.output.Fail(files.status());
  absl::StatusOr<RunConfig> config = ReadSuiteConfig(context, *files);
  if (!config.ok()) return context.output.Fail(config.status());
  const uint64_t jobs = context.args.U64("--jobs").value_or(1);
  if (jobs == 0 || jobs > kJobsMax) {
    return context.output.Fail(absl::InvalidArgumentError(absl::StrCat(
        "--jobs is ", jobs, "; expected a number from 1 to ", kJobsMax)));
  }
  absl::StatusOr<std::vector<RecordTarget>> recordings =
      PlanRecordings(context, files->size());
  if (!recordings.ok()) return context.output.Fail(recordings.status());
  const Interrupts interrupts;
  Invocation invocation(context, "test");
  if (const absl::Status made = invocation.MakeFolder(); !made.ok()) {
    return context.output.Fail(made);
  }
  SuiteOptions options;
  options.context = &context;
  options.config = *std::move(config);
  options.jobs = jobs;
  options.is_fail_fast = context.args.Has("--fail-fast");
  options.recordings = *std::move(recordings);
  options.artifacts = invocation.summary().identity.artifacts_dir;
  SuiteOutcome outcome = RunSuite(*files, options, [&](size_t done) {
    if (!context.output.has_progress()) return;
    context.output.Progress(
        absl::StrCat(done, "/", files->size(), " scenarios"));
  });

  if (Interrupts::HaveCome()) return context.output.Fail(Interrupts::Error());
  RunSummaryDoc& summary = invocation.summary();
  const Verdict verdict = Judge(outcome.results);
  summary.status = std::string(verdict.status);
  summary.identity.seed = options.config.seed;
  summary.virtual_time = outcome.virtual_time;
  summary.warnings = std::move(outcome.warnings);
  summary.findings = Merge(outcome.results);
  summary.tests = Count(std::move(outcome.results));
  return invocation.Finish(verdict.exit_code);
}

}  // namespace fozzy

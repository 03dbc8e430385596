#include <charconv>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "backends/host/host_clock.h"
#include "backends/host/interrupts.h"
#include "cli/context.h"
#include "cli/execute.h"
#include "cli/exit_code.h"
#include "cli/handlers.h"
#include "cli/invocation.h"
#include "cli/replay_input.h"
#include "cli/shell_word.h"
#include "cli/shrink_body.h"
#include "cli/trace_file.h"
#include "cli/version.h"
#include "scenarios/duration.h"
#include "scenarios/shrink_cluster.h"
#include "sim/base/status_macros.h"
#include "trace/reader.h"

namespace fozzy {
namespace {

// What is to be shrunk, and what may be spent on it.
struct ShrinkRequest {
  std::string path;
  std::string out;
  uint64_t runs_max = 20'000;
  uint64_t deadline_ns = ~uint64_t{0};
};

// Reads "20000", runs, or "15s", a time.
absl::Status ReadBudget(const std::string& text, ShrinkRequest& request) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] =
      std::from_chars(text.data(), end, request.runs_max);
  if (error == std::errc() && stop == end) return absl::OkStatus();
  const absl::StatusOr<Millis> time = ParseDuration(text);
  if (!time.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "found --budget ", text,
        ", expected a number of runs such as 20000 or ", kDurationExpected));
  }
  request.runs_max = ~uint64_t{0};
  const uint64_t now = MonotonicNs();
  const uint64_t ns = NanosOf(*time);
  if (ns < ~uint64_t{0} - now) request.deadline_ns = now + ns;
  return absl::OkStatus();
}

absl::StatusOr<ShrinkRequest> ReadRequest(const Context& context) {
  ShrinkRequest request;
  FOZZY_ASSIGN_OR_RETURN(
      request.path, FindReplayInput(context, context.args.positionals()[0]));
  request.out = context.args.Text("--out").value_or(
      absl::StrCat(absl::StripSuffix(request.path, ".fozzy"), ".min.fozzy"));
  if (const auto budget = context.args.Text("--budget")) {
    FOZZY_RETURN_IF_ERROR(ReadBudget(*budget, request));
  }
  std::error_code ignored;
  if (std::filesystem::equivalent(request.path, request.out, ignored)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--out is the trace itself, ", request.path,
                     "; expected another path"));
  }
  return request;
}

void Describe(const ShrinkRequest& request, const ScenarioShrinkReport& report,
              Invocation& invocation) {
  RunSummaryDoc& summary = invocation.summary();
  invocation.SetReport(report.scenario, request.out + "#scenario", report.run);
  summary.identity.seed = report.header.seed;
  summary.identity.trace_path = request.out;
  summary.is_recorded = true;
  summary.reproduce = absl::StrCat("fozzy replay ", PathWord(request.out));
  ShrinkDoc& shrink = summary.shrink.emplace();
  shrink.runs = report.runs;
  shrink.is_fixpoint = report.is_fixpoint;
  shrink.before = MeasureDoc(report.before, report.decisions_before);
  shrink.after = MeasureDoc(report.after, report.decisions_after);
}

// A trace of a scenario.
absl::StatusOr<int> ShrinkScenarioTrace(Context& context,
                                        const ShrinkRequest& request) {
  ScenarioShrinkOptions options;
  options.path = request.path;
  options.out = request.out;
  options.tool_version = kVersion;
  options.runs_max = request.runs_max;
  const Minimize minimize = ReadMinimize(context);
  options.shrinks_schedule = minimize.schedule;
  options.shrinks_faults = minimize.faults;
  options.shrinks_input = minimize.input;
  options.is_time_up = [&request] {
    return MonotonicNs() >= request.deadline_ns || Interrupts::HaveCome();
  };
  FOZZY_ASSIGN_OR_RETURN(const ScenarioShrinkReport report,
                         ShrinkScenario(options));
  const bool is_cluster =
      report.scenario.variant() == ScenarioVariant::kDistributed;
  Invocation invocation(context, is_cluster ? "explore" : "replay");
  FOZZY_ASSIGN_OR_RETURN(const std::vector<bool> are_same,
                         ReplayElsewhere({request.out}));
  if (!are_same[0]) {
    return absl::FailedPreconditionError(absl::StrCat(
        "a fresh process does not come to the same run as ", request.out));
  }
  Describe(request, report, invocation);
  if (Interrupts::HaveCome()) {
    invocation.summary().warnings.push_back(
        "interrupted; this is the smallest so far");
  }
  return invocation.Finish(ExitCodeOf(report.run.status));
}

// Traces tell by their unit of time what was run.
absl::StatusOr<int> ShrinkTrace(Context& context,
                                const ShrinkRequest& request) {
  FOZZY_ASSIGN_OR_RETURN(const std::unique_ptr<TraceReader> reader,
                         TraceReader::Open(request.path));
  if (reader->header().time_unit == "ms") {
    return ShrinkScenarioTrace(context, request);
  }
  BodyShrinkRequest body;
  body.path = request.path;
  body.out = request.out;
  body.runs_max = request.runs_max;
  const uint64_t now = MonotonicNs();
  if (request.deadline_ns != ~uint64_t{0}) {
    body.time_ns = request.deadline_ns > now ? request.deadline_ns - now : 0;
  }
  return ShrinkBodyTrace(context, body);
}

}  // namespace

int CmdShrink(Context& context) {
  const Interrupts interrupts;
  const absl::StatusOr<ShrinkRequest> request = ReadRequest(context);
  if (!request.ok()) return context.output.Fail(request.status());
  const absl::StatusOr<int> code = ShrinkTrace(context, *request);
  if (code.ok()) return *code;
  if (Interrupts::HaveCome()) return context.output.Fail(Interrupts::Error());
  return context.output.Fail(AtTrace(request->path, code.status()));
}

}  // namespace fozzy

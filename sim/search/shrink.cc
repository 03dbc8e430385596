#include "sim/search/shrink.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "sim/search/shrink_passes.h"
#include "sim/search/shrink_state.h"

namespace fozzy {
namespace {

bool IsWanted(const ShrinkPass& pass, const ShrinkOptions& options) {
  switch (pass.part) {
    case ShrinkPart::kSchedule:
      return options.shrinks_schedule;
    case ShrinkPart::kFaults:
      return options.shrinks_faults;
    case ShrinkPart::kInput:
      return options.shrinks_input;
    case ShrinkPart::kAll:
      return options.shrinks_schedule && options.shrinks_faults &&
             options.shrinks_input;
  }
  return false;
}

// Runs all passes until none helps any more or nothing is left to spend.
void RunPasses(ShrinkState& state, const ShrinkOptions& options) {
  bool is_better = true;
  while (is_better && !state.is_spent()) {
    is_better = false;
    for (const ShrinkPass& pass : ShrinkPasses()) {
      if (!IsWanted(pass, options)) continue;
      const RunMeasure before = state.measure();
      pass.run(state);
      is_better |= state.measure() < before;
    }
  }
}

}  // namespace

absl::StatusOr<ShrinkReport> Shrink(const RecordedRun& run,
                                    const Finding& finding,
                                    const ShrinkOptions& options) {
  FOZZY_CHECK(options.try_candidates != nullptr);
  FOZZY_CHECK(options.batch_max != 0);
  ShrinkState state(options, Signature(finding));
  if (!state.Start(CandidateOf(run))) {
    if (state.is_spent() && !state.is_unstable()) {
      return absl::ResourceExhaustedError(
          "runs or time were used up before the run was repeated");
    }
    return absl::FailedPreconditionError(
        absl::StrCat("repeating the run does not lead to the finding \"",
                     Signature(finding), "\" again"));
  }
  const RunMeasure before = state.measure();
  RunPasses(state, options);
  if (state.is_unstable()) {
    return absl::FailedPreconditionError(
        "the same answers led to two different runs: the program depends on "
        "something that is not simulated");
  }
  return ShrinkReport{.run = state.run(),
                      .outcome = state.outcome(),
                      .before = before,
                      .after = state.measure(),
                      .runs = state.runs(),
                      .is_fixpoint = !state.is_spent()};
}

absl::Status CheckNoObservations(uint64_t observations) {
  if (observations == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(
      "the trace holds ", observations,
      observations == 1 ? " observation" : " observations",
      " of the host, and a changed run would ask the host anew: record it "
      "with virtual backends"));
}

}  // namespace fozzy

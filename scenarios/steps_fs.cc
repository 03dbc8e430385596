#include "scenarios/steps_fs.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "scenarios/quote.h"
#include "scenarios/step_runner.h"

namespace fozzy {
namespace {

// Fails the step if the file system could not do what it asked for.
void FailIfRefused(StepRunner& runner, const FsResult& result) {
  if (result.end == FsResult::End::kRefused) {
    runner.Fail(FindingKind::kChecker,
                runner.config().has_host_fs ? "host_fs_path" : "fs_path",
                result.reason);
  } else if (result.end == FsResult::End::kFailed) {
    runner.FailAssertion(
        absl::StrCat(runner.step_name(), " failed: ", result.reason));
  }
}

std::string_view ToStd(absl::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

void FsWrite::Run(StepRunner& runner, const Step& step) {
  const absl::string_view data = step.text(kData);
  const FsResult result =
      runner.world().fs().Write(ToStd(step.text(kPath)), ToStd(data));
  FailIfRefused(runner, result);
  if (runner.has_failed()) return;
  runner.Tell(EventKind::kFsWrite, {data.size()}, {step.text(kPath)});
}

void FsReadAssert::Run(StepRunner& runner, const Step& step) {
  const FsResult result = runner.world().fs().Read(ToStd(step.text(kPath)));
  FailIfRefused(runner, result);
  if (runner.has_failed()) return;
  const bool is_missing = result.end == FsResult::End::kMissing;
  if (!is_missing) {
    runner.Tell(EventKind::kFsRead, {result.data.size()}, {step.text(kPath)});
    if (result.data == step.text(kEquals)) return;
  }
  runner.FailAssertion(absl::StrCat(
      "expected ", Quote(step.text(kPath)), " == ", Quote(step.text(kEquals)),
      ", got ", QuoteFound(is_missing ? nullptr : &result.data)));
}

void FsSnapshot::Run(StepRunner& runner, const Step& step) {
  const FsResult result = runner.world().fs().Snapshot(ToStd(step.text(kName)));
  FailIfRefused(runner, result);
  if (runner.has_failed()) return;
  runner.Tell(EventKind::kFsSnapshot, {result.files}, {step.text(kName)});
}

void FsRestore::Run(StepRunner& runner, const Step& step) {
  const FsResult result = runner.world().fs().Restore(ToStd(step.text(kName)));
  if (result.end == FsResult::End::kMissing) {
    runner.Fail(FindingKind::kChecker, "fs_restore_missing_snapshot",
                absl::StrCat("missing fs snapshot ", Quote(step.text(kName))));
    return;
  }
  FailIfRefused(runner, result);
  if (runner.has_failed()) return;
  runner.Tell(EventKind::kFsRestore, {result.files}, {step.text(kName)});
}

}  // namespace fozzy

#include "scenarios/steps_clock.h"

#include "absl/strings/str_cat.h"
#include "scenarios/duration.h"
#include "scenarios/quote.h"
#include "scenarios/step_runner.h"

namespace fozzy {
namespace {

// Requires a field that the static check has found to be a duration.
Millis DurationOf(const Step& step, size_t field) {
  return *ParseDuration(step.text(field));
}

// Returns how long polling takes: `within`, rounded up to a multiple of
// `poll`.  Saturates.
Millis PollingTime(const Step& step) {
  const Millis within = DurationOf(step, AssertKv::kWithin);
  const Millis poll = DurationOf(step, AssertKv::kPoll);
  const Millis rest = within % poll;
  return rest == 0 ? within : SaturatingAdd(within, poll - rest);
}

bool Holds(StepRunner& runner, const Step& step) {
  const std::string* value =
      runner.world().kv().Find(step.text(AssertKv::kKey));
  return value != nullptr && *value == step.text(AssertKv::kEquals);
}

std::string MessageOr(const Step& step, std::string message) {
  if (!step.has(AssertKv::kMsg)) return message;
  return std::string(step.text(AssertKv::kMsg));
}

}  // namespace

void SleepStep::Run(StepRunner& runner, const Step& step) {
  runner.Sleep(DurationOf(step, kDuration));
}

void AdvanceStep::Run(StepRunner& runner, const Step& step) {
  if (!runner.config().is_det) {
    runner.Fail(FindingKind::kChecker, "advance_requires_det",
                "advance moves virtual time: run with --det");
    return;
  }
  runner.world().clock().Advance(DurationOf(step, kDuration));
}

void FreezeStep::Run(StepRunner& runner, const Step& step) {
  VirtualClock& clock = runner.world().clock();
  if (step.has(kAtMs)) {
    const Millis at = step.u64(kAtMs);
    if (at < clock.now()) {
      runner.Fail(
          FindingKind::kChecker, "freeze_in_the_past",
          absl::StrCat("cannot freeze at ", at, "ms: it is ", clock.now(),
                       "ms, and time does not go backwards"));
      return;
    }
    clock.Advance(at - clock.now());
  }
  clock.Freeze();
}

void UnfreezeStep::Run(StepRunner& runner, const Step&) {
  runner.world().clock().Unfreeze();
}

void AssertKv::Check(const Step& step, CheckReport& report) {
  const auto poll = ParseDuration(step.text(kPoll));
  if (poll.ok() && *poll == 0) {
    report.Error(step, kPoll, Quote(step.text(kPoll)),
                 "a duration above zero: polling that takes no time never "
                 "ends");
  }
}

void AssertKv::RunEventually(StepRunner& runner, const Step& step) {
  if (Holds(runner, step)) return;
  if (!runner.Sleep(PollingTime(step))) return;
  runner.FailAssertion(MessageOr(
      step,
      absl::StrCat("key ", Quote(step.text(kKey)), " did not become ",
                   Quote(step.text(kEquals)), " within ", step.text(kWithin))));
}

void AssertKv::RunNever(StepRunner& runner, const Step& step) {
  if (!Holds(runner, step)) {
    runner.Sleep(PollingTime(step));
    return;
  }
  runner.FailAssertion(MessageOr(
      step,
      absl::StrCat("key ", Quote(step.text(kKey)), " became forbidden value ",
                   Quote(step.text(kEquals)))));
}

}  // namespace fozzy

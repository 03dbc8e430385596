#include "scenarios/steps_assert.h"

#include "absl/strings/str_cat.h"
#include "scenarios/quote.h"
#include "scenarios/step_runner.h"

namespace fozzy {
namespace {

// Fails with the step's own message, if it has one, else with `message`.
void FailWith(StepRunner& runner, const Step& step, size_t msg,
              std::string message) {
  runner.FailAssertion(step.has(msg) ? std::string(step.text(msg))
                                     : std::move(message));
}

}  // namespace

void AssertOk::Run(StepRunner& runner, const Step& step) {
  if (step.boolean(kValue)) return;
  FailWith(runner, step, kMsg, "assert_ok failed");
}

void AssertInts::RunEqual(StepRunner& runner, const Step& step) {
  if (step.i64(kA) == step.i64(kB)) return;
  FailWith(runner, step, kMsg,
           absl::StrCat("expected ", step.i64(kA), " == ", step.i64(kB)));
}

void AssertInts::RunUnequal(StepRunner& runner, const Step& step) {
  if (step.i64(kA) != step.i64(kB)) return;
  FailWith(runner, step, kMsg,
           absl::StrCat("expected ", step.i64(kA), " != ", step.i64(kB)));
}

void AssertStrs::RunEqual(StepRunner& runner, const Step& step) {
  if (step.text(kA) == step.text(kB)) return;
  FailWith(runner, step, kMsg,
           absl::StrCat("expected ", Quote(step.text(kA)),
                        " == ", Quote(step.text(kB))));
}

void AssertStrs::RunUnequal(StepRunner& runner, const Step& step) {
  if (step.text(kA) != step.text(kB)) return;
  FailWith(runner, step, kMsg,
           absl::StrCat("expected ", Quote(step.text(kA)),
                        " != ", Quote(step.text(kB))));
}

void AssertFails::Run(StepRunner& runner, const Step& step) {
  if (runner.RunAndRollBack(step.steps(kSteps))) return;
  runner.FailAssertion(absl::StrCat(
      runner.step_name(), " expected failure but nested steps passed"));
}

void FailStep::Run(StepRunner& runner, const Step& step) {
  runner.FailAssertion(std::string(step.text(kMessage)));
}

void PanicStep::Run(StepRunner& runner, const Step& step) {
  runner.Fail(FindingKind::kPanic, "panic", std::string(step.text(kMessage)));
}

}  // namespace fozzy

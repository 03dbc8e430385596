#include "scenarios/steps_kv.h"

#include "absl/strings/str_cat.h"
#include "scenarios/quote.h"
#include "scenarios/step_runner.h"

namespace fozzy {

void SetKv::Run(StepRunner& runner, const Step& step) {
  runner.world().kv().Set(step.text(kKey), step.text(kValue));
}

void GetKvAssert::Check(const Step& step, CheckReport& report) {
  if (step.has(kEquals) && step.has(kIsNull) && step.boolean(kIsNull)) {
    report.Error(step, kIsNull, "\"equals\" beside \"is_null\": true",
                 "one of them");
  }
}

void GetKvAssert::Run(StepRunner& runner, const Step& step) {
  const std::string* value = runner.world().kv().Find(step.text(kKey));
  const std::string key = Quote(step.text(kKey));
  if (step.has(kIsNull) && step.boolean(kIsNull)) {
    if (value != nullptr) {
      runner.FailAssertion(absl::StrCat("expected ", key, " to be null"));
    }
  } else if (step.has(kEquals)) {
    if (value == nullptr || *value != step.text(kEquals)) {
      runner.FailAssertion(absl::StrCat("expected ", key,
                                        " == ", Quote(step.text(kEquals)),
                                        ", got ", QuoteFound(value)));
    }
  } else if (value == nullptr) {
    runner.FailAssertion(absl::StrCat("expected ", key, " to exist"));
  }
}

void RandU64::Run(StepRunner& runner, const Step& step) {
  World& world = runner.world();
  const uint64_t number = world.run().Choose(ChoiceKind::kRandom, ~uint64_t{0},
                                             Weight{}, world.NextDraw());
  if (step.has(kKey)) world.kv().Set(step.text(kKey), absl::StrCat(number));
}

// The fields of the event are constants of the scenario, which is part of
// every trace: the step number tells where to find them.
void TraceEvent::Run(StepRunner& runner, const Step& step) {
  runner.Tell(EventKind::kUser, {step.number}, {step.text(kName)});
}

}  // namespace fozzy

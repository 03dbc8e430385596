// Tables of step types: what a step may hold and what it does.
#ifndef FOZZY_SCENARIOS_STEP_SPEC_H_
#define FOZZY_SCENARIOS_STEP_SPEC_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "scenarios/step.h"

namespace fozzy {

class StepRunner;

// Hears what the static check of a step finds.
class CheckReport {
 public:
  virtual ~CheckReport() = default;

  // The file is refused: field `field` of `step` is wrong.
  virtual void Error(const Step& step, size_t field, std::string found,
                     std::string expected) = 0;

  // The step fails for certain when it runs.
  virtual void Mistake(const Step& step, size_t field, std::string found,
                       std::string expected) = 0;
};

// One type of step a scenario file may contain.
struct StepSpec {
  absl::string_view name;     // as written in the file, "set_kv"
  absl::string_view help;     // one line, shown by `fozzy schema`
  absl::string_view example;  // a valid step, compact JSON
  std::span<const FieldSpec> fields;

  // Reports what can be known to be wrong without running; may be null.
  // Durations are checked by the parser, from their type.
  void (*check)(const Step& step, CheckReport& report) = nullptr;

  // Carries the step out.  What goes wrong is a finding of the runner.
  void (*run)(StepRunner& runner, const Step& step) = nullptr;
};

// Sorted by name.
using StepTable = std::span<const StepSpec>;

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_STEP_SPEC_H_

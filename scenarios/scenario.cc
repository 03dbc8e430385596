#include "scenarios/scenario.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

// Returns the last of `steps` whose number is at most `number`: the one that
// has it or holds the one that has it.
size_t IndexOf(std::span<const Step> steps, uint32_t number) {
  const auto after = std::upper_bound(
      steps.begin(), steps.end(), number,
      [](uint32_t wanted, const Step& step) { return wanted < step.number; });
  FOZZY_CHECK(after != steps.begin());
  return static_cast<size_t>(after - steps.begin()) - 1;
}

// A list of steps that has the one looked for.
struct StepList {
  absl::string_view field;  // "steps"; empty if none was found
  std::span<const Step> steps;
};

// Returns which list of steps inside of `step` has step `number`.
StepList ListWith(const StepSpec& spec, const Step& step, uint32_t number) {
  StepList found;
  for (size_t i = 0; i < spec.fields.size(); ++i) {
    if (spec.fields[i].type != FieldType::kSteps) continue;
    const std::span<const Step> steps = step.steps(i);
    if (steps.empty() || steps.front().number > number) continue;
    if (!found.steps.empty() &&
        found.steps.front().number > steps.front().number) {
      continue;
    }
    found = {spec.fields[i].name, steps};
  }
  return found;
}

}  // namespace

absl::string_view VariantName(ScenarioVariant variant) {
  switch (variant) {
    case ScenarioVariant::kSteps:
      return "steps";
    case ScenarioVariant::kDistributed:
      return "distributed";
    case ScenarioVariant::kSuites:
      return "suites";
  }
  return "";
}

Position PositionIn(absl::string_view source, uint64_t offset) {
  const absl::string_view before =
      source.substr(0, std::min<uint64_t>(offset, source.size()));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<uint32_t>(lines + 1),
          static_cast<uint32_t>(before.size() - start + 1)};
}

Position Scenario::PositionOf(uint64_t offset) const {
  return PositionIn(data_->source, offset);
}

StepLocation Scenario::LocationOf(uint32_t number) const {
  FOZZY_CHECK(number < data_->step_count);
  StepTable table = data_->tables.steps;
  StepList list = {"steps", data_->steps};
  if (variant() == ScenarioVariant::kDistributed) {
    const Distributed& all = data_->distributed;
    const bool is_invariant =
        !all.invariants.empty() && number >= all.invariants.front().number;
    table = is_invariant ? data_->tables.invariants
                         : data_->tables.distributed_steps;
    list = is_invariant ? StepList{"distributed.invariants", all.invariants}
                        : StepList{"distributed.steps", all.steps};
  }
  StepLocation location;
  for (;;) {
    const size_t index = IndexOf(list.steps, number);
    const Step& step = list.steps[index];
    absl::StrAppend(&location.path, location.path.empty() ? "" : ".",
                    list.field, "[", index, "]");
    if (step.number == number) {
      location.type = table[step.type].name;
      location.position = PositionOf(step.offset);
      return location;
    }
    list = ListWith(table[step.type], step, number);
  }
}

}  // namespace fozzy

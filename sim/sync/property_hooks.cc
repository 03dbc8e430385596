#include "absl/strings/str_cat.h"
#include "fozzy/property.h"
#include "sim/sync/hook_scope.h"

namespace fozzy {
namespace hooks {

void CheckProperty(PropertyCell& cell, bool holds) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return;
  bool is_new = false;
  PropertyLog::Count& count =
      simulation->properties().Find(cell, simulation->run(), is_new);
  ++count.reached;
  if (holds) ++count.held;
  if (holds || cell.kind == PropertyKind::kSometimes) return;
  simulation->Fail(FindingKind::kAssertion, cell.text,
                   absl::StrCat(simulation->NameOf(simulation->task()), " at ",
                                PlaceOf(cell.site),
                                cell.kind == PropertyKind::kUnreachable
                                    ? " reached what it never should: "
                                    : " found this wrong: ",
                                cell.text));
}

bool Buggify(PropertyCell& cell) {
  constexpr Weight kOn = Weight::Odds(1, 4);
  constexpr Weight kStrikes = Weight::Odds(1, 4);
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return false;
  Executor& executor = simulation->executor();
  bool is_new = false;
  PropertyLog& log = simulation->properties();
  PropertyLog::Count& count = log.Find(cell, simulation->run(), is_new);
  ++count.reached;
  if (is_new) count.is_off = executor.Choose(ChoiceKind::kFault, 1, kOn) == 0;
  if (count.is_off) return false;
  if (executor.Choose(ChoiceKind::kFault, 1, kStrikes) == 0) return false;
  ++count.held;
  return true;
}

}  // namespace hooks

void Log(std::string_view text) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation != nullptr) simulation->Log(text);
}

uint64_t Choose(uint64_t count) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr || count == 0) return 0;
  return simulation->executor().Choose(ChoiceKind::kRandom, count - 1);
}

uint64_t Random64() {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return 0;
  return simulation->executor().Choose(ChoiceKind::kRandom, ~uint64_t{0});
}

}  // namespace fozzy

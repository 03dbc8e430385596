#include "absl/strings/str_cat.h"
#include "fozzy/hooks.h"
#include "sim/sync/hook_scope.h"

namespace fozzy::hooks {
namespace {

std::string Describe(const Simulation& simulation, TaskId task, bool is_write,
                     Site site) {
  return absl::StrCat(simulation.NameOf(task), is_write ? " writes" : " reads",
                      " at ", PlaceOf(site));
}

[[noreturn]] void FailWith(Simulation& simulation, const Race& race) {
  std::string places[] = {PlaceOf(race.first.site), PlaceOf(race.second.site)};
  if (places[1] < places[0]) std::swap(places[0], places[1]);
  simulation.Fail(
      FindingKind::kDataRace, absl::StrCat(places[0], ", ", places[1]),
      absl::StrCat("nothing orders these accesses: ",
                   Describe(simulation, race.first.task, race.first.was_write,
                            race.first.site),
                   "; ",
                   Describe(simulation, race.second.task, race.second.was_write,
                            race.second.site)));
}

// Tells the listeners of the access; it is no schedule point: what it can see
// is what the last one before it could, or it is a race.
void Tell(Simulation& simulation, OpKind kind, uint32_t variable, Site site) {
  // Apart from the numbers of atomic objects and locks.
  constexpr uint32_t kVariables = 0x80000000;
  simulation.executor().Do({.kind = kind, .object = variable | kVariables},
                           site);
}

}  // namespace

void Read(PlainCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  const uint32_t variable = simulation->Bind(cell);
  Tell(*simulation, OpKind::kRead, variable, site);
  const Race* race = simulation->races().OnRead(simulation->task(), variable,
                                                simulation->site());
  if (race != nullptr) FailWith(*simulation, *race);
  if (cell.is_initialised) return;
  simulation->Fail(
      FindingKind::kUninitialisedRead, PlaceOf(simulation->site()),
      absl::StrCat(simulation->NameOf(simulation->task()), " reads at ",
                   PlaceOf(simulation->site()), " what was never written"));
}

void Write(PlainCell& cell, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  cell.is_initialised = true;
  if (simulation == nullptr) return;
  const uint32_t variable = simulation->Bind(cell);
  Tell(*simulation, OpKind::kWrite, variable, site);
  const Race* race = simulation->races().OnWrite(simulation->task(), variable,
                                                 simulation->site());
  if (race != nullptr) FailWith(*simulation, *race);
}

void End(PlainCell& cell) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return;
  if (simulation->heap().is_used() && HeapBlocks::IsHeap(&cell)) {
    // Whoever destroys it must know of all that others did with it.
    const uint32_t variable = simulation->Bind(cell);
    Tell(*simulation, OpKind::kWrite, variable, {});
    const Race* race = simulation->races().OnWrite(simulation->task(), variable,
                                                   simulation->site());
    if (race != nullptr) FailWith(*simulation, *race);
  }
  simulation->End(cell);
}

}  // namespace fozzy::hooks

// The end of objects that others may still need.
#include "absl/strings/str_cat.h"
#include "fozzy/hooks.h"
#include "sim/sync/hook_scope.h"
#include "sim/sync/sync_names.h"

namespace fozzy::hooks {
namespace {

bool IsInUse(const SyncObject& object) {
  return object.owner != kMainStack || object.sharers > 0 ||
         object.queue.size > 0 || object.shared.size > 0;
}

// In memory of the heap its users are going to use what is given back.
[[noreturn]] void FailInUse(Simulation& simulation, const SyncObject& object,
                            bool is_on_heap) {
  const absl::string_view name = NameOf(object.kind);
  const bool is_locked = object.owner != kMainStack;
  std::string message =
      absl::StrCat(simulation.NameOf(simulation.task()), " at ",
                   PlaceOf(simulation.site()), " destroys a ", name);
  if (is_locked) {
    absl::StrAppend(&message, " that ", simulation.NameOf(object.owner),
                    " holds since ", PlaceOf(object.site));
  } else {
    absl::StrAppend(&message, " that others use");
  }
  simulation.Fail(is_on_heap ? FindingKind::kUseAfterFree : FindingKind::kPanic,
                  absl::StrCat("destruction of a ", name,
                               is_locked ? " that is held" : " in use"),
                  std::move(message));
}

}  // namespace

void Begin(SyncCell& cell) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation != nullptr) simulation->Bind(cell);
}

void End(SyncCell& cell) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr || cell.handle.run != simulation->run()) return;
  const SyncObject& object = simulation->Bind(cell);
  const bool is_on_heap =
      simulation->heap().is_used() && HeapBlocks::IsHeap(&cell);
  if (is_on_heap) {
    simulation->executor().Do({.kind = OpKind::kUnlock, .object = object.id},
                              {});
  }
  // The sharers of a barrier are those that it expects.
  const bool is_barrier = object.kind == SyncKind::kBarrier;
  if (is_barrier ? object.queue.size + object.shared.size > 0
                 : IsInUse(object)) {
    FailInUse(*simulation, object, is_on_heap);
  }
  simulation->End(cell);
}

}  // namespace fozzy::hooks

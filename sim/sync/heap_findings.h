// What goes wrong with memory.
#ifndef FOZZY_SIM_SYNC_HEAP_FINDINGS_H_
#define FOZZY_SIM_SYNC_HEAP_FINDINGS_H_

#include "fozzy/site.h"

namespace fozzy {

class Simulation;

// The current task uses an object at `address`, at `site`, where there is none
// any more.
[[noreturn]] void FailUseAfterFree(Simulation& simulation, const void* address,
                                   Site site);

// To be called after a run in which all tasks ended: notes what is left.
void NoteLeaks(Simulation& simulation);

}  // namespace fozzy

#endif  // FOZZY_SIM_SYNC_HEAP_FINDINGS_H_

// The passes that change which task runs when.
#ifndef FOZZY_SIM_SEARCH_SHRINK_SCHEDULE_H_
#define FOZZY_SIM_SEARCH_SHRINK_SCHEDULE_H_

#include "sim/search/shrink_state.h"

namespace fozzy {

// Leaves out spans of segments.
void CutSegments(ShrinkState& state);

// Joins segments with the next, or the last, of their task.
void DelaySegments(ShrinkState& state);
void AdvanceSegments(ShrinkState& state);

// Lets segments go on until their task cannot: the switch that follows is then
// no preemption.
void ExtendSegments(ShrinkState& state);

// Leaves out two segments or answers at a time, where one makes up for the
// other.
void CutPairs(ShrinkState& state);

// Puts one task that goes on until it cannot in the place of any span of
// segments.
void ReplaceSegments(ShrinkState& state);

// Ends with other tasks, without a preemption and with one.  The other passes
// only ever come from what was found; these find what is simpler but far away.
void ReorderEnds(ShrinkState& state);
void PreemptOnce(ShrinkState& state);

// Lets switches come earlier.
void ShortenSegments(ShrinkState& state);

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SHRINK_SCHEDULE_H_

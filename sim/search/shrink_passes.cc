#include "sim/search/shrink_passes.h"

#include "sim/search/shrink_answers.h"
#include "sim/search/shrink_schedule.h"

namespace fozzy {
namespace {

constexpr ShrinkPart kSchedule = ShrinkPart::kSchedule;
constexpr ShrinkPart kFaults = ShrinkPart::kFaults;
constexpr ShrinkPart kInput = ShrinkPart::kInput;
constexpr ShrinkPart kAll = ShrinkPart::kAll;

constexpr ShrinkPass kPasses[] = {
    {"drop-faults", "let nothing go wrong", kFaults, DropFaults},
    {"calm-order", "let what is oldest come first", kSchedule, CalmOrder},
    {"zero-values", "answer 0 to other questions", kInput, ZeroValues},
    {"cut-segments", "let tasks take fewer turns", kSchedule, CutSegments},
    {"delay-segments", "join turns with the task's next one", kSchedule,
     DelaySegments},
    {"advance-segments", "join turns with the task's last one", kSchedule,
     AdvanceSegments},
    {"extend-segments", "let turns last until the task waits or ends",
     kSchedule, ExtendSegments},
    {"replace-segments", "let one task go on instead of several turns",
     kSchedule, ReplaceSegments},
    {"cut-pairs", "do without two turns or answers at a time", kAll, CutPairs},
    {"reorder-ends", "end with tasks in another order", kSchedule, ReorderEnds},
    {"preempt-once", "end with a single preemption", kSchedule, PreemptOnce},
    {"cut-fault-questions", "let faults come earlier", kFaults,
     CutFaultQuestions},
    {"cut-order-questions", "let what overtakes come earlier", kSchedule,
     CutOrderQuestions},
    {"cut-value-questions", "let values come earlier", kInput,
     CutValueQuestions},
    {"lower-faults", "make answers about faults smaller", kFaults, LowerFaults},
    {"lower-order", "let fewer things be overtaken", kSchedule, LowerOrder},
    {"lower-values", "make other answers smaller", kInput, LowerValues},
    {"shorten-segments", "let switches come earlier", kSchedule,
     ShortenSegments},
};

}  // namespace

std::span<const ShrinkPass> ShrinkPasses() { return kPasses; }

}  // namespace fozzy

// The passes that change the answers to all questions but those about tasks.
#ifndef FOZZY_SIM_SEARCH_SHRINK_ANSWERS_H_
#define FOZZY_SIM_SEARCH_SHRINK_ANSWERS_H_

#include "sim/search/shrink_state.h"

namespace fozzy {

// Answers spans of questions with 0.
void DropFaults(ShrinkState& state);
void CalmOrder(ShrinkState& state);
void ZeroValues(ShrinkState& state);

// Takes out questions before each answer, so that a loop need not come so far.
void CutFaultQuestions(ShrinkState& state);
void CutOrderQuestions(ShrinkState& state);
void CutValueQuestions(ShrinkState& state);

// Makes answers smaller, single ones and equal ones together.
void LowerFaults(ShrinkState& state);
void LowerOrder(ShrinkState& state);
void LowerValues(ShrinkState& state);

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SHRINK_ANSWERS_H_

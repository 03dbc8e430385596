// Programs one step off the beaten track: shapes of the literature with some
// orders, operations and fences changed at random.  Subtle axioms come into
// play far more often in them than in random programs.
#ifndef FOZZY_SIM_LITMUS_SHAPE_VARIANT_H_
#define FOZZY_SIM_LITMUS_SHAPE_VARIANT_H_

#include <cstdint>

#include "sim/litmus/litmus_program.h"

namespace fozzy {

// Returns variant `index` of stream `seed`: one of LitmusShapes() where about
// one order in three is drawn anew, some accesses are read-modify-writes
// instead, some fences are gone and some have been added, up to nine
// operations.
LitmusProgram RandomShapeVariant(uint64_t seed, uint64_t index);

}  // namespace fozzy

#endif  // FOZZY_SIM_LITMUS_SHAPE_VARIANT_H_

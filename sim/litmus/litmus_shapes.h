// The litmus programs that papers on memory models argue with, each with the
// outcome it is known for and what the literature says of it.
#ifndef FOZZY_SIM_LITMUS_LITMUS_SHAPES_H_
#define FOZZY_SIM_LITMUS_LITMUS_SHAPES_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace fozzy {

// Who allows the famous outcome of a shape.
enum class LitmusVerdict : uint8_t {
  kForbidden = 0,  // nobody
  kWeak,           // C++ does, sequential consistency does not
  kStrong,         // sequential consistency, and so C++
};

struct LitmusShape {
  absl::string_view name;     // unique: the shape, "+", its orders
  absl::string_view program;  // for ParseLitmusProgram
  absl::string_view outcome;  // for ParseOutcomePattern
  LitmusVerdict verdict;
  // Where the verdict is from: a paper of the list below, or a clause of the
  // C++ standard.
  //
  // herd      Alglave, Maranget, Tautschnig, "Herding Cats", TOPLAS 2014
  // Batty     Batty et al., "Mathematizing C++ Concurrency", POPL 2011
  // Boehm     Boehm, "Can Seqlocks Get Along With Programming Language Memory
  //           Models?", MSPC 2012
  // RC11      Lahav et al., PLDI 2017; its examples by name
  // x86-TSO   Sewell et al., CACM 2010; its examples n5 and n6
  // P0668     "Revising the C++ memory model", P0668R5, adopted in C++20
  // P0982     "Weaken Release Sequences", P0982R1, adopted in C++20
  // order     C++20 [atomics.order]; race: [intro.races]; fence:
  //           [atomics.fences]; cas: [atomics.types.operations]
  absl::string_view source;
};

// Returns all shapes, grouped by kind.
absl::Span<const LitmusShape> LitmusShapes();

}  // namespace fozzy

#endif  // FOZZY_SIM_LITMUS_LITMUS_SHAPES_H_

// The written form of litmus programs and of what is asked about them.
#ifndef FOZZY_SIM_LITMUS_LITMUS_PARSER_H_
#define FOZZY_SIM_LITMUS_LITMUS_PARSER_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "sim/litmus/litmus_program.h"

namespace fozzy {

// Reads a program from one line.  "||" parts threads, ";" parts operations:
//
//   x=1 rel          store           x=r0+1 rel       store of r0 plus one
//   r0=x acq         load            fence sc         fence
//   r0=x.swap(2) ar  exchange        r0=x.add(1) sc   fetch_add
//   r0=x.cas(0,1) ar rlx   compare_exchange_strong(0, 1, acq_rel, relaxed)
//
// Orders are rlx, con, acq, rel, ar and sc; locations x, y and z; registers r0
// to r15.  Operations that write need not name a register.  The program has
// the locations and registers up to the last one it names.
//
// Errors: INVALID_ARGUMENT if an operation is malformed, or if the program is
// not one (see ProblemOf).
absl::StatusOr<LitmusProgram> ParseLitmusProgram(absl::string_view text);

// A demand on outcomes: the listed registers and locations have these values.
struct OutcomePattern {
  std::array<std::optional<uint64_t>, kLitmusRegistersMax> registers = {};
  std::array<std::optional<uint64_t>, kLitmusLocationsMax> locations = {};

  // Whether `outcome` has all the values demanded.
  bool Fits(const Outcome& outcome) const;
};

// Reads "r0=1 r1=0 x=2": any number of registers and locations.
//
// Errors: INVALID_ARGUMENT if a part is neither.
absl::StatusOr<OutcomePattern> ParseOutcomePattern(absl::string_view text);

}  // namespace fozzy

#endif  // FOZZY_SIM_LITMUS_LITMUS_PARSER_H_

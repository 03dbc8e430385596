// Lists all that a litmus program can do by trying every execution graph and
// keeping those that satisfy the axioms.  Nothing is executed: this is the
// judge of models that do execute.
#ifndef FOZZY_SIM_LITMUS_RC11_ENUMERATOR_H_
#define FOZZY_SIM_LITMUS_RC11_ENUMERATOR_H_

#include <cstdint>
#include <set>

#include "sim/litmus/litmus_program.h"

namespace fozzy {

enum class LitmusModel : uint8_t {
  kRc11 = 0,
  // The executions that break NO-THIN-AIR and keep the other axioms: what a
  // compiler may make of a program, and no execution from first to last does.
  kLoadBuffering,
  kSequentialConsistency,
};

struct EnumerationOptions {
  LitmusModel model = LitmusModel::kRc11;
  // Whether candidates are given up as soon as what is known of them breaks an
  // axiom.  The outcomes are the same, the time is not.
  bool is_pruned = true;
};

// Returns the outcomes of all consistent executions of `program`, which is
// never none but for load buffering.  Takes time exponential in the number of
// accesses per location: milliseconds for nine operations.  Requires a program
// without problem (see ProblemOf) of at most kEventsMax events: one per
// location and operation, two per read-modify-write.
std::set<Outcome> EnumerateOutcomes(const LitmusProgram& program,
                                    const EnumerationOptions& options = {});

}  // namespace fozzy

#endif  // FOZZY_SIM_LITMUS_RC11_ENUMERATOR_H_

// Whoever answers questions about values.
#ifndef FOZZY_SIM_CORE_VALUE_ORACLE_H_
#define FOZZY_SIM_CORE_VALUE_ORACLE_H_

#include <cstdint>

#include "fozzy/decision.h"

namespace fozzy {

// The part of an executor that a memory model needs.
class ValueOracle {
 public:
  // Returns a number from 0 to `last`, which is at least 1.  Asks on behalf of
  // the current task; switches to no other one.
  virtual uint64_t Ask(ChoiceKind kind, uint64_t last) = 0;

 protected:
  ~ValueOracle() = default;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_VALUE_ORACLE_H_

// Where a replay reads from.
#ifndef FOZZY_SIM_CORE_DECISION_SOURCE_H_
#define FOZZY_SIM_CORE_DECISION_SOURCE_H_

#include "fozzy/decision.h"

namespace fozzy {

// The decisions of a recording, first one first.  An interface, so that a
// replay needs no more of a trace in memory than the trace's reader keeps.
class DecisionSource {
 public:
  DecisionSource(const DecisionSource&) = delete;
  DecisionSource& operator=(const DecisionSource&) = delete;

  // Writes the next decision into `decision` and returns true, or returns
  // false, now and from now on, if there is none.  Called on the stack of the
  // code under test, as Strategy::PickValue is.
  virtual bool Next(Decision* decision) = 0;

 protected:
  DecisionSource() = default;
  ~DecisionSource() = default;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DECISION_SOURCE_H_

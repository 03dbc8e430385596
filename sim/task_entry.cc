#include "sim/task_entry.h"

#include <exception>
#include <string>

#include "sim/simulation.h"

namespace fozzy {

void CallUserCode(void (*function)(void*), void* argument) {
  std::string what;
  try {
    function(argument);
    Simulation& simulation = *Simulation::current();
    simulation.storage().Leave(simulation.task());
    return;
  } catch (const std::exception& exception) {
    what = exception.what();
  } catch (...) {
    what = "not a std::exception";
  }
  // Out of the handler: the run ends here, and nothing is left behind.
  Simulation& simulation = *Simulation::current();
  simulation.Fail(FindingKind::kPanic, "uncaught exception",
                  simulation.NameOf(simulation.task()) +
                      " let an exception escape: " + what);
}

}  // namespace fozzy

// Which simulation the calling code is in: the only state of fozzy that is
// neither passed in nor constant.
#ifndef FOZZY_SIM_CURRENT_H_
#define FOZZY_SIM_CURRENT_H_

#include <atomic>
#include <cstdint>

namespace fozzy {

class Simulation;

// Of this thread: simulated types have no other way to know.
struct CurrentSimulation {
  Simulation* simulation = nullptr;  // null: outside of runs
  uint32_t runs = 0;                 // begun on this thread
};
extern thread_local constinit CurrentSimulation current_simulation;

// The simulation that runs in this process, if any, so that another thread
// that touches a simulated object can be told from code outside of runs.
extern std::atomic<Simulation*> running_simulation;

}  // namespace fozzy

#endif  // FOZZY_SIM_CURRENT_H_

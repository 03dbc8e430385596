#include "sim/current.h"

namespace fozzy {

thread_local constinit CurrentSimulation current_simulation;

std::atomic<Simulation*> running_simulation = nullptr;

}  // namespace fozzy

// Telling those that wait in a queue.
#ifndef FOZZY_SIM_SYNC_NOTIFY_H_
#define FOZZY_SIM_SYNC_NOTIFY_H_

#include "sim/simulation.h"

namespace fozzy {

// What those that are told go on to do, and where they wait for their turn.
struct Awakening {
  WaitQueue& queue;
  Op op;
};

// Tells one of those that wait for `object`, chosen by the strategy (kWake), or
// keeps in mind that nobody heard it.
void TellOne(Simulation& simulation, SyncObject& object,
             const Awakening& awakening);
void TellAll(Simulation& simulation, SyncObject& object,
             const Awakening& awakening);

}  // namespace fozzy

#endif  // FOZZY_SIM_SYNC_NOTIFY_H_

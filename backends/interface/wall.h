// Time of the real world, for runs that are not deterministic.
#ifndef FOZZY_BACKENDS_INTERFACE_WALL_H_
#define FOZZY_BACKENDS_INTERFACE_WALL_H_

#include "sim/virtual_clock.h"

namespace fozzy {

// A clock that never goes back, and sleep.
class Wall {
 public:
  virtual ~Wall() = default;

  // Returns the time since this object was made.
  virtual Millis Elapsed() = 0;

  // Returns after `duration`.
  virtual void Sleep(Millis duration) = 0;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_INTERFACE_WALL_H_

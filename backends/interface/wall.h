// Real time, for runs that do not live in virtual time.
#ifndef FOZZY_BACKENDS_INTERFACE_WALL_H_
#define FOZZY_BACKENDS_INTERFACE_WALL_H_

#include "sim/virtual_clock.h"

namespace fozzy {

// A clock that moves by itself and never goes back.
class Wall {
 public:
  virtual ~Wall() = default;

  // Returns the time since this clock was made, rounded down.
  virtual Millis Elapsed() = 0;

  // Returns after `duration`, not before.
  virtual void Sleep(Millis duration) = 0;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_INTERFACE_WALL_H_

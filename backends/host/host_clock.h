// The clock on the wall.
#ifndef FOZZY_BACKENDS_HOST_HOST_CLOCK_H_
#define FOZZY_BACKENDS_HOST_HOST_CLOCK_H_

#include <cstdint>

#include "backends/interface/wall.h"

namespace fozzy {

// Returns the date, in nanoseconds since 1970, UTC.
int64_t UnixNs();

// Returns nanoseconds since some moment, untouched by changes of the date.
uint64_t MonotonicNs();

// Real time since it was made, untouched by changes of the date.
class HostClock final : public Wall {
 public:
  HostClock();

  Millis Elapsed() override;

  // Sleeps on when a signal comes.
  void Sleep(Millis duration) override;

 private:
  int64_t begin_ns_;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_HOST_CLOCK_H_

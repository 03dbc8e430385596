#include "cli/unix_time.h"

#include <ctime>

#include "sim/base/check.h"

namespace fozzy {

int64_t UnixTimeNs() {
  timespec now = {};
  FOZZY_CHECK(clock_gettime(CLOCK_REALTIME, &now) == 0);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace fozzy

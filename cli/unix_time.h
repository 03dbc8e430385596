// The date, for reports and for deleting old runs.  Nothing that a run does
// depends on it.
#ifndef FOZZY_CLI_UNIX_TIME_H_
#define FOZZY_CLI_UNIX_TIME_H_

#include <cstdint>

namespace fozzy {

// Returns nanoseconds since 1970.
int64_t UnixTimeNs();

}  // namespace fozzy

#endif  // FOZZY_CLI_UNIX_TIME_H_

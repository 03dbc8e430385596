// The environment of a disturbed process.
#ifndef FOZZY_BACKENDS_HOST_DOCTOR_DISTURBED_ENVIRONMENT_H_
#define FOZZY_BACKENDS_HOST_DOCTOR_DISTURBED_ENVIRONMENT_H_

#include <string>
#include <vector>

#include "backends/host/doctor/disturb.h"
#include "backends/host/doctor/pin.h"
#include "backends/host/doctor/run_root.h"

namespace fozzy {

// Variables, each "NAME=value", names unique.
using EnvironmentList = std::vector<std::string>;

// Returns the environment of the running process.
EnvironmentList HostEnvironment();

struct DisturbedEnvironment {
  EnvironmentList base;       // the caller's
  EnvironmentList overrides;  // win over everything, disturbances too
  Disturbance disturbance;    // without what the pins hold
  PinSet pins;
  std::string library;  // libfozzy_pin.so
  RunFolders folders;
};

// Returns what `parts` amount to, sorted by name.  If the address layout is
// pinned, the number of variables and of bytes depends on base, overrides and
// pins only.
EnvironmentList Assemble(const DisturbedEnvironment& parts);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_DOCTOR_DISTURBED_ENVIRONMENT_H_

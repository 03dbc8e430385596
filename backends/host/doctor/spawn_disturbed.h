// Runs a program in a process made different on purpose.
#ifndef FOZZY_BACKENDS_HOST_DOCTOR_SPAWN_DISTURBED_H_
#define FOZZY_BACKENDS_HOST_DOCTOR_SPAWN_DISTURBED_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "backends/host/doctor/disturb.h"
#include "backends/host/doctor/disturbed_environment.h"
#include "backends/host/doctor/pin.h"
#include "backends/host/doctor/run_root.h"

namespace fozzy {

struct DisturbedProgram {
  std::vector<std::string> argv;  // argv[0] is the path of the program
  EnvironmentList environment;    // the caller's: see HostEnvironment
  EnvironmentList overrides;      // variables that are never disturbed
  std::string model;      // what fresh working directories are filled from
  uint32_t limit_ms = 0;  // of wall time; 0: none
};

// What is held fixed, and the library that holds it.
struct Pins {
  PinSet set;
  std::string library = PinLibraryPath();
};

struct ProcessOutcome {
  int32_t exit = 0;           // 128 + the signal if one ended it
  bool is_timed_out = false;  // it and its process group were killed
  std::string out;            // any bytes
  std::string err;            // any bytes
};

// Runs `program` to its end, its input empty, in the folders of `root`.  The
// process leads a group of its own.
//
// Errors: INVALID_ARGUMENT if argv[0] is no path; NOT_FOUND if it cannot be
// executed; FAILED_PRECONDITION if libfozzy_pin.so is needed and is absent or
// cannot be preloaded; RESOURCE_EXHAUSTED if more than 64 MiB are printed;
// UNAVAILABLE if the system refuses.
absl::StatusOr<ProcessOutcome> SpawnDisturbed(const DisturbedProgram& program,
                                              const Disturbance& disturbance,
                                              const Pins& pins,
                                              const RunRoot& root);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_DOCTOR_SPAWN_DISTURBED_H_

// Processes as a step sees them, whoever runs them.
#ifndef FOZZY_BACKENDS_INTERFACE_PROC_H_
#define FOZZY_BACKENDS_INTERFACE_PROC_H_

#include <cstdint>
#include <string>
#include <vector>

#include "sim/virtual_clock.h"

namespace fozzy {

struct ProcRequest {
  std::string cmd;                // a path, or a name looked up in PATH
  std::vector<std::string> args;  // without the command itself
  Millis limit = 0;               // of wall time; 0: none
};

// How a process ended and what it printed.
struct ProcResult {
  enum class End : uint8_t {
    kExited = 0,
    kSignaled,    // `signal` killed it; `reason` is its name, "SIGSEGV"
    kNotStarted,  // `reason` says why
    kTimedOut,    // it and its whole process group were killed at the limit
  };

  End end = End::kExited;
  int32_t exit_code = 0;  // -1 unless it exited
  int32_t signal = 0;     // 0 unless kSignaled
  std::string out;        // any bytes
  std::string err;        // any bytes
  bool is_cut = false;    // out or err was longer than is kept
  std::string reason;
  Millis duration = 0;  // wall time; 0 for scripted processes
};

// Runs one process after another.
class Proc {
 public:
  virtual ~Proc() = default;

  // Runs `request` to its end.  Never fails: the result says what happened.
  virtual ProcResult Spawn(const ProcRequest& request) = 0;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_INTERFACE_PROC_H_

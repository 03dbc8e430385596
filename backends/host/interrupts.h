// Being told to end: ^C, a terminal that goes away, kill.
#ifndef FOZZY_BACKENDS_HOST_INTERRUPTS_H_
#define FOZZY_BACKENDS_HOST_INTERRUPTS_H_

#include <poll.h>
#include <signal.h>

#include <array>
#include <span>

#include "absl/status/status.h"

namespace fozzy {

// While one lives, the first SIGINT, SIGTERM or SIGHUP is noted, for whoever
// has children to end and folders to remove; a second one ends the process, as
// it would have without this.  Signals that are ignored stay so.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  // Whether one has come in the life of this process.
  static bool HaveCome() { return signal_ != 0; }

  // What a shell says of a program that was ended by it: 130 for ^C.
  static int ExitCode() { return 128 + signal_; }

  // poll(2), which fails with EINTR also if one had come before.
  static int Poll(std::span<pollfd> files, int timeout_ms);

  // What was interrupted ends with this: CANCELLED.
  static absl::Status Error();

 private:
  static constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};

  static void Note(int signal) { signal_ = signal; }

  static volatile sig_atomic_t signal_;

  std::array<struct sigaction, kSignals.size()> before_ = {};
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_INTERRUPTS_H_

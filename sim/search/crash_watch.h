// Signals that end a process in the middle of a run.
#ifndef FOZZY_SIM_SEARCH_CRASH_WATCH_H_
#define FOZZY_SIM_SEARCH_CRASH_WATCH_H_

#include <signal.h>

#include <array>
#include <cstddef>
#include <vector>

#include "sim/search/crash_note.h"

namespace fozzy {

// While it lives, a crash of this process is noted before the process ends as
// it would have ended anyway: by the same signal, or in the handler that was
// there before.  Signals are handled on a stack of their own, so that the
// overflow of a task's is noted, too.
//
// For the thread that makes it; others have no stack of their own.  There may
// be one in another, as after fork; that one is back when this one ends.
class CrashWatch {
 public:
  // `note` is filled in the signal handler and outlives this.  `then`, if not
  // null, is called after that with `argument`: it may do what a signal handler
  // may.
  explicit CrashWatch(CrashNote& note, void (*then)(void*) = nullptr,
                      void* argument = nullptr);
  CrashWatch(const CrashWatch&) = delete;
  CrashWatch& operator=(const CrashWatch&) = delete;
  ~CrashWatch();

  // From now on a crash of this process writes no core file: it is looked for,
  // and can be had again.
  static void LeaveNoCore();

 private:
  static constexpr std::array<int, 5> kSignals = {SIGSEGV, SIGBUS, SIGFPE,
                                                  SIGILL, SIGABRT};

  static void Handle(int signal, siginfo_t* info, void* context);
  // `fault` is null for a signal that was sent.
  void Note(int signal, const siginfo_t* fault);
  void GiveBack(int signal) const;

  static CrashWatch* active;  // the innermost; null: none

  CrashNote& note_;
  void (*const then_)(void*);
  void* const argument_;
  CrashWatch* const outer_;
  std::array<struct sigaction, kSignals.size()> before_ = {};
  std::vector<std::byte> stack_;
  stack_t stack_before_ = {};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_CRASH_WATCH_H_

#include "backends/host/interrupts.h"

#include <cerrno>

namespace fozzy {

volatile sig_atomic_t Interrupts::signal_ = 0;

Interrupts::Interrupts() {
  for (size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &before_[i]);
    if (before_[i].sa_handler == SIG_IGN || HaveCome()) continue;
    struct sigaction action = {};
    action.sa_handler = &Interrupts::Note;
    // What waits is to wake up.
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    sigaction(kSignals[i], &action, nullptr);
  }
}

Interrupts::~Interrupts() {
  for (size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], &before_[i], nullptr);
  }
}

int Interrupts::Poll(std::span<pollfd> files, int timeout_ms) {
  sigset_t held;
  sigemptyset(&held);
  for (const int signal : kSignals) sigaddset(&held, signal);
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &held, &before);
  int ready = -1;
  errno = EINTR;
  if (!HaveCome()) {
    const timespec timeout = {timeout_ms / 1000,
                              timeout_ms % 1000 * 1'000'000L};
    // They are let through only while it waits.
    ready = ppoll(files.data(), files.size(),
                  timeout_ms < 0 ? nullptr : &timeout, &before);
  }
  const int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return ready;
}

absl::Status Interrupts::Error() { return absl::CancelledError("interrupted"); }

}  // namespace fozzy

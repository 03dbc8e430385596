#include "kernels/reactive/signal.h"

namespace fozzy::reactive {

SignalBase::~SignalBase() {
  --scheduler_.live_signals;
  if (linked()) Unlink();
  while (!waiters_.empty()) waiters_.PopFront().waiting->signal = nullptr;
  while (!guards_.empty()) guards_.PopFront().signal = nullptr;
  while (!preempts_.empty()) preempts_.PopFront().signal = nullptr;
}

void SignalBase::Announce() {
  scheduler_.Appeared(*this);
  if (!preempts_.empty()) scheduler_.FinishLater(*this);
}

}  // namespace fozzy::reactive

#include "kernels/reactive/testing/rig.h"

namespace fozzy::reactive {

Process Rig::EmitAt(Reactor&, Event<>& signal, std::vector<int> times) {
  int now = 0;
  for (const int time : times) {
    for (; now < time; ++now) co_await Pause();
    co_await Emit(signal);
  }
}

}  // namespace fozzy::reactive

// Latches: counters that let everybody pass once they are 0.
#ifndef FOZZY_LATCH_H_
#define FOZZY_LATCH_H_

#include <cstddef>
#include <cstdint>

#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {

// Like std::latch, for up to 2^32 - 1.  Counting below 0 is a panic.
class latch {
 public:
  constexpr explicit latch(std::ptrdiff_t expected)
      : cell_(hooks::SyncKind::kLatch, static_cast<uint32_t>(expected)) {}
  latch(const latch&) = delete;
  latch& operator=(const latch&) = delete;
  ~latch() { hooks::End(cell_); }

  static constexpr std::ptrdiff_t(max)() noexcept { return UINT32_MAX; }

  void count_down(std::ptrdiff_t update = 1, Site site = Site::Here()) {
    hooks::CountDown(cell_, static_cast<uint64_t>(update), site);
  }
  bool try_wait(Site site = Site::Here()) const {
    return hooks::TryWaitLatch(cell_, site);
  }
  void wait(Site site = Site::Here()) const { hooks::WaitLatch(cell_, site); }
  void arrive_and_wait(std::ptrdiff_t update = 1, Site site = Site::Here()) {
    count_down(update, site);
    wait(site);
  }

 private:
  mutable hooks::SyncCell cell_;
};

}  // namespace fozzy

#endif  // FOZZY_LATCH_H_

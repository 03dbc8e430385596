// Semaphores.
#ifndef FOZZY_SEMAPHORE_H_
#define FOZZY_SEMAPHORE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "fozzy/hooks.h"
#include "fozzy/site.h"
#include "fozzy/time.h"

namespace fozzy {

// Like std::counting_semaphore, but that the maximum is kLeastMax itself, and
// at most 2^32 - 1: a release above it is a panic.  try_acquire does not fail
// for no reason.
template <std::ptrdiff_t kLeastMax = UINT32_MAX>
class counting_semaphore {
 public:
  static_assert(kLeastMax >= 0);

  constexpr explicit counting_semaphore(std::ptrdiff_t desired)
      : cell_(hooks::SyncKind::kSemaphore, static_cast<uint32_t>(desired)) {}
  counting_semaphore(const counting_semaphore&) = delete;
  counting_semaphore& operator=(const counting_semaphore&) = delete;
  ~counting_semaphore() { hooks::End(cell_); }

  static constexpr std::ptrdiff_t(max)() noexcept {
    return kLeastMax < std::ptrdiff_t{UINT32_MAX} ? kLeastMax
                                                  : std::ptrdiff_t{UINT32_MAX};
  }

  void release(std::ptrdiff_t update = 1, Site site = Site::Here()) {
    hooks::ReleaseSemaphore(cell_, static_cast<uint64_t>(update),
                            static_cast<uint64_t>((max)()), site);
  }
  void acquire(Site site = Site::Here()) {
    hooks::AcquireSemaphore(cell_, hooks::kNever, site);
  }
  bool try_acquire(Site site = Site::Here()) {
    return hooks::TryAcquireSemaphore(cell_, site);
  }
  template <class Rep, class Period>
  bool try_acquire_for(const std::chrono::duration<Rep, Period>& length,
                       Site site = Site::Here()) {
    return hooks::AcquireSemaphore(cell_, hooks::DeadlineOf(length), site);
  }
  template <class Clock, class Duration>
  bool try_acquire_until(const std::chrono::time_point<Clock, Duration>& time,
                         Site site = Site::Here()) {
    return hooks::AcquireSemaphore(cell_, hooks::DeadlineOf(time), site);
  }

 private:
  hooks::SyncCell cell_;
};

using binary_semaphore = counting_semaphore<1>;

}  // namespace fozzy

#endif  // FOZZY_SEMAPHORE_H_

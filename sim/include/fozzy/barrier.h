// Barriers: everybody waits until all have come, again and again.
#ifndef FOZZY_BARRIER_H_
#define FOZZY_BARRIER_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {
namespace hooks {

struct DoNothing {
  void operator()() noexcept {}
};

}  // namespace hooks

// Like std::barrier, for up to 2^32 - 1.  The completion is called by the task
// that arrives last, before anybody goes on.  More arrivals than are expected
// are a panic.
template <class Completion = hooks::DoNothing>
class barrier {
 public:
  class arrival_token {
   public:
    arrival_token(arrival_token&&) noexcept = default;
    arrival_token& operator=(arrival_token&&) noexcept = default;
    ~arrival_token() = default;

   private:
    friend class barrier;
    explicit arrival_token(uint32_t phase) : phase_(phase) {}
    uint32_t phase_;
  };

  constexpr explicit barrier(std::ptrdiff_t expected,
                             Completion completion = Completion())
      : cell_(hooks::SyncKind::kBarrier, static_cast<uint32_t>(expected)),
        completion_(std::move(completion)) {}
  barrier(const barrier&) = delete;
  barrier& operator=(const barrier&) = delete;
  ~barrier() { hooks::End(cell_); }

  static constexpr std::ptrdiff_t(max)() noexcept { return UINT32_MAX; }

  [[nodiscard]] arrival_token arrive(std::ptrdiff_t update = 1,
                                     Site site = Site::Here()) {
    return Arrive(static_cast<uint64_t>(update), false, site);
  }
  void wait(arrival_token&& arrival, Site site = Site::Here()) const {
    hooks::WaitAtBarrier(cell_, arrival.phase_, site);
  }
  void arrive_and_wait(Site site = Site::Here()) {
    wait(Arrive(1, false, site), site);
  }
  void arrive_and_drop(Site site = Site::Here()) { Arrive(1, true, site); }

 private:
  arrival_token Arrive(uint64_t update, bool is_drop, Site site) {
    const hooks::Arrival arrival =
        hooks::ArriveAtBarrier(cell_, update, is_drop, site);
    if (arrival.is_last) {
      completion_();
      hooks::CompleteBarrier(cell_, site);
    }
    return arrival_token(arrival.phase);
  }

  mutable hooks::SyncCell cell_;
  Completion completion_;
};

}  // namespace fozzy

#endif  // FOZZY_BARRIER_H_

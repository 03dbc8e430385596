// Things that are done once.
#ifndef FOZZY_ONCE_H_
#define FOZZY_ONCE_H_

#include <functional>
#include <type_traits>
#include <utility>

#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {

// Like std::once_flag.  A flag that was set in a run is not in the next one.
class once_flag {
 public:
  constexpr once_flag() noexcept = default;
  once_flag(const once_flag&) = delete;
  once_flag& operator=(const once_flag&) = delete;
  ~once_flag() { hooks::End(cell_); }

  // For call_once.
  hooks::SyncCell& cell() { return cell_; }

 private:
  hooks::SyncCell cell_{hooks::SyncKind::kOnce};
};

namespace hooks {

template <class F>
void CallOnce(SyncCell& cell, const F& call, Site site) {
  struct Ending {
    ~Ending() { EndOnce(cell, is_done, site); }
    SyncCell& cell;
    const Site site;
    bool is_done = false;
  };
  if (!BeginOnce(cell, site)) return;
  Ending ending{cell, site};
  call();
  ending.is_done = true;
}

}  // namespace hooks

// Like std::call_once: a call that throws does not count.  Outside of runs
// every call does it.
template <class F>
void call_once(once_flag& flag, F&& function, Site site = Site::Here()) {
  hooks::CallOnce(
      flag.cell(), [&] { std::invoke(std::forward<F>(function)); }, site);
}
template <class F, class Arg, class... Args>
requires(!std::is_same_v<std::remove_cvref_t<Arg>, Site>) void call_once(
    once_flag& flag, F&& function, Arg&& arg, Args&&... args) {
  const auto call = [&] {
    std::invoke(std::forward<F>(function), std::forward<Arg>(arg),
                std::forward<Args>(args)...);
  };
  hooks::CallOnce(flag.cell(), call, {});
}

}  // namespace fozzy

#endif  // FOZZY_ONCE_H_

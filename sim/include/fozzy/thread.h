// Threads of simulated programs.
#ifndef FOZZY_THREAD_H_
#define FOZZY_THREAD_H_

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <thread>
#include <tuple>
#include <type_traits>
#include <utility>

#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {

// Like std::thread.  Tasks that were detached must end for the run to end.
class thread {
 public:
  // Which task: they are numbered in the order they are started.
  class id {
   public:
    id() = default;
    friend bool operator==(id, id) = default;
    friend auto operator<=>(id, id) = default;

   private:
    friend class thread;
    friend struct IdAccess;
    explicit id(uint32_t task) : task_(task) {}
    uint32_t task_ = ~uint32_t{0};
  };

  thread() = default;

  template <class F, class... Args>
  requires(!std::is_same_v<std::remove_cvref_t<F>, thread>) explicit thread(
      F&& function, Args&&... args) {
    using Call = std::tuple<std::decay_t<F>, std::decay_t<Args>...>;
    auto call = std::make_unique<Call>(std::forward<F>(function),
                                       std::forward<Args>(args)...);
    const auto enter = [](void* argument) {
      const std::unique_ptr<Call> owned(static_cast<Call*>(argument));
      std::apply([](auto&... parts) { std::invoke(std::move(parts)...); },
                 *owned);
    };
    id_ = id(hooks::StartTask(enter, call.release(), {}));
  }

  thread(thread&& other) noexcept : id_(std::exchange(other.id_, id())) {}
  thread& operator=(thread&& other) noexcept {
    if (joinable()) hooks::Panic("assignment to a thread that is joinable", {});
    id_ = std::exchange(other.id_, id());
    return *this;
  }
  ~thread() {
    if (joinable())
      hooks::Panic("destruction of a thread that is joinable", {});
  }

  bool joinable() const { return id_ != id(); }
  id get_id() const { return id_; }
  void join(Site site = Site::Here()) {
    if (!joinable())
      hooks::Panic("join of a thread that is not joinable", site);
    hooks::JoinTask(id_.task_, site);
    id_ = id();
  }
  void detach() { id_ = id(); }
  void swap(thread& other) noexcept { std::swap(id_, other.id_); }
  static unsigned hardware_concurrency() { return 2; }

 private:
  id id_;
};

}  // namespace fozzy

#endif  // FOZZY_THREAD_H_

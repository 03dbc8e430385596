// Threads of simulated programs: tasks.
#ifndef FOZZY_THREAD_H_
#define FOZZY_THREAD_H_

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>

#include "fozzy/hooks.h"
#include "fozzy/site.h"
#include "fozzy/stop_token.h"
#include "fozzy/time.h"

namespace fozzy {
namespace hooks {

// Returns `site` unless it is inside the standard library, which says nothing:
// vector::emplace_back calls constructors, for one.
constexpr Site KnownOnly(Site site) {
  if (site.file == nullptr) return site;
  const std::string_view file = site.file;
  return file.substr(0, 13) == "/usr/include/" ? Site{} : site;
}

template <class Arg>
inline constexpr bool IsSite = std::is_same_v<std::remove_cvref_t<Arg>, Site>;

// Starts a task that calls copies of `parts`, the function first.
template <class... Parts>
uint32_t Start(Site site, Parts&&... parts) {
  using Call = std::tuple<std::decay_t<Parts>...>;
  auto call = std::make_unique<Call>(std::forward<Parts>(parts)...);
  const auto enter = [](void* argument) {
    const std::unique_ptr<Call> owned(static_cast<Call*>(argument));
    std::apply([](auto&... its) { std::invoke(std::move(its)...); }, *owned);
  };
  return StartTask(enter, call.release(), KnownOnly(site));
}

}  // namespace hooks

// Like std::thread.  Tasks that were detached must end for the run to end, too.
// Destroying a thread that is joinable is a panic.
class thread {
 public:
  // Which task: they are numbered in the order they are started.
  class id {
   public:
    id() = default;
    friend bool operator==(id, id) = default;
    friend auto operator<=>(id, id) = default;

    // The number of the task, as in findings; no task has the number ~0.
    uint32_t number() const { return task_; }
    explicit id(uint32_t task) : task_(task) {}

   private:
    uint32_t task_ = ~uint32_t{0};
  };

  thread() noexcept = default;

  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, thread>) explicit thread(
      F&& function, Site site = Site::Here())
      : id_(hooks::Start(site, std::forward<F>(function))) {}
  template <class F, class A>
  requires(!hooks::IsSite<A>) explicit thread(F&& function, A&& a,
                                              Site site = Site::Here())
      : id_(hooks::Start(site, std::forward<F>(function), std::forward<A>(a))) {
  }
  template <class F, class A, class B>
  requires(!hooks::IsSite<A> &&
           !hooks::IsSite<B>) explicit thread(F&& function, A&& a, B&& b,
                                              Site site = Site::Here())
      : id_(hooks::Start(site, std::forward<F>(function), std::forward<A>(a),
                         std::forward<B>(b))) {}
  template <class F, class A, class B, class C, class... Rest>
  requires(!hooks::IsSite<B> &&
           !hooks::IsSite<C>) explicit thread(F&& function, A&& a, B&& b, C&& c,
                                              Rest&&... rest)
      : id_(hooks::Start({}, std::forward<F>(function), std::forward<A>(a),
                         std::forward<B>(b), std::forward<C>(c),
                         std::forward<Rest>(rest)...)) {}

  thread(const thread&) = delete;
  thread(thread&& other) noexcept : id_(std::exchange(other.id_, id())) {}
  thread& operator=(const thread&) = delete;
  thread& operator=(thread&& other) noexcept {
    if (joinable()) {
      hooks::Misuse("assignment to a thread that is joinable", {});
    }
    id_ = std::exchange(other.id_, id());
    return *this;
  }
  ~thread() {
    if (joinable()) {
      hooks::Misuse("destruction of a thread that is joinable", {});
    }
  }

  bool joinable() const noexcept { return id_ != id(); }
  id get_id() const noexcept { return id_; }
  void join(Site site = Site::Here()) {
    if (!joinable()) Fail(std::errc::invalid_argument);
    if (id_.number() == hooks::CurrentTask()) {
      Fail(std::errc::resource_deadlock_would_occur);
    }
    hooks::JoinTask(id_.number(), site);
    id_ = id();
  }
  void detach() {
    if (!joinable()) Fail(std::errc::invalid_argument);
    id_ = id();
  }
  void swap(thread& other) noexcept { std::swap(id_, other.id_); }
  friend void swap(thread& a, thread& b) noexcept { a.swap(b); }
  static unsigned hardware_concurrency() noexcept { return 2; }

 private:
  friend class jthread;

  [[noreturn]] static void Fail(std::errc error) {
    throw std::system_error(std::make_error_code(error));
  }

  id id_;
};

// Like std::jthread.
class jthread {
 public:
  using id = thread::id;

  jthread() noexcept : source_(nostopstate) {}
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, jthread>) explicit jthread(
      F&& function, Site site = Site::Here())
      : thread_(Start(site, source_, std::forward<F>(function))) {}
  template <class F, class A>
  requires(!hooks::IsSite<A>) explicit jthread(F&& function, A&& a,
                                               Site site = Site::Here())
      : thread_(Start(site, source_, std::forward<F>(function),
                      std::forward<A>(a))) {}
  template <class F, class A, class B, class... Rest>
  requires(!hooks::IsSite<A> &&
           !hooks::IsSite<B>) explicit jthread(F&& function, A&& a, B&& b,
                                               Rest&&... rest)
      : thread_(Start({}, source_, std::forward<F>(function),
                      std::forward<A>(a), std::forward<B>(b),
                      std::forward<Rest>(rest)...)) {}
  jthread(const jthread&) = delete;
  jthread(jthread&&) noexcept = default;
  jthread& operator=(const jthread&) = delete;
  jthread& operator=(jthread&& other) noexcept {
    if (this == &other) return *this;
    StopAndJoin();
    source_ = std::move(other.source_);
    thread_ = std::move(other.thread_);
    return *this;
  }
  ~jthread() { StopAndJoin(); }

  bool joinable() const noexcept { return thread_.joinable(); }
  id get_id() const noexcept { return thread_.get_id(); }
  void join(Site site = Site::Here()) { thread_.join(site); }
  void detach() { thread_.detach(); }
  stop_source get_stop_source() noexcept { return source_; }
  stop_token get_stop_token() const noexcept { return source_.get_token(); }
  bool request_stop(Site site = Site::Here()) noexcept {
    return source_.request_stop(site);
  }
  void swap(jthread& other) noexcept {
    source_.swap(other.source_);
    thread_.swap(other.thread_);
  }
  friend void swap(jthread& a, jthread& b) noexcept { a.swap(b); }
  static unsigned hardware_concurrency() noexcept { return 2; }

 private:
  template <class F, class... Args>
  static thread Start(Site site, const stop_source& source, F&& function,
                      Args&&... args) {
    thread started;
    if constexpr (std::is_invocable_v<std::decay_t<F>, stop_token,
                                      std::decay_t<Args>...>) {
      started.id_ =
          id(hooks::Start(site, std::forward<F>(function), source.get_token(),
                          std::forward<Args>(args)...));
    } else {
      started.id_ = id(hooks::Start(site, std::forward<F>(function),
                                    std::forward<Args>(args)...));
    }
    return started;
  }
  void StopAndJoin() {
    if (!joinable()) return;
    request_stop({});
    join({});
  }

  stop_source source_;
  thread thread_;
};

namespace this_thread {

// Outside of runs it is no task's.
inline thread::id get_id() noexcept { return thread::id(hooks::CurrentTask()); }
inline void yield(Site site = Site::Here()) { hooks::Yield(site); }
template <class Rep, class Period>
void sleep_for(const std::chrono::duration<Rep, Period>& length,
               Site site = Site::Here()) {
  hooks::SleepUntil(hooks::DeadlineOf(length), site);
}
template <class Clock, class Duration>
void sleep_until(const std::chrono::time_point<Clock, Duration>& time,
                 Site site = Site::Here()) {
  hooks::SleepUntil(hooks::DeadlineOf(time), site);
}

// Gives the current task a name for findings.
inline void set_name(const char* name) { hooks::SetTaskName(name); }

}  // namespace this_thread
}  // namespace fozzy

namespace std {

template <>
struct hash<fozzy::thread::id> {
  size_t operator()(fozzy::thread::id id) const noexcept { return id.number(); }
};

}  // namespace std

#endif  // FOZZY_THREAD_H_

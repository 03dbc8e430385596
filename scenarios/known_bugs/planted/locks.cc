// Locks taken in the wrong order, not taken, or not given back.
#include <chrono>
#include <optional>

#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {

// Each task holds the lock that the other wants next.
template <bool kMended>
void AbbaDeadlock() {
  fozzy::mutex from;
  fozzy::mutex to;
  const auto forth = [&] {
    const fozzy::lock_guard<fozzy::mutex> first(from);
    const fozzy::lock_guard<fozzy::mutex> second(to);
  };
  const auto back = [&] {
    const fozzy::lock_guard<fozzy::mutex> first(kMended ? from : to);
    const fozzy::lock_guard<fozzy::mutex> second(kMended ? to : from);
  };

  RunTasks(forth, back);
}
template void AbbaDeadlock<false>();
template void AbbaDeadlock<true>();

// Every philosopher takes the left fork, then the right one; all hold their
// left.
// Source: Dijkstra, "Hierarchical Ordering of Sequential Processes", 1971.
template <bool kMended>
void DiningPhilosophers() {
  constexpr int kSeats = 4;
  fozzy::mutex forks[kSeats];
  fozzy::atomic<int> thoughts{0};
  const auto dine = [&](int seat) {
    const int next = (seat + 1) % kSeats;
    const bool swaps = kMended && next < seat;
    for (int meal = 0; meal < 2; ++meal) {
      thoughts.fetch_add(1);
      const fozzy::lock_guard<fozzy::mutex> first(forks[swaps ? next : seat]);
      const fozzy::lock_guard<fozzy::mutex> second(forks[swaps ? seat : next]);
    }
  };

  RunTasks([&] { dine(0); }, [&] { dine(1); }, [&] { dine(2); },
           [&] { dine(3); });
}
template void DiningPhilosophers<false>();
template void DiningPhilosophers<true>();

// A subject calls its observer with its own lock held; the observer takes the
// lock of the widget.  A widget that closes takes the two the other way round.
// The last of the events only reaches the widget, and only then are both held.
template <bool kMended>
void CallbackLockOrder() {
  constexpr int kEvents = 10;
  fozzy::mutex subject;
  fozzy::mutex widget;
  fozzy::var<bool> subscribed{true};
  fozzy::var<int> repaints{0};
  const auto fire = [&](int event) {
    fozzy::unique_lock<fozzy::mutex> lock(subject);
    const bool is_wanted = subscribed && event == kEvents - 1;
    if constexpr (kMended) lock.unlock();
    if (!is_wanted) return;
    const fozzy::lock_guard<fozzy::mutex> inner(widget);
    repaints = repaints + 1;
  };
  const auto fire_all = [&] {
    for (int event = 0; event < kEvents; ++event) fire(event);
  };
  const auto close = [&] {
    const fozzy::lock_guard<fozzy::mutex> lock(widget);
    const fozzy::lock_guard<fozzy::mutex> inner(subject);
    subscribed = false;
  };

  RunTasks(fire_all, close);
}
template void CallbackLockOrder<false>();
template void CallbackLockOrder<true>();

// "Waits five milliseconds for the lock, then goes on" without it.  The holder
// must be preempted, lock in hand, until the other has given up, and the other
// has a file to read before it wants the lock.
template <bool kMended>
void TimedLockFallback() {
  using std::chrono::milliseconds;
  fozzy::timed_mutex mutex;
  fozzy::atomic<int> lines_read{0};
  fozzy::var<int> config{0};
  const auto reload = [&] {
    const fozzy::lock_guard<fozzy::timed_mutex> lock(mutex);
    config = config + 1;
  };
  const auto patch = [&] {
    for (int i = 0; i < 10; ++i) lines_read.fetch_add(1);
    const bool is_locked = mutex.try_lock_for(milliseconds(5));
    if (kMended && !is_locked) return;
    config = config + 10;
    if (is_locked) mutex.unlock();
  };

  RunTasks(reload, patch);
}
template void TimedLockFallback<false>();
template void TimedLockFallback<true>();

// A spin lock that tries a few times and then enters all the same: it looks
// like a lock as long as the holder is quicker than the tries.
template <bool kMended>
void TryLockIgnored() {
  constexpr int kTries = 6;
  fozzy::atomic_flag held;
  fozzy::atomic<int> waits{0};
  fozzy::var<int> total{0};
  const auto add = [&] {
    for (int tries = 0; held.test_and_set(std::memory_order_acquire);) {
      if (!kMended && ++tries == kTries) break;
      waits.fetch_add(1, std::memory_order_relaxed);
      if (kMended) fozzy::this_thread::yield();
    }
    total = total + 1;
    held.clear(std::memory_order_release);
  };

  RunTasks(add, add);
}
template void TryLockIgnored<false>();
template void TryLockIgnored<true>();

// A lock held by hand around something that throws: what leaves by an exception
// keeps it, and the exception sits unread in the future.  It throws only if the
// name is withdrawn after it has been seen.
template <bool kMended>
void LockKeptByException() {
  fozzy::mutex mutex;
  fozzy::atomic<bool> is_listed{true};
  fozzy::atomic<int> lookups{0};
  const auto look_up = [&] {
    if (!is_listed.load()) return 0;
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    if constexpr (!kMended) lock.release();
    lookups.fetch_add(1);
    const std::optional<int> name =
        is_listed.load() ? std::optional<int>(7) : std::nullopt;
    const int found = name.value();
    if constexpr (!kMended) mutex.unlock();
    return found;
  };
  const auto withdraw = [&] {
    for (int i = 0; i < 14; ++i) lookups.fetch_add(1);
    is_listed.store(false);
    const fozzy::lock_guard<fozzy::mutex> lock(mutex);
  };

  auto found = fozzy::async(std::launch::async, look_up);
  RunTasks(withdraw);
  found.wait();
  const fozzy::lock_guard<fozzy::mutex> lock(mutex);
}
template void LockKeptByException<false>();
template void LockKeptByException<true>();

}  // namespace fozzy::known_bugs

// Time-outs that come while what they wait for comes, too.
#include <chrono>

#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {
namespace {

using std::chrono::milliseconds;

}  // namespace

// The response and the time-out each finish the request if nobody has; the
// look and the finishing are two steps, and it is finished twice.
template <bool kMended>
void TimeoutAndResponse() {
  fozzy::atomic<bool> is_finished{false};
  fozzy::atomic<int> finishes{0};
  fozzy::atomic<int> bytes{0};
  const auto finish = [&] {
    if constexpr (kMended) {
      if (is_finished.exchange(true)) return;
    } else {
      if (is_finished.load()) return;
      is_finished.store(true);
    }
    FOZZY_ALWAYS(finishes.fetch_add(1) == 0, "a request is finished once");
  };
  const auto time_out = [&] {
    fozzy::this_thread::sleep_for(milliseconds(10));
    finish();
  };
  const auto respond = [&] {
    for (int i = 0; i < 14; ++i) bytes.fetch_add(1);
    finish();
  };

  RunTasks(time_out, respond);
}
template void TimeoutAndResponse<false>();
template void TimeoutAndResponse<true>();

namespace {

struct Timer {
  fozzy::mutex mutex;
  fozzy::condition_variable changed;
  fozzy::var<bool> is_cancelled{false};
  fozzy::var<bool> is_running{false};
};

}  // namespace

// Cancelling a timer that has fired does not wait for its callback.  The
// callback has seen that it is not cancelled; the owner cancels, tidies up and
// destroys what the callback is about to touch.
// Source: the reason for del_timer_sync beside del_timer in Linux.
template <bool kMended>
void CancelAfterFire() {
  Timer timer;
  fozzy::atomic<int> open_files{4};
  auto* session = fozzy::heap::create<fozzy::atomic<int>>(0);
  const auto fire = [&] {
    fozzy::this_thread::sleep_for(milliseconds(10));
    {
      const fozzy::lock_guard<fozzy::mutex> lock(timer.mutex);
      if (timer.is_cancelled) return;
      timer.is_running = true;
    }
    session->fetch_add(1);
    const fozzy::lock_guard<fozzy::mutex> lock(timer.mutex);
    timer.is_running = false;
    timer.changed.notify_all();
  };
  const auto close = [&] {
    fozzy::this_thread::sleep_for(milliseconds(11));
    fozzy::unique_lock<fozzy::mutex> lock(timer.mutex);
    timer.is_cancelled = true;
    while (kMended && timer.is_running) timer.changed.wait(lock);
    lock.unlock();
    for (int i = 0; i < 4; ++i) open_files.fetch_sub(1);
    fozzy::heap::destroy(session);
  };

  RunTasks(fire, close);
}
template void CancelAfterFire<false>();
template void CancelAfterFire<true>();

// A lease is held for ten milliseconds, and its holder is preempted for longer
// between its last step and its write.  The next holder writes, and the old one
// writes over it; a store that compares tokens would refuse.
// Source: Kleppmann, "How to do distributed locking", 2016.
template <bool kMended>
void LeaseOutlived() {
  fozzy::mutex store;
  fozzy::atomic<int> last_token{0};
  fozzy::atomic<int> records{0};
  const auto write = [&](int token) {
    const fozzy::lock_guard<fozzy::mutex> lock(store);
    if (kMended && token < last_token.load()) return;
    FOZZY_ALWAYS(last_token.exchange(token) <= token,
                 "a later holder's record stays");
  };
  const auto hold_first = [&] {
    for (int i = 0; i < 2; ++i) records.fetch_add(1);
    write(1);
  };
  const auto hold_second = [&] {
    fozzy::this_thread::sleep_for(milliseconds(10));
    for (int i = 0; i < 11; ++i) records.fetch_add(1);
    write(2);
  };

  RunTasks(hold_first, hold_second);
}
template void LeaseOutlived<false>();
template void LeaseOutlived<true>();

// A waiter whose time is up leaves its place in the queue of a hand-made
// semaphore, and does not look whether it was given the permit in the meantime:
// the permit leaves with it, and the next waiter waits for ever.
template <bool kMended>
void PermitLostOnTimeout() {
  fozzy::mutex mutex;
  fozzy::condition_variable granted;
  fozzy::var<bool> is_granted{false};
  fozzy::var<bool> is_given_up{false};
  fozzy::binary_semaphore next(0);
  fozzy::atomic<int> log{0};
  const auto wait_in_time = [&] {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    const auto deadline = fozzy::steady_clock::now() + milliseconds(5);
    bool is_late = false;
    while (!is_granted && !is_late) {
      is_late = granted.wait_until(lock, deadline) == fozzy::cv_status::timeout;
    }
    if (is_late) {
      if (kMended && is_granted) next.release();
      is_given_up = true;
      return;
    }
    next.release();
  };
  const auto release = [&] {
    fozzy::this_thread::sleep_for(milliseconds(5));
    for (int i = 0; i < 8; ++i) log.fetch_add(1);
    const fozzy::lock_guard<fozzy::mutex> lock(mutex);
    if (is_given_up) {
      next.release();
    } else {
      is_granted = true;
      granted.notify_one();
    }
  };

  RunTasks(wait_in_time, release, [&] { next.acquire(); });
}
template void PermitLostOnTimeout<false>();
template void PermitLostOnTimeout<true>();

// A timer that comes again and again looks whether its owner is closing, and
// then says that it runs.  The owner, in between, says that it closes, writes
// its files, sees nothing running, and destroys what the timer is about to
// touch.
template <bool kMended>
void TimerRunsAfterClose() {
  fozzy::atomic<bool> is_closing{false};
  fozzy::atomic<bool> is_running{false};
  fozzy::atomic<int> open_files{5};
  auto* session = fozzy::heap::create<fozzy::atomic<int>>(0);
  const auto tick = [&] {
    fozzy::this_thread::sleep_for(milliseconds(10));
    if constexpr (kMended) is_running.store(true);
    const bool is_wanted = !is_closing.load();
    if (is_wanted) {
      is_running.store(true);
      session->fetch_add(1);
    }
    is_running.store(false);
  };
  const auto tick_thrice = [&] {
    for (int i = 0; i < 3; ++i) tick();
  };
  const auto close = [&] {
    fozzy::this_thread::sleep_for(milliseconds(30));
    is_closing.store(true);
    for (int i = 0; i < 5; ++i) open_files.fetch_sub(1);
    while (is_running.load()) fozzy::this_thread::yield();
    fozzy::heap::destroy(session);
  };

  RunTasks(tick_thrice, close);
}
template void TimerRunsAfterClose<false>();
template void TimerRunsAfterClose<true>();

}  // namespace fozzy::known_bugs

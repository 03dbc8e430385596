// Notifications that come too early, reach the wrong waiter, or outlive it.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {

// The waiter looks at the flag, and waits; the flag is raised and announced in
// between, where nobody listens yet.
template <bool kMended>
void NotifyBeforeWait() {
  fozzy::mutex mutex;
  fozzy::condition_variable changed;
  fozzy::atomic<bool> is_ready{false};
  const auto wait = [&] {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    while (!is_ready.load()) changed.wait(lock);
  };
  const auto raise = [&] {
    if constexpr (kMended) {
      const fozzy::lock_guard<fozzy::mutex> lock(mutex);
      is_ready.store(true);
    } else {
      is_ready.store(true);
    }
    changed.notify_one();
  };

  RunTasks(wait, raise);
}
template void NotifyBeforeWait<false>();
template void NotifyBeforeWait<true>();

// "Signal only if somebody sleeps", with the count of sleepers raised after the
// last look at the queue.  A producer that reads the count between the two
// leaves its item, the last of them, with nobody to fetch it.
template <bool kMended>
void SleeperCountedLate() {
  constexpr int kItems = 3;
  fozzy::mutex mutex;
  fozzy::condition_variable filled;
  fozzy::atomic<int> sleepers{0};
  fozzy::atomic<int> items{0};
  fozzy::atomic<int> made_in_all{0};
  fozzy::atomic<int> last_made{0};
  fozzy::atomic<int> bytes{0};
  const auto count = [&](bool counts_now, int by) {
    if (counts_now) sleepers.fetch_add(by);
  };
  const auto sleep = [&](fozzy::unique_lock<fozzy::mutex>& lock) {
    count(!kMended, 1);
    filled.wait(lock);
    count(!kMended, -1);
  };
  const auto take = [&] {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    count(kMended, 1);
    while (items.load() == 0) sleep(lock);
    count(kMended, -1);
    items.fetch_sub(1);
  };
  const auto consume = [&] {
    for (int taken = 0; taken < kItems; ++taken) take();
  };
  const auto produce = [&] {
    for (int made = 0; made < kItems; ++made) {
      items.fetch_add(1);
      made_in_all.fetch_add(1);
      last_made.store(made);
      bytes.fetch_add(8);
      if (sleepers.load() == 0) continue;
      const fozzy::lock_guard<fozzy::mutex> lock(mutex);
      filled.notify_one();
    }
  };

  RunTasks(consume, produce);
}
template void SleeperCountedLate<false>();
template void SleeperCountedLate<true>();

// A consumer that wakes up takes what it was woken for without looking again:
// a second consumer came by and took it.
template <bool kMended>
void IfInsteadOfWhile() {
  fozzy::mutex mutex;
  fozzy::condition_variable filled;
  fozzy::var<int> items{0};
  const auto take = [&] {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    if constexpr (kMended) {
      while (items == 0) filled.wait(lock);
    } else {
      if (items == 0) filled.wait(lock);
    }
    FOZZY_ALWAYS(items > 0, "there is an item to take");
    items = items - 1;
  };
  const auto put_two = [&] {
    for (int i = 0; i < 2; ++i) {
      const fozzy::lock_guard<fozzy::mutex> lock(mutex);
      items = items + 1;
      filled.notify_one();
    }
  };

  RunTasks(take, take, put_two);
}
template void IfInsteadOfWhile<false>();
template void IfInsteadOfWhile<true>();

// A buffer of one place, with one condition for "there is room" and "there is
// an item", and notify_one: the item's notification wakes a producer, which
// finds no room and waits again, and every task waits.
// Source: "Extreme Programming Challenge Fourteen" of the Portland Pattern
// Repository, a bounded buffer offered as a bug that unit tests do not find.
template <bool kMended>
void OneConditionTwoKinds() {
  fozzy::mutex mutex;
  fozzy::condition_variable changed;
  fozzy::var<int> items{0};
  const auto tell = [&] {
    if constexpr (kMended) {
      changed.notify_all();
    } else {
      changed.notify_one();
    }
  };
  const auto put = [&] {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    while (items == 1) changed.wait(lock);
    items = items + 1;
    tell();
  };
  const auto take = [&] {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    while (items == 0) changed.wait(lock);
    items = items - 1;
    tell();
  };
  const auto put_four = [&] {
    for (int i = 0; i < 4; ++i) put();
  };
  const auto take_two = [&] {
    for (int i = 0; i < 2; ++i) take();
  };

  RunTasks(put_four, take_two, take_two);
}
template void OneConditionTwoKinds<false>();
template void OneConditionTwoKinds<true>();

// The stop flag is raised without the lock, files are closed, and the worker is
// woken.  A worker that looked at the flag before all that and goes to sleep
// after it is never woken.
template <bool kMended>
void StopFlagLostWakeup() {
  constexpr int kFiles = 2;
  fozzy::mutex mutex;
  fozzy::condition_variable changed;
  fozzy::var<int> jobs{0};
  fozzy::atomic<int> files{kFiles};
  fozzy::atomic<bool> is_stopped{false};
  const auto work = [&] {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    while (!is_stopped.load()) {
      if (jobs > 0) jobs = jobs - 1;
      while (jobs == 0 && !is_stopped.load()) changed.wait(lock);
    }
  };
  const auto stop = [&] {
    if constexpr (kMended) mutex.lock();
    is_stopped.store(true);
    if constexpr (kMended) mutex.unlock();
    for (int i = 0; i < kFiles; ++i) files.fetch_sub(1);
    changed.notify_one();
  };
  const auto submit_and_stop = [&] {
    {
      const fozzy::lock_guard<fozzy::mutex> lock(mutex);
      jobs = jobs + 1;
      changed.notify_one();
    }
    stop();
  };

  RunTasks(work, submit_and_stop);
}
template void StopFlagLostWakeup<false>();
template void StopFlagLostWakeup<true>();

namespace {

struct Completion {
  fozzy::mutex mutex;
  fozzy::condition_variable changed;
  fozzy::var<bool> is_done{false};
};

}  // namespace

// The completion is notified after its lock is given back.  The waiter wakes
// by itself in between, sees that all is done, closes its files and destroys
// it. Source: glibc bug 12674, in which sem_post touched a semaphore that the
// waiter it had released was free to destroy.
template <bool kMended>
void NotifyAfterDestruction() {
  auto* completion = fozzy::heap::create<Completion>();
  fozzy::atomic<int> open_files{3};
  const auto finish = [completion] {
    fozzy::unique_lock<fozzy::mutex> lock(completion->mutex);
    completion->is_done = true;
    if constexpr (kMended) {
      completion->changed.notify_one();
    } else {
      lock.unlock();
      completion->changed.notify_one();
    }
  };
  fozzy::thread finisher(finish);
  {
    fozzy::unique_lock<fozzy::mutex> lock(completion->mutex);
    while (!completion->is_done) completion->changed.wait(lock);
  }
  for (int i = 0; i < 3; ++i) open_files.fetch_sub(1);
  if constexpr (kMended) finisher.join();
  fozzy::heap::destroy(completion);
  if constexpr (!kMended) finisher.join();
}
template void NotifyAfterDestruction<false>();
template void NotifyAfterDestruction<true>();

// Two gates share a condition, and each opening wakes one task: the wake-up for
// the first gate is eaten by a task that waits for the second, which cannot
// open before.  It takes a slow opener: both must be waiting.
template <bool kMended>
void StolenNotification() {
  constexpr int kGates = 2;
  fozzy::mutex mutex;
  fozzy::condition_variable changed;
  fozzy::atomic<int> steps{0};
  fozzy::var<bool> is_open[kGates] = {false, false};
  const auto pass = [&](int gate) {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    while (!is_open[gate]) changed.wait(lock);
  };
  const auto open = [&](int gate) {
    const fozzy::lock_guard<fozzy::mutex> lock(mutex);
    is_open[gate] = true;
    if constexpr (kMended) {
      changed.notify_all();
    } else {
      changed.notify_one();
    }
  };
  const auto walk_to_second = [&] {
    for (int i = 0; i < 18; ++i) steps.fetch_add(1);
    pass(1);
  };
  const auto pass_and_open = [&] {
    pass(0);
    open(1);
  };

  RunTasks(walk_to_second, pass_and_open, [&] { open(0); });
}
template void StolenNotification<false>();
template void StolenNotification<true>();

// Wake-ups are throttled: who hands in a job while another has just woken the
// worker does not wake it again.  The worker says that it is awake no more
// after its last look at the jobs, and a job that is handed in between the two
// waits for the next one, which never comes.
// Three parties: one wakes, one trusts it, one sleeps.
template <bool kMended>
void WakeupThrottled() {
  constexpr int kJobs = 2;
  fozzy::mutex mutex;
  fozzy::condition_variable filled;
  fozzy::atomic<bool> is_waking{false};
  fozzy::atomic<int> jobs{0};
  fozzy::atomic<int> bytes{0};
  const auto submit = [&] {
    for (int i = 0; i < 3; ++i) bytes.fetch_add(8);
    jobs.fetch_add(1);
    if (is_waking.exchange(true)) return;
    const fozzy::lock_guard<fozzy::mutex> lock(mutex);
    filled.notify_one();
  };
  const auto take = [&] {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    for (;;) {
      if constexpr (kMended) is_waking.store(false);
      if (jobs.load() > 0) break;
      if constexpr (!kMended) is_waking.store(false);
      filled.wait(lock);
    }
    jobs.fetch_sub(1);
  };
  const auto work = [&] {
    for (int i = 0; i < kJobs; ++i) take();
  };

  RunTasks(submit, submit, work);
}
template void WakeupThrottled<false>();
template void WakeupThrottled<true>();

}  // namespace fozzy::known_bugs

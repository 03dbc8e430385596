// Promises, latches, semaphores and barriers that are used once too often.
#include <utility>

#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {

// Two servers answer one question; each looks whether it is answered and then
// answers.  The slow one looks just before the quick one answers.
template <bool kMended>
void PromiseSetTwice() {
  fozzy::promise<int> answer;
  fozzy::future<int> future = answer.get_future();
  fozzy::atomic<bool> is_answered{false};
  fozzy::atomic<int> lookups{0};
  const auto serve = [&](int effort) {
    for (int i = 0; i < effort; ++i) lookups.fetch_add(1);
    if constexpr (kMended) {
      if (is_answered.exchange(true)) return;
    } else {
      if (is_answered.load()) return;
      is_answered.store(true);
    }
    answer.set_value(effort);
  };

  RunTasks([&] { serve(1); }, [&] { serve(12); });

  FOZZY_ALWAYS(future.get() > 0, "an answer is an effort");
}
template void PromiseSetTwice<false>();
template void PromiseSetTwice<true>();

// A job is accepted, the service is told to stop, and the worker leaves with
// the promise in its hands: whoever asked gets an exception nobody expects.
template <bool kMended>
void BrokenPromise() {
  fozzy::atomic<bool> is_stopped{false};
  fozzy::atomic<int> ticks{0};
  const auto serve = [&](fozzy::promise<int> answer) {
    for (int i = 0; i < 3; ++i) {
      ticks.fetch_add(1);
      if (!kMended && is_stopped.load()) return;
    }
    answer.set_value(7);
  };
  const auto ask = [&] {
    if (is_stopped.load()) return;
    fozzy::promise<int> answer;
    fozzy::future<int> future = answer.get_future();
    for (int i = 0; i < 3; ++i) ticks.fetch_add(1);
    serve(std::move(answer));
    FOZZY_ALWAYS(future.get() == 7, "the answer is 7");
  };
  const auto stop = [&] {
    for (int i = 0; i < 25; ++i) ticks.fetch_add(1);
    is_stopped.store(true);
  };

  RunTasks(ask, stop);
}
template void BrokenPromise<false>();
template void BrokenPromise<true>();

namespace {

// A pool of two workers and a stack of jobs.  A parent splits off a child and
// waits for it.
template <bool kMended>
class SplittingPool {
 public:
  void Work() {
    while (done_.load() < kJobs) {
      const Job job = Pop();
      if (job == kNone) fozzy::this_thread::yield();
      Run(job);
    }
  }

 private:
  static constexpr int kJobs = 7;

  enum Job { kNone, kSmall, kParent, kChild };

  Job Pop() {
    const fozzy::lock_guard<fozzy::mutex> lock(mutex_);
    if (children_ > 0) {
      children_ = children_ - 1;
      return kChild;
    }
    const int next = next_;
    if (next == 5) return kNone;
    next_ = next + 1;
    return next == 0 || next == 4 ? kParent : kSmall;
  }

  void Run(Job job) {
    if (job == kNone) return;
    if (job == kParent) RunParent();
    if (job == kChild) finished_.release();
    done_.fetch_add(1);
  }

  void RunParent() {
    {
      const fozzy::lock_guard<fozzy::mutex> lock(mutex_);
      children_ = children_ + 1;
    }
    if constexpr (!kMended) finished_.acquire();
    while (kMended && !finished_.try_acquire()) {
      fozzy::this_thread::yield();
      Run(Pop());
    }
  }

  fozzy::mutex mutex_;
  fozzy::var<int> next_{0};
  fozzy::var<int> children_{0};
  fozzy::atomic<int> done_{0};
  fozzy::counting_semaphore<8> finished_{0};
};

}  // namespace

// Both workers run parents, and both children wait for a worker.  It takes one
// worker to do three small jobs and to reach the second parent before the other
// has handed in the child of the first.
template <bool kMended>
void PoolStarvedByWaiting() {
  SplittingPool<kMended> pool;

  RunTasks([&] { pool.Work(); }, [&] { pool.Work(); });
}
template void PoolStarvedByWaiting<false>();
template void PoolStarvedByWaiting<true>();

// A latch made of a semaphore: the gate opens when three workers have counted.
// One whose first attempt is overtaken counts in the error path and once more
// at the end, and the gate opens before the slowest has done its part.
template <bool kMended>
void LatchCountedTwice() {
  fozzy::counting_semaphore<4> counted(0);
  fozzy::atomic<int> parts{0};
  fozzy::atomic<int> version{0};
  const auto work = [&] {
    parts.fetch_add(1);
    counted.release();
  };
  const auto work_optimistically = [&] {
    int expected = version.load();
    parts.fetch_add(1);
    if (!version.compare_exchange_strong(expected, expected + 2)) {
      if constexpr (!kMended) counted.release();
    }
    counted.release();
  };
  const auto work_and_bump = [&] {
    work();
    version.fetch_add(1);
  };
  const auto pass = [&] {
    for (int i = 0; i < 3; ++i) counted.acquire();
    FOZZY_ALWAYS(parts.load() == 3, "the gate opens when all is done");
  };

  RunTasks(work, pass, work_optimistically, work_and_bump);
}
template void LatchCountedTwice<false>();
template void LatchCountedTwice<true>();

// A barrier that is reused, and whose sense is the count itself.  The last to
// arrive resets the count; a quick task comes round and counts up again before
// a slow one has seen the reset, and the slow one stays behind.
// Source: Hensgen, Finkel, Manber, "Two algorithms for barrier
// synchronization", 1988, on why the sense is reversed.
template <bool kMended>
void BarrierSenseNotReversed() {
  constexpr int kTasks = 2;
  fozzy::mutex mutex;
  fozzy::condition_variable opened;
  fozzy::var<int> arrived{0};
  fozzy::var<int> phase{0};
  fozzy::atomic<int> steps{0};
  const auto arrive = [&] {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    const int mine = phase;
    arrived = arrived + 1;
    if (arrived == kTasks) {
      arrived = 0;
      phase = mine + 1;
      opened.notify_all();
    } else if constexpr (kMended) {
      while (phase == mine) opened.wait(lock);
    } else {
      while (arrived != 0) opened.wait(lock);
    }
  };
  const auto run = [&] {
    for (int round = 0; round < 2; ++round) {
      arrive();
      for (int i = 0; i < 10; ++i) steps.fetch_add(1);
    }
  };

  RunTasks(run, run);
}
template void BarrierSenseNotReversed<false>();
template void BarrierSenseNotReversed<true>();

// A semaphore as a lock, given back also by who did not get it.  One task is
// inside, the second fails to get in and "gives back", the third comes in.
template <bool kMended>
void SemaphoreReleasedUnheld() {
  fozzy::counting_semaphore<4> permits(1);
  fozzy::atomic<int> inside{0};
  const auto enter = [&] {
    FOZZY_ALWAYS(inside.fetch_add(1) == 0, "one task is inside");
    inside.fetch_sub(1);
  };
  const auto try_once = [&] {
    const bool is_held = permits.try_acquire();
    if (is_held) enter();
    if (is_held || !kMended) permits.release();
  };
  const auto wait = [&] {
    permits.acquire();
    enter();
    permits.release();
  };

  RunTasks(wait, try_once, wait);
}
template void SemaphoreReleasedUnheld<false>();
template void SemaphoreReleasedUnheld<true>();

// A task spins on a flag that the other raises and lowers again: whoever looks
// away in between spins for ever.
template <bool kMended>
void SpinOnPulse() {
  fozzy::atomic<int> pulses{0};
  fozzy::atomic<bool> is_high{false};
  const auto pulse = [&] {
    for (int i = 0; i < 2; ++i) {
      pulses.fetch_add(1);
      is_high.store(true);
      is_high.store(false);
    }
  };
  const auto wait = [&] {
    while (kMended ? pulses.load() == 0 : !is_high.load()) {
      fozzy::this_thread::yield();
    }
  };

  RunTasks(wait, pulse);
}
template void SpinOnPulse<false>();
template void SpinOnPulse<true>();

// A compare-exchange loop that puts the old expectation back: once it has been
// overtaken it can never succeed.
template <bool kMended>
void RetryWithStaleValue() {
  fozzy::atomic<int> total{0};
  fozzy::atomic<int> log{0};
  const auto add_once = [&] {
    const int seen = total.load();
    for (int expected = seen;
         !total.compare_exchange_strong(expected, expected + 1);) {
      if constexpr (!kMended) expected = seen;
    }
  };
  const auto log_and_add = [&] {
    for (int i = 0; i < 10; ++i) log.fetch_add(1);
    add_once();
  };

  RunTasks(add_once, log_and_add);
}
template void RetryWithStaleValue<false>();
template void RetryWithStaleValue<true>();

// A barrier that is opened before it is made ready: the last to arrive moves
// the generation on and then sets the count to nothing.  A quick task comes
// round in between, counts itself, and is not counted any more.
template <bool kMended>
void BarrierOpenedEarly() {
  constexpr int kTasks = 2;
  fozzy::atomic<int> arrived{0};
  fozzy::atomic<int> generation{0};
  fozzy::atomic<int> steps{0};
  const auto arrive = [&] {
    const int mine = generation.load();
    if (arrived.fetch_add(1) + 1 != kTasks) {
      while (generation.load() == mine) fozzy::this_thread::yield();
      return;
    }
    if constexpr (kMended) arrived.store(0);
    generation.store(mine + 1);
    if constexpr (!kMended) arrived.store(0);
  };
  const auto run = [&] {
    arrive();
    for (int i = 0; i < 8; ++i) steps.fetch_add(1);
    arrive();
  };

  RunTasks(run, run);
}
template void BarrierOpenedEarly<false>();
template void BarrierOpenedEarly<true>();

}  // namespace fozzy::known_bugs

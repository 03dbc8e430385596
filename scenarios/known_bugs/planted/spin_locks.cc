// Locks made of atomics, each with one step wrong.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {

// The ticket is drawn by a load and a store.  Two tasks draw the same ticket
// and are served together.
template <bool kMended>
void TicketLockSplit() {
  fozzy::atomic<int> next{0};
  fozzy::atomic<int> serving{0};
  fozzy::atomic<int> inside{0};
  const auto enter = [&] {
    int ticket = 0;
    if constexpr (kMended) {
      ticket = next.fetch_add(1);
    } else {
      ticket = next.load();
      next.store(ticket + 1);
    }
    while (serving.load() < ticket) fozzy::this_thread::yield();
    FOZZY_ALWAYS(inside.fetch_add(1) == 0, "one task is inside");
    inside.fetch_sub(1);
    serving.fetch_add(1);
  };

  RunTasks(enter, enter, enter);
}
template void TicketLockSplit<false>();
template void TicketLockSplit<true>();

// The lock is released by a relaxed store: the next holder has the lock, but
// not what was written under it.  The total is itself atomic, so that only an
// old value shows it.
template <bool kMended>
void SpinLockRelaxedUnlock() {
  constexpr auto kUnlock =
      kMended ? std::memory_order_release : std::memory_order_relaxed;
  fozzy::atomic<bool> held{false};
  fozzy::atomic<int> total{0};
  const auto add = [&] {
    while (held.exchange(true, std::memory_order_acquire)) {
      fozzy::this_thread::yield();
    }
    const int old = total.load(std::memory_order_relaxed);
    total.store(old + 1, std::memory_order_relaxed);
    held.store(false, kUnlock);
  };

  RunTasks(add, add, add);

  FOZZY_ALWAYS(total.load() > 1, "at least one addition is seen");
}
template void SpinLockRelaxedUnlock<false>();
template void SpinLockRelaxedUnlock<true>();

// Peterson's lock with release stores and acquire loads.  Each task reads the
// flag of the other from before it was raised: both enter.
// Source: Peterson, "Myths about the mutual exclusion problem", 1981, which
// supposes sequential consistency.
template <bool kMended>
void PetersonAcquireRelease() {
  constexpr auto kStore =
      kMended ? std::memory_order_seq_cst : std::memory_order_release;
  constexpr auto kLoad =
      kMended ? std::memory_order_seq_cst : std::memory_order_acquire;
  fozzy::atomic<bool> wants[2] = {false, false};
  fozzy::atomic<int> turn{0};
  fozzy::atomic<int> inside{0};
  const auto enter = [&](int self) {
    const int other = 1 - self;
    wants[self].store(true, kStore);
    turn.store(other, kStore);
    while (wants[other].load(kLoad) && turn.load(kLoad) == other) {
      fozzy::this_thread::yield();
    }
    const int others = inside.fetch_add(1, std::memory_order_relaxed);
    FOZZY_ALWAYS(others == 0, "one task is inside");
    inside.fetch_sub(1, std::memory_order_relaxed);
    wants[self].store(false, kStore);
  };

  RunTasks([&] { enter(0); }, [&] { enter(1); });
}
template void PetersonAcquireRelease<false>();
template void PetersonAcquireRelease<true>();

// Dekker's lock, whose entry is the same store and load.  Here each task has
// been inside once already, so that the flag it misses is a second one.
// Source: Dijkstra, "Cooperating sequential processes", 1965.
template <bool kMended>
void DekkerAcquireRelease() {
  constexpr auto kStore =
      kMended ? std::memory_order_seq_cst : std::memory_order_release;
  constexpr auto kLoad =
      kMended ? std::memory_order_seq_cst : std::memory_order_acquire;
  fozzy::atomic<bool> wants[2] = {false, false};
  fozzy::atomic<int> turn{0};
  fozzy::atomic<int> inside{0};
  const auto enter = [&](int self) {
    const int other = 1 - self;
    wants[self].store(true, kStore);
    while (wants[other].load(kLoad)) {
      if (turn.load(kLoad) == self) {
        fozzy::this_thread::yield();
        continue;
      }
      wants[self].store(false, kStore);
      while (turn.load(kLoad) != self) fozzy::this_thread::yield();
      wants[self].store(true, kStore);
    }
    const int others = inside.fetch_add(1, std::memory_order_relaxed);
    FOZZY_ALWAYS(others == 0, "one task is inside");
    inside.fetch_sub(1, std::memory_order_relaxed);
    turn.store(other, kStore);
    wants[self].store(false, kStore);
  };

  RunTasks([&] { enter(0); }, [&] { enter(1); });
}
template void DekkerAcquireRelease<false>();
template void DekkerAcquireRelease<true>();

// Lamport's bakery without the flag "I am drawing a number".  The first task
// has seen no number and is preempted before it writes its own; the second
// draws the same number, finds nobody before it and enters; the first wins the
// tie and enters too.
// Source: Lamport, "A new solution of Dijkstra's concurrent programming
// problem", 1974, which has the flag.
template <bool kMended>
void BakeryWithoutChoosing() {
  constexpr int kTasks = 3;
  fozzy::atomic<bool> draws[kTasks] = {false, false, false};
  fozzy::atomic<int> number[kTasks] = {0, 0, 0};
  fozzy::atomic<int> inside{0};
  const auto draw = [&](int self) {
    if constexpr (kMended) draws[self].store(true);
    int last = 0;
    for (const fozzy::atomic<int>& other : number) {
      const int seen = other.load();
      if (seen > last) last = seen;
    }
    number[self].store(last + 1);
    if constexpr (kMended) draws[self].store(false);
    return last + 1;
  };
  const auto is_before = [&](int other, int self, int mine) {
    const int theirs = number[other].load();
    return theirs != 0 && (theirs < mine || (theirs == mine && other < self));
  };
  const auto enter = [&](int self) {
    const int mine = draw(self);
    for (int other = 0; other < kTasks; ++other) {
      if (other == self) continue;
      while (kMended && draws[other].load()) fozzy::this_thread::yield();
      while (is_before(other, self, mine)) fozzy::this_thread::yield();
    }
    FOZZY_ALWAYS(inside.fetch_add(1) == 0, "one task is inside");
    inside.fetch_sub(1);
    number[self].store(0);
  };

  RunTasks([&] { enter(0); }, [&] { enter(1); }, [&] { enter(2); });
}
template void BakeryWithoutChoosing<false>();
template void BakeryWithoutChoosing<true>();

namespace {

struct QueueLockNode {
  fozzy::atomic<QueueLockNode*> next{nullptr};
  fozzy::atomic<bool> ready{false};
};

}  // namespace

// A queue lock whose unlock looks for a successor, finds none, fails to take
// itself off the tail, and leaves: the successor that was between swapping the
// tail and linking itself waits for ever.
// Source: Mellor-Crummey and Scott, "Algorithms for scalable synchronization on
// shared-memory multiprocessors", 1991, which waits for the link.
template <bool kMended>
void QueueLockLostSuccessor() {
  fozzy::atomic<QueueLockNode*> tail{nullptr};
  const auto lock = [&](QueueLockNode& node) {
    QueueLockNode* before = tail.exchange(&node);
    if (before == nullptr) return;
    before->next.store(&node);
    node.ready.wait(false);
  };
  const auto unlock = [&](QueueLockNode& node) {
    QueueLockNode* after = node.next.load();
    if (after == nullptr) {
      QueueLockNode* expected = &node;
      if (tail.compare_exchange_strong(expected, nullptr)) return;
      if constexpr (!kMended) return;
      while ((after = node.next.load()) == nullptr) {
        fozzy::this_thread::yield();
      }
    }
    after->ready.store(true);
    after->ready.notify_one();
  };
  QueueLockNode nodes[3];
  fozzy::var<int> total{0};
  const auto add = [&](QueueLockNode& node) {
    lock(node);
    total = total + 1;
    unlock(node);
  };

  RunTasks([&] { add(nodes[0]); }, [&] { add(nodes[1]); },
           [&] { add(nodes[2]); });
}
template void QueueLockLostSuccessor<false>();
template void QueueLockLostSuccessor<true>();

}  // namespace fozzy::known_bugs

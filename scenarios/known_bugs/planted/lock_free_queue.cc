// Queues without locks: links, rings and a deque.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kRelease = std::memory_order_release;

// A queue of numbered nodes whose links are 0 for none; node 1 is the dummy.
struct IndexQueue {
  fozzy::atomic<int> head{1};
  fozzy::atomic<int> tail{1};
  fozzy::atomic<int> next[6] = {0, 0, 0, 0, 0, 0};
  fozzy::atomic<int> value[6] = {0, 0, 0, 0, 0, 0};
};

struct Dequeued {
  int node = 0;  // the old dummy, which is the caller's; 0 if it was empty
  int value = 0;
};

void Enqueue(IndexQueue& queue, int node, int value) {
  queue.value[node].store(value);
  queue.next[node].store(0);
  for (;;) {
    int last = queue.tail.load();
    int next = queue.next[last].load();
    if (next != 0) {
      queue.tail.compare_exchange_strong(last, next);
    } else if (queue.next[last].compare_exchange_strong(next, node)) {
      queue.tail.compare_exchange_strong(last, node);
      return;
    }
  }
}

template <bool kReadsFirst>
Dequeued Dequeue(IndexQueue& queue) {
  for (;;) {
    int dummy = queue.head.load();
    const int first = queue.next[dummy].load();
    if (queue.head.load() != dummy) continue;
    if (first == 0) return {};
    int value = kReadsFirst ? queue.value[first].load() : 0;
    if (!queue.head.compare_exchange_strong(dummy, first)) continue;
    if constexpr (!kReadsFirst) value = queue.value[first].load();
    return {dummy, value};
  }
}

}  // namespace

// The value is read after the head has moved: the node that holds it is the new
// dummy, which another task dequeues, reuses and fills before it is read.
// Source: Michael and Scott, "Simple, fast, and practical non-blocking and
// blocking concurrent queue algorithms", 1996, which warns of it.
template <bool kMended>
void MsQueueValueAfterSwing() {
  IndexQueue queue;
  Enqueue(queue, 2, 20);
  Enqueue(queue, 3, 30);
  int taken[2] = {0, 0};
  fozzy::atomic<int> dequeues{0};
  const auto take = [&] { taken[0] = Dequeue<kMended>(queue).value; };
  const auto take_and_put = [&] {
    const Dequeued first = Dequeue<kMended>(queue);
    taken[1] = first.value;
    dequeues.fetch_add(1);
    Enqueue(queue, first.node, 40);
  };

  RunTasks(take, take_and_put);

  FOZZY_ALWAYS(taken[0] + taken[1] == 50, "the first two are taken");
}
template void MsQueueValueAfterSwing<false>();
template void MsQueueValueAfterSwing<true>();

// An enqueuer that finds the tail behind helps it along by a store instead of
// by a compare-exchange.  Between its look and its store others append and move
// the tail on; the store moves the tail back, and a node whose turn is over is
// taken for the last one.
template <bool kMended>
void QueueTailMovedBack() {
  IndexQueue queue;
  const auto help = [&](int last, int next) {
    if constexpr (kMended) {
      queue.tail.compare_exchange_strong(last, next);
    } else {
      queue.tail.store(next);
    }
  };
  const auto try_append = [&](int node) {
    const int last = queue.tail.load();
    int next = 0;
    const bool is_linked = queue.next[last].compare_exchange_strong(next, node);
    help(last, is_linked ? node : next);
    return is_linked;
  };
  const auto append = [&](int node) {
    while (!try_append(node)) {
    }
  };
  const auto append_three = [&] {
    for (int node = 3; node < 6; ++node) append(node);
  };

  RunTasks([&] { append(2); }, append_three);

  const int after_tail = queue.next[queue.tail.load()].load();
  FOZZY_ALWAYS(queue.next[after_tail].load() == 0,
               "the tail is at most one node behind");
}
template void QueueTailMovedBack<false>();
template void QueueTailMovedBack<true>();

// A ring for one producer and one consumer.  The index that says "this place is
// free again" is stored relaxed, so that the producer's next write of the place
// is not ordered after the consumer's read of it.
// Source: Lamport, "Proving the correctness of multiprocess programs", 1977.
template <bool kMended>
void SpscRingRelaxedIndex() {
  constexpr uint32_t kPlaces = 2;
  constexpr uint32_t kItems = 3;
  fozzy::var<uint32_t> places[kPlaces];
  fozzy::atomic<uint32_t> head{0};
  fozzy::atomic<uint32_t> tail{0};
  const auto is_full = [&](uint32_t item) {
    return item - head.load(kAcquire) == kPlaces;
  };
  const auto produce = [&] {
    for (uint32_t item = 0; item < kItems; ++item) {
      while (is_full(item)) fozzy::this_thread::yield();
      places[item % kPlaces] = item;
      tail.store(item + 1, kRelease);
    }
  };
  const auto consume = [&] {
    for (uint32_t item = 0; item < kItems; ++item) {
      while (tail.load(kAcquire) == item) fozzy::this_thread::yield();
      FOZZY_ALWAYS(places[item % kPlaces] == item, "items come in order");
      head.store(item + 1, kMended ? kRelease : kRelaxed);
    }
  };

  RunTasks(produce, consume);
}
template void SpscRingRelaxedIndex<false>();
template void SpscRingRelaxedIndex<true>();

// The same ring, full one item too late.  The producer overruns a consumer that
// sleeps while the ring is filled and one more item is put.
template <bool kMended>
void SpscRingOffByOne() {
  constexpr uint32_t kPlaces = 7;
  constexpr uint32_t kItems = 9;
  fozzy::atomic<uint32_t> places[kPlaces] = {0, 0, 0, 0, 0, 0, 0};
  fozzy::atomic<uint32_t> head{0};
  fozzy::atomic<uint32_t> tail{0};
  const auto is_full = [&](uint32_t item) {
    return item - head.load(kAcquire) >= kPlaces + (kMended ? 0 : 1);
  };
  const auto produce = [&] {
    for (uint32_t item = 0; item < kItems; ++item) {
      while (is_full(item)) fozzy::this_thread::yield();
      places[item % kPlaces].store(item, kRelaxed);
      tail.store(item + 1, kRelease);
    }
  };
  const auto consume = [&] {
    for (uint32_t item = 0; item < kItems; ++item) {
      while (tail.load(kAcquire) <= item) fozzy::this_thread::yield();
      const uint32_t found = places[item % kPlaces].load(kRelaxed);
      FOZZY_ALWAYS(found == item, "items come in order");
      head.store(item + 1, kRelease);
    }
  };

  RunTasks(produce, consume);
}
template void SpscRingOffByOne<false>();
template void SpscRingOffByOne<true>();

// A ring for many producers whose places carry sequence numbers.  A place that
// is behind is full; this producer only knows "taken by somebody else" and
// "mine", and overwrites it.
// Source: Vyukov, "Bounded MPMC queue", 1024cores, 2010.
template <bool kMended>
void MpmcRingWrongSequence() {
  constexpr int kPlaces = 4;
  constexpr int kItems = 3;
  fozzy::atomic<int> sequence[kPlaces] = {0, 1, 2, 3};
  fozzy::atomic<int> tail{0};
  const auto ahead_of = [&](int turn) {
    return sequence[turn % kPlaces].load(kAcquire) - turn;
  };
  const auto claim = [&](int& position) {
    const int ahead = ahead_of(position);
    if (ahead == 0 || (!kMended && ahead < 0)) {
      return tail.compare_exchange_weak(position, position + 1, kRelaxed,
                                        kRelaxed);
    }
    if (ahead < 0) fozzy::this_thread::yield();
    position = tail.load(kRelaxed);
    return false;
  };
  const auto put = [&] {
    int position = tail.load(kRelaxed);
    while (!claim(position)) {
    }
    int free = position;
    fozzy::atomic<int>& place = sequence[position % kPlaces];
    const bool is_free = place.compare_exchange_strong(free, position + 1);
    FOZZY_ALWAYS(is_free, "no item is overwritten");
  };
  const auto put_all = [&] {
    for (int i = 0; i < kItems; ++i) put();
  };
  const auto take_all = [&] {
    for (int position = 0; position < 2 * kItems; ++position) {
      while (ahead_of(position) < 1) fozzy::this_thread::yield();
      sequence[position % kPlaces].store(position + kPlaces, kRelease);
    }
  };

  RunTasks(put_all, put_all, take_all);
}
template void MpmcRingWrongSequence<false>();
template void MpmcRingWrongSequence<true>();

namespace {

// A work-stealing deque that is filled before it is shared.
template <bool kFenced>
struct StealingDeque {
  fozzy::atomic<int> top{0};
  fozzy::atomic<int> bottom{0};
  fozzy::atomic<int> takers[3] = {0, 0, 0};

  void Use(int item) {
    FOZZY_ALWAYS(takers[item].fetch_add(1, kRelaxed) == 0,
                 "an item is taken once");
  }

  // The owner takes from the bottom.
  void Take() {
    const int last = bottom.load(kRelaxed) - 1;
    bottom.store(last, kRelaxed);
    if constexpr (kFenced) {
      fozzy::atomic_thread_fence(std::memory_order_seq_cst);
    }
    int first = top.load(kRelaxed);
    if (first < last) return Use(last);
    const bool is_mine =
        first == last &&
        top.compare_exchange_strong(first, first + 1, std::memory_order_seq_cst,
                                    kRelaxed);
    bottom.store(last + 1, kRelaxed);
    if (is_mine) Use(last);
  }

  // Anybody else takes from the top.
  void Steal() {
    int first = top.load(kAcquire);
    fozzy::atomic_thread_fence(std::memory_order_seq_cst);
    if (first >= bottom.load(kAcquire)) return;
    if (top.compare_exchange_strong(first, first + 1, std::memory_order_seq_cst,
                                    kRelaxed)) {
      Use(first);
    }
  }
};

}  // namespace

// The owner's claim of the last item but one is not ordered before its look at
// the top: it misses both thefts, whose thief missed its claim.
// Source: Le, Pop, Cohen, Zappa Nardelli, "Correct and efficient work-stealing
// for weak memory models", 2013, on Chase and Lev's deque of 2005.
template <bool kMended>
void WorkStealingMissingFence() {
  StealingDeque<kMended> deque;
  deque.bottom.store(2, kRelaxed);
  const auto steal_two = [&] {
    deque.Steal();
    deque.Steal();
  };

  RunTasks([&] { deque.Take(); }, steal_two);
}
template void WorkStealingMissingFence<false>();
template void WorkStealingMissingFence<true>();

}  // namespace fozzy::known_bugs

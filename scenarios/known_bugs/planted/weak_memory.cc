// Programs that are right on a machine that keeps one order of all stores, and
// wrong under the C++ memory model.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kRelease = std::memory_order_release;

}  // namespace

// Message passing without release and acquire: the flag is seen, the message
// before it is not.
template <bool kMended>
void MessagePassingRelaxed() {
  fozzy::atomic<int> message{0};
  fozzy::atomic<bool> is_sent{false};
  const auto send = [&] {
    message.store(42, kRelaxed);
    is_sent.store(true, kMended ? kRelease : kRelaxed);
  };
  const auto receive = [&] {
    if (!is_sent.load(kMended ? kAcquire : kRelaxed)) return;
    FOZZY_ALWAYS(message.load(kRelaxed) == 42, "the message is seen");
  };

  RunTasks(send, receive);
}
template void MessagePassingRelaxed<false>();
template void MessagePassingRelaxed<true>();

// A log of five entries, each published by a relaxed counter.  Only the last
// entry is read, and only by a reader that comes when all have been written.
template <bool kMended>
void LogPublishedRelaxed() {
  constexpr int kEntries = 5;
  fozzy::atomic<int> entries[kEntries] = {0, 0, 0, 0, 0};
  fozzy::atomic<int> written{0};
  const auto write = [&] {
    for (int i = 0; i < kEntries; ++i) {
      entries[i].store(i + 1, kRelaxed);
      written.store(i + 1, kMended ? kRelease : kRelaxed);
    }
  };
  const auto read_when_full = [&] {
    if (written.load(kMended ? kAcquire : kRelaxed) < kEntries) return;
    FOZZY_ALWAYS(entries[kEntries - 1].load(kRelaxed) == kEntries,
                 "a published entry is there");
  };

  RunTasks(write, read_when_full);
}
template void LogPublishedRelaxed<false>();
template void LogPublishedRelaxed<true>();

// Store buffering: each task announces itself and looks for the other.  Without
// a fence between the two both may find nobody, and both go in.
template <bool kMended>
void StoreBufferingMissingFence() {
  fozzy::atomic<bool> wants[2] = {false, false};
  fozzy::atomic<int> inside{0};
  const auto enter = [&](int self) {
    wants[self].store(true, kRelaxed);
    if constexpr (kMended) {
      fozzy::atomic_thread_fence(std::memory_order_seq_cst);
    }
    if (wants[1 - self].load(kRelaxed)) return;
    FOZZY_ALWAYS(inside.fetch_add(1, kRelaxed) == 0, "one task is inside");
  };

  RunTasks([&] { enter(0); }, [&] { enter(1); });
}
template void StoreBufferingMissingFence<false>();
template void StoreBufferingMissingFence<true>();

// Independent reads of independent writes: two judges see two runners arrive
// in opposite orders, and each declares its own winner.
// Source: Boehm and Adve, "Foundations of the C++ concurrency memory model",
// 2008.
template <bool kMended>
void IndependentReads() {
  constexpr auto kStore = kMended ? std::memory_order_seq_cst : kRelease;
  constexpr auto kLoad = kMended ? std::memory_order_seq_cst : kAcquire;
  fozzy::atomic<bool> has_arrived[2] = {false, false};
  fozzy::atomic<int> winners{0};
  const auto arrive = [&](int runner) {
    has_arrived[runner].store(true, kStore);
  };
  const auto judge = [&](int runner) {
    if (!has_arrived[runner].load(kLoad)) return;
    if (has_arrived[1 - runner].load(kLoad)) return;
    FOZZY_ALWAYS(winners.fetch_add(1, kRelaxed) == 0, "there is one winner");
  };

  RunTasks([&] { arrive(0); }, [&] { arrive(1); }, [&] { judge(0); },
           [&] { judge(1); });
}
template void IndependentReads<false>();
template void IndependentReads<true>();

// 2+2W: two tasks claim two seats in opposite orders, and the last claim of a
// seat counts.  With release stores each may come first where it claimed last,
// so that each keeps only the seat it claimed first.
template <bool kMended>
void TwoPlusTwoWrites() {
  constexpr auto kStore = kMended ? std::memory_order_seq_cst : kRelease;
  fozzy::atomic<int> seats[2] = {0, 0};
  const auto claim = [&](int self) {
    seats[self].store(self + 1, kStore);
    seats[1 - self].store(self + 1, kStore);
  };

  RunTasks([&] { claim(0); }, [&] { claim(1); });

  const bool kept_first = seats[0].load() == 1 && seats[1].load() == 2;
  FOZZY_ALWAYS(!kept_first, "the later claim of a seat counts");
}
template void TwoPlusTwoWrites<false>();
template void TwoPlusTwoWrites<true>();

// Write-to-read causality over three tasks: the message is passed on by the
// second, whose look at the first flag is relaxed.  The last task sees the last
// flag and not the message.
template <bool kMended>
void CausalityChainBroken() {
  constexpr int kHops = 2;
  fozzy::atomic<int> message{0};
  fozzy::atomic<bool> flags[kHops] = {false, false};
  const auto send = [&] {
    message.store(42, kRelaxed);
    flags[0].store(true, kRelease);
  };
  const auto forward = [&] {
    if (!flags[0].load(kMended ? kAcquire : kRelaxed)) return;
    flags[1].store(true, kRelease);
  };
  const auto receive = [&] {
    if (!flags[kHops - 1].load(kAcquire)) return;
    FOZZY_ALWAYS(message.load(kRelaxed) == 42, "causes come before effects");
  };

  RunTasks(receive, forward, send);
}
template void CausalityChainBroken<false>();
template void CausalityChainBroken<true>();

// A release sequence is broken by a plain store of another task.  The reader
// acquires "inspected", which comes after "written" in modification order but
// does not carry what was released with it.  An exchange would have carried it.
// Source: ISO C++20, [intro.races]: a release sequence goes on in
// read-modify-writes alone.
template <bool kMended>
void ReleaseSequenceBroken() {
  constexpr int kWritten = 1;
  constexpr int kInspected = 2;
  fozzy::atomic<int> record{0};
  fozzy::atomic<int> state{0};
  const auto write = [&] {
    record.store(42, kRelaxed);
    state.store(kWritten, kRelease);
  };
  const auto inspect = [&] {
    int expected = kWritten;
    if constexpr (kMended) {
      state.compare_exchange_strong(expected, kInspected, kRelaxed, kRelaxed);
    } else if (state.load(kRelaxed) == kWritten) {
      state.store(kInspected, kRelaxed);
    }
  };
  const auto read = [&] {
    if (state.load(kAcquire) != kInspected) return;
    FOZZY_ALWAYS(record.load(kRelaxed) == 42, "an inspected record is there");
  };

  RunTasks(read, inspect, write);
}
template void ReleaseSequenceBroken<false>();
template void ReleaseSequenceBroken<true>();

// A fence on the wrong side: the reader's acquire fence comes before the load
// of the flag instead of after it, and orders nothing.
template <bool kMended>
void FenceOnWrongSide() {
  fozzy::atomic<int> message{0};
  fozzy::atomic<bool> is_sent{false};
  const auto send = [&] {
    message.store(42, kRelaxed);
    fozzy::atomic_thread_fence(std::memory_order_release);
    is_sent.store(true, kRelaxed);
  };
  const auto receive = [&] {
    if constexpr (!kMended) fozzy::atomic_thread_fence(kAcquire);
    if (!is_sent.load(kRelaxed)) return;
    if constexpr (kMended) fozzy::atomic_thread_fence(kAcquire);
    FOZZY_ALWAYS(message.load(kRelaxed) == 42, "the message is seen");
  };

  RunTasks(send, receive);
}
template void FenceOnWrongSide<false>();
template void FenceOnWrongSide<true>();

// 2+2W, again and again: two tasks claim a row of seats from its two ends, and
// the later claim of a seat counts, so that whoever is last at its own end has
// the whole row.  With release stores each may keep the half at its own end, as
// if both had stopped where they met.
template <bool kMended>
void RowClaimedFromBothEnds() {
  constexpr int kSeats = 8;
  constexpr auto kStore = kMended ? std::memory_order_seq_cst : kRelease;
  fozzy::atomic<int> seats[kSeats] = {0, 0, 0, 0, 0, 0, 0, 0};
  const auto claim_from_left = [&] {
    for (int i = 0; i < kSeats; ++i) seats[i].store(1, kStore);
  };
  const auto claim_from_right = [&] {
    for (int i = kSeats; i > 0; --i) seats[i - 1].store(2, kStore);
  };

  RunTasks(claim_from_left, claim_from_right);

  int kept = 0;
  for (int i = 0; i < kSeats; ++i) {
    if (seats[i].load() == (i < kSeats / 2 ? 1 : 2)) ++kept;
  }
  FOZZY_ALWAYS(kept < kSeats, "a later claim counts");
}
template void RowClaimedFromBothEnds<false>();
template void RowClaimedFromBothEnds<true>();

// Independent reads again: two publishers bring out three versions each, and a
// mirror that has all of one publisher and nothing of the other calls it the
// older one.  Two mirrors call each of them the older.
template <bool kMended>
void MirrorsDisagree() {
  constexpr int kVersions = 3;
  constexpr auto kStore = kMended ? std::memory_order_seq_cst : kRelease;
  constexpr auto kLoad = kMended ? std::memory_order_seq_cst : kAcquire;
  fozzy::atomic<int> versions[2] = {0, 0};
  fozzy::atomic<int> older{-1};
  const auto publish = [&](int self) {
    for (int i = 1; i <= kVersions; ++i) versions[self].store(i, kStore);
  };
  const auto mirror = [&](int self) {
    if (versions[self].load(kLoad) < kVersions) return;
    if (versions[1 - self].load(kLoad) > 0) return;
    FOZZY_ALWAYS(older.exchange(self, kRelaxed) == -1, "one is the older");
  };

  RunTasks([&] { publish(0); }, [&] { publish(1); }, [&] { mirror(0); },
           [&] { mirror(1); });
}
template void MirrorsDisagree<false>();
template void MirrorsDisagree<true>();

}  // namespace fozzy::known_bugs

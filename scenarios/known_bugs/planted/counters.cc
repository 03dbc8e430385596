// Counts, sums and balances that are read and written in more than one step.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {

// An increment made of a load and a store.  Both tasks load 0 before either
// stores, and one visit is lost.
template <bool kMended>
void LostUpdate() {
  fozzy::atomic<int> visits{0};
  const auto visit = [&] {
    if constexpr (kMended) {
      visits.fetch_add(1);
    } else {
      visits.store(visits.load() + 1);
    }
  };

  RunTasks(visit, visit);

  FOZZY_ALWAYS(visits.load() == 2, "no visit is lost");
}
template void LostUpdate<false>();
template void LostUpdate<true>();

// A plain counter guarded in one place and forgotten in another: whatever the
// schedule, the two accesses are not ordered.
template <bool kMended>
void DataRaceCounter() {
  fozzy::mutex mutex;
  fozzy::var<int> visits{0};
  const auto visit = [&] {
    const fozzy::lock_guard<fozzy::mutex> lock(mutex);
    visits = visits + 1;
  };
  const auto forgetful = [&] {
    if constexpr (kMended) mutex.lock();
    visits = visits + 1;
    if constexpr (kMended) mutex.unlock();
  };

  RunTasks(visit, forgetful);
}
template void DataRaceCounter<false>();
template void DataRaceCounter<true>();

// Two tasks count to three each, and the sum is two: one task loads 0 and
// sleeps through two increments of the other, stores 1, and the other loads
// that 1 for its last increment and sleeps through all the rest.
// Source: an exercise in many courses on concurrent programming; Ben-Ari,
// Principles of Concurrent and Distributed Programming, 1990.
template <bool kMended>
void SplitFetchAdd() {
  fozzy::atomic<int> count{0};
  const auto count_one = [&] {
    if constexpr (kMended) {
      count.fetch_add(1);
    } else {
      count.store(count.load() + 1);
    }
  };
  const auto count_to_three = [&] {
    for (int i = 0; i < 3; ++i) count_one();
  };

  RunTasks(count_to_three, count_to_three);

  FOZZY_ALWAYS(count.load() > 2, "three rounds leave more than two");
}
template void SplitFetchAdd<false>();
template void SplitFetchAdd<true>();

// A sum over shards, each locked by itself, is not a snapshot: with one mover
// at most one unit is under way, but a reader that has passed the first shard
// and is preempted misses every unit that moves there from the last.
template <bool kMended>
void ShardedCounterSum() {
  constexpr int kShards = 3;
  constexpr int kUnits = 6;
  fozzy::mutex moving;
  fozzy::atomic<int> shards[kShards] = {0, 0, kUnits};
  const auto move_down = [&] {
    for (int i = 0; i < kUnits; ++i) {
      if constexpr (kMended) moving.lock();
      shards[kShards - 1].fetch_sub(1);
      shards[0].fetch_add(1);
      if constexpr (kMended) moving.unlock();
    }
  };
  const auto sum = [&] {
    if constexpr (kMended) moving.lock();
    int units = 0;
    for (const fozzy::atomic<int>& shard : shards) units += shard.load();
    if constexpr (kMended) moving.unlock();
    FOZZY_ALWAYS(units > 0, "at most one unit is under way");
  };

  RunTasks(move_down, sum);
}
template void ShardedCounterSum<false>();
template void ShardedCounterSum<true>();

// The balance is checked under the lock and charged under the lock, but not
// under the same holding of it.  The rent is found to be there, its payer is
// preempted, and five small charges go through before the rent is taken; the
// overdraft would have covered four.
template <bool kMended>
void BankCheckOutsideLock() {
  fozzy::mutex mutex;
  fozzy::var<int> balance{100};
  const auto charge = [&](int amount) {
    fozzy::unique_lock<fozzy::mutex> lock(mutex);
    if (balance < amount) return;
    if constexpr (!kMended) {
      lock.unlock();
      lock.lock();
    }
    balance = balance - amount;
  };
  const auto pay_rent = [&] { charge(100); };
  const auto shop = [&] {
    for (int i = 0; i < 7; ++i) charge(15);
  };

  RunTasks(pay_rent, shop);

  FOZZY_ALWAYS(balance >= -60, "the overdraft covers what is charged");
}
template void BankCheckOutsideLock<false>();
template void BankCheckOutsideLock<true>();

// Hits and requests are two counters.  A reader that has read the requests
// sees every hit that is served before it reads the hits: if it is preempted
// in between, there are more hits than requests, here by four.
template <bool kMended>
void TornStatistics() {
  constexpr uint64_t kRequest = 1ull << 32;
  fozzy::atomic<uint64_t> both{0};
  fozzy::atomic<int> hits{0};
  fozzy::atomic<int> requests{0};
  const auto serve = [&] {
    if constexpr (kMended) {
      both.fetch_add(kRequest + 1);
    } else {
      requests.fetch_add(1);
      hits.fetch_add(1);
    }
  };
  const auto serve_five = [&] {
    for (int i = 0; i < 5; ++i) serve();
  };
  const auto report = [&] {
    const uint64_t now = kMended ? both.load() : 0;
    const int asked = kMended ? static_cast<int>(now >> 32) : requests.load();
    const int hit = kMended ? static_cast<int>(now % kRequest) : hits.load();
    FOZZY_ALWAYS(hit < asked + 4, "hits stay near the requests");
  };

  RunTasks(serve_five, report);
}
template void TornStatistics<false>();
template void TornStatistics<true>();

// The detector of termination goes by the processes once and adds up what they
// have sent and received.  Behind its back the first process receives, sends
// two messages, and the second receives one of them: the sums agree, and a
// message is under way.
// Source: Mattern, "Algorithms for distributed termination detection", 1987,
// which compares what was received in one wave with what was sent in the next.
template <bool kMended>
void TerminationOneWave() {
  fozzy::atomic<int> sent[2] = {0, 0};
  fozzy::atomic<int> received[2] = {0, 0};
  fozzy::atomic<int> mail[2] = {1, 0};
  fozzy::atomic<bool> is_over{false};
  const auto handle = [&](int self, int sends) {
    while (mail[self].load() == 0) fozzy::this_thread::yield();
    FOZZY_ALWAYS(!is_over.load(), "nothing is handled after the end");
    mail[self].fetch_sub(1);
    for (int i = 0; i < sends; ++i) {
      sent[self].fetch_add(1);
      mail[1 - self].fetch_add(1);
    }
    received[self].fetch_add(1);
  };
  const auto first = [&] { handle(0, 2); };
  const auto second = [&] {
    handle(1, 0);
    handle(1, 0);
  };
  const auto detect = [&] {
    int receipts = 0;
    int sendings = 1;  // of the message that is there from the start
    for (int i = 0; i < 2; ++i) {
      receipts += received[i].load();
      if constexpr (!kMended) sendings += sent[i].load();
    }
    for (int i = 0; kMended && i < 2; ++i) sendings += sent[i].load();
    if (receipts == sendings) is_over.store(true);
  };

  RunTasks(first, second, detect);
}
template void TerminationOneWave<false>();
template void TerminationOneWave<true>();

}  // namespace fozzy::known_bugs

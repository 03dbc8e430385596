// Locks for many readers, made by hand.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {
namespace {

// Readers, and readers that become the writer.
class UpgradeLock {
 public:
  void LockShared() {
    fozzy::unique_lock<fozzy::mutex> lock(mutex_);
    while (is_upgrading_) changed_.wait(lock);
    readers_ = readers_ + 1;
  }

  void UnlockShared() {
    const fozzy::lock_guard<fozzy::mutex> lock(mutex_);
    readers_ = readers_ - 1;
    changed_.notify_all();
  }

  // Waits until the caller is the only reader.  If `yields`, and another one
  // upgrades already, returns false at once.
  bool Upgrade(bool yields) {
    fozzy::unique_lock<fozzy::mutex> lock(mutex_);
    if (yields && is_upgrading_) return false;
    is_upgrading_ = true;
    while (readers_ > 1) changed_.wait(lock);
    return true;
  }

  // Gives up what Upgrade gave, and the shared lock.
  void UnlockUpgraded() {
    const fozzy::lock_guard<fozzy::mutex> lock(mutex_);
    is_upgrading_ = false;
    readers_ = readers_ - 1;
    changed_.notify_all();
  }

 private:
  fozzy::mutex mutex_;
  fozzy::condition_variable changed_;
  fozzy::var<int> readers_{0};
  fozzy::var<bool> is_upgrading_{false};
};

}  // namespace

// Two readers find the cache stale and both want to become the writer: each
// waits for the other to stop reading.  The second comes late, and must be
// inside before the first asks.
template <bool kMended>
void ReadLockUpgrade() {
  UpgradeLock cache;
  fozzy::atomic<int> hits{0};
  fozzy::atomic<bool> is_stale{true};
  const auto read = [&] {
    cache.LockShared();
    if (is_stale.load() && cache.Upgrade(kMended)) {
      is_stale.store(false);
      cache.UnlockUpgraded();
    } else {
      cache.UnlockShared();
    }
  };
  const auto read_late = [&] {
    for (int i = 0; i < 20; ++i) hits.fetch_add(1);
    read();
  };

  RunTasks(read, read_late);
}
template void ReadLockUpgrade<false>();
template void ReadLockUpgrade<true>();

// A lock with one counter per reader.  The reader looks for a writer first and
// counts itself second; in between a writer raises its flag, finds all counters
// 0 and writes.
// Source: the "big reader lock" of Linux 2.4, which counts first.
template <bool kMended>
void ReaderSlipsIn() {
  constexpr int kReaders = 6;
  fozzy::atomic<bool> has_writer{false};
  fozzy::atomic<int> readers[kReaders] = {0, 0, 0, 0, 0, 0};
  fozzy::atomic<bool> is_writing{false};
  const auto count = [&](bool counts_now, int self) {
    if (counts_now) readers[self].store(1);
  };
  const auto lock_shared = [&](int self) {
    count(kMended, self);
    while (has_writer.load()) {
      readers[self].store(0);
      fozzy::this_thread::yield();
      count(kMended, self);
    }
    count(!kMended, self);
  };
  const auto read = [&] {
    lock_shared(0);
    FOZZY_ALWAYS(!is_writing.load(), "nobody reads what is being written");
    readers[0].store(0);
  };
  const auto wait_for = [&](const fozzy::atomic<int>& reader) {
    while (reader.load() != 0) fozzy::this_thread::yield();
  };
  const auto write = [&] {
    has_writer.store(true);
    for (const fozzy::atomic<int>& reader : readers) wait_for(reader);
    is_writing.store(true);
    is_writing.store(false);
    has_writer.store(false);
  };

  RunTasks(read, write);
}
template void ReaderSlipsIn<false>();
template void ReaderSlipsIn<true>();

// The last reader to leave opens the lock for writers; "last" is asked after
// the count went down, by a second load.  Two readers that leave together both
// find 0 and both open it: the second opening lets a writer in beside another.
template <bool kMended>
void TwoLastReaders() {
  fozzy::counting_semaphore<2> free(0);
  fozzy::atomic<int> readers{2};
  fozzy::atomic<int> writers{0};
  const auto read = [&] {
    const int left = readers.fetch_sub(1) - 1;
    const bool is_last = kMended ? left == 0 : readers.load() == 0;
    if (is_last) free.release();
  };
  const auto write = [&] {
    free.acquire();
    FOZZY_ALWAYS(writers.fetch_add(1) == 0, "one writer is inside");
    writers.fetch_sub(1);
    free.release();
  };

  RunTasks(write, write, read, read);
}
template void TwoLastReaders<false>();
template void TwoLastReaders<true>();

}  // namespace fozzy::known_bugs

// Data made ready by one task and looked at by others too early.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kRelease = std::memory_order_release;

constexpr int kFields = 7;

struct Settings {
  fozzy::atomic<int> fields[kFields] = {0, 0, 0, 0, 0, 0, 0};
};

void Fill(Settings& settings) {
  for (fozzy::atomic<int>& field : settings.fields) field.store(7, kRelaxed);
}

}  // namespace

// Double-checked locking without release and acquire.  A task that comes late
// enough to find the pointer does not take the lock, and may find nothing
// behind the pointer.
// Source: Bacon and others, "The 'double-checked locking is broken'
// declaration", 2000.
template <bool kMended>
void DoubleCheckedLocking() {
  fozzy::mutex mutex;
  fozzy::atomic<Settings*> instance{nullptr};
  const auto get = [&] {
    Settings* settings = instance.load(kMended ? kAcquire : kRelaxed);
    if (settings != nullptr) return settings;
    const fozzy::lock_guard<fozzy::mutex> lock(mutex);
    settings = instance.load(kRelaxed);
    if (settings != nullptr) return settings;
    settings = fozzy::heap::create<Settings>();
    Fill(*settings);
    instance.store(settings, kMended ? kRelease : kRelaxed);
    return settings;
  };
  const auto use = [&] {
    FOZZY_ALWAYS(get()->fields[kFields - 1].load(kRelaxed) == 7,
                 "the settings are filled");
  };

  RunTasks(use, use);

  fozzy::heap::destroy(instance.load());
}
template void DoubleCheckedLocking<false>();
template void DoubleCheckedLocking<true>();

// Each version is a fresh copy, published by a relaxed exchange: the reader has
// the pointer before the copy.  Only the last of the versions is looked into.
template <bool kMended>
void CopyOnWriteRelaxed() {
  constexpr int kVersions = 4;
  fozzy::atomic<int> copies[kVersions] = {0, 0, 0, 0};
  fozzy::atomic<int> current{0};
  const auto write = [&] {
    for (int version = 1; version < kVersions; ++version) {
      const int old = copies[version - 1].load(kRelaxed);
      copies[version].store(old + 7, kRelaxed);
      current.exchange(version, kMended ? kRelease : kRelaxed);
    }
  };
  const auto read = [&] {
    const int version = current.load(kMended ? kAcquire : kRelaxed);
    if (version < kVersions - 1) return;
    FOZZY_ALWAYS(copies[version].load(kRelaxed) == 7 * version,
                 "a published copy is complete");
  };

  RunTasks(write, read);
}
template void CopyOnWriteRelaxed<false>();
template void CopyOnWriteRelaxed<true>();

// A sequence lock whose data are not fenced in: the reader sees the same even
// number twice and one word of each version.
// Source: Boehm, "Can seqlocks get along with programming language memory
// models?", 2012.
template <bool kMended>
void SeqlockWithoutFences() {
  fozzy::atomic<int> sequence{0};
  fozzy::atomic<int> words[2] = {0, 0};
  const auto write = [&] {
    sequence.store(1, kRelaxed);
    if constexpr (kMended) fozzy::atomic_thread_fence(kRelease);
    for (fozzy::atomic<int>& word : words) word.store(1, kRelaxed);
    sequence.store(2, kRelease);
  };
  const auto read = [&] {
    const int before = sequence.load(kAcquire);
    const int first = words[0].load(kRelaxed);
    const int second = words[1].load(kRelaxed);
    if constexpr (kMended) fozzy::atomic_thread_fence(kAcquire);
    if (before % 2 != 0 || sequence.load(kRelaxed) != before) return;
    FOZZY_ALWAYS(first == second, "what is read is of one version");
  };

  RunTasks(write, read);
}
template void SeqlockWithoutFences<false>();
template void SeqlockWithoutFences<true>();

// A sequence lock with a number of two bits.  Two updates while the reader is
// between its words bring the number round, and the reader is content.
template <bool kMended>
void SeqlockNumberWraps() {
  constexpr int kNumbers = kMended ? 1 << 30 : 4;
  fozzy::atomic<int> sequence{0};
  fozzy::atomic<int> updates{0};
  fozzy::atomic<int> words[3] = {0, 0, 0};
  const auto write_twice = [&] {
    for (int version = 1; version < 3; ++version) {
      updates.fetch_add(1);
      sequence.store((2 * version - 1) % kNumbers);
      for (fozzy::atomic<int>& word : words) word.store(version);
      sequence.store(2 * version % kNumbers);
      updates.fetch_add(1);
    }
  };
  const auto read = [&] {
    const int before = sequence.load();
    const int first = words[0].load();
    const int second = words[1].load();
    const int third = words[2].load();
    if (before % 2 != 0 || sequence.load() != before) return;
    FOZZY_ALWAYS(first == second && second == third,
                 "what is read is of one version");
  };

  RunTasks(read, write_twice);
}
template void SeqlockNumberWraps<false>();
template void SeqlockNumberWraps<true>();

// Once, by hand: who comes second sees that somebody has begun and goes on
// without waiting for the end.
template <bool kMended>
void LazyInitNotAwaited() {
  enum State { kNew, kBegun, kDone };
  fozzy::atomic<State> state{kNew};
  Settings settings;
  const auto init_once = [&] {
    State expected = kNew;
    if (state.compare_exchange_strong(expected, kBegun)) {
      Fill(settings);
      state.store(kDone);
    } else if constexpr (kMended) {
      while (state.load() != kDone) fozzy::this_thread::yield();
    }
  };
  const auto use = [&] {
    init_once();
    FOZZY_ALWAYS(settings.fields[0].load(kRelaxed) == 7,
                 "the settings are filled");
  };

  RunTasks(use, use);
}
template void LazyInitNotAwaited<false>();
template void LazyInitNotAwaited<true>();

// Two tasks open one file each, and there is a single descriptor.  The one that
// fails says "ready" all the same, and nobody has written its name.  It fails
// only if the other has not closed yet: that one is quick.
template <bool kMended>
void ReadAfterFailedInit() {
  fozzy::atomic<int> descriptors{1};
  fozzy::atomic<int> log{0};
  fozzy::var<int> name;
  fozzy::atomic<bool> is_ready{false};
  const auto open_close = [&] {
    descriptors.fetch_sub(1);
    descriptors.fetch_add(1);
  };
  const auto init = [&] {
    for (int i = 0; i < 12; ++i) log.fetch_add(1);
    const bool is_open = descriptors.fetch_sub(1) == 1;
    if (is_open) name = 7;
    descriptors.fetch_add(1);
    if (!kMended || is_open) is_ready.store(true, kRelease);
  };
  const auto use = [&] {
    if (is_ready.load(kAcquire)) FOZZY_ALWAYS(name == 7, "the name is set");
  };

  fozzy::thread other(open_close);
  init();
  use();
  other.join();
}
template void ReadAfterFailedInit<false>();
template void ReadAfterFailedInit<true>();

// A sequence lock for one writer, and there are two.  Each makes the number odd
// and even again, and together they make it even while both write: a reader
// that comes then, and is done before either writer is, has one word of each.
template <bool kMended>
void SeqlockTwoWriters() {
  fozzy::mutex mutex;
  fozzy::atomic<int> sequence{0};
  fozzy::atomic<int> words[2] = {0, 0};
  fozzy::atomic<int> copied{0};
  const auto write = [&](int version) {
    if constexpr (kMended) mutex.lock();
    sequence.fetch_add(1);
    for (fozzy::atomic<int>& word : words) {
      word.store(version);
      copied.fetch_add(1);
    }
    sequence.fetch_add(1);
    if constexpr (kMended) mutex.unlock();
  };
  const auto read = [&] {
    const int before = sequence.load();
    const int first = words[0].load();
    const int second = words[1].load();
    for (int i = 0; i < 6; ++i) copied.fetch_add(1);
    if (before % 2 != 0 || sequence.load() != before) return;
    FOZZY_ALWAYS(first == second, "what is read is of one version");
  };

  RunTasks(
      read, [&] { write(1); }, [&] { write(2); });
}
template void SeqlockTwoWriters<false>();
template void SeqlockTwoWriters<true>();

// Two words are read twice, and if they are what they were they are taken for a
// snapshot.  The second word is 1 only while the first is; but between any two
// of the reader's four looks the writer has time to raise or lower both.
// Source: Afek and others, "Atomic snapshots of shared memory", 1993, which
// has a number in each word for this reason.
template <bool kMended>
void SnapshotOfEqualValues() {
  constexpr int kRounds = 3;
  constexpr int kNumber = kMended ? 2 : 0;
  fozzy::atomic<int> outer{0};
  fozzy::atomic<int> inner{0};
  const auto nest = [&] {
    for (int round = 1; round <= kRounds; ++round) {
      outer.store(kNumber * round + 1);
      inner.store(kNumber * round + 1);
      inner.store(kNumber * round);
      outer.store(kNumber * round);
    }
  };
  const auto read = [&] {
    const int first_outer = outer.load();
    const int first_inner = inner.load();
    if (outer.load() != first_outer || inner.load() != first_inner) return;
    FOZZY_ALWAYS(first_inner % 2 <= first_outer % 2, "the inner is within");
  };

  RunTasks(nest, read);
}
template void SnapshotOfEqualValues<false>();
template void SnapshotOfEqualValues<true>();

}  // namespace fozzy::known_bugs

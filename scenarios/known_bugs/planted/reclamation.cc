// When may memory be given back?  Hazards, epochs, grace periods, counts.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {
namespace {

struct Config {
  fozzy::atomic<int> value{1};
};

}  // namespace

// A reader publishes its hazard and does not look again whether the config is
// still current.  Between its load and its publication the writer replaces the
// config, scans all hazards and destroys it.
// Source: Michael, "Hazard pointers: safe memory reclamation for lock-free
// objects", 2004.
template <bool kMended>
void HazardNotRevalidated() {
  constexpr int kHazards = 7;
  fozzy::atomic<Config*> current{fozzy::heap::create<Config>()};
  fozzy::atomic<Config*> hazards[kHazards] = {};
  Config* retired = nullptr;
  const auto read = [&] {
    Config* config = current.load();
    hazards[1].store(config);
    while (kMended && current.load() != config) {
      config = current.load();
      hazards[1].store(config);
    }
    FOZZY_ALWAYS(config->value.load() == 1, "a config holds 1");
    hazards[1].store(nullptr);
  };
  const auto replace = [&] {
    Config* const old = current.exchange(fozzy::heap::create<Config>());
    for (const fozzy::atomic<Config*>& hazard : hazards) {
      if (hazard.load() == old) retired = old;
    }
    if (retired == nullptr) fozzy::heap::destroy(old);
  };

  RunTasks(read, replace);

  fozzy::heap::destroy(current.load());
  if (retired != nullptr) fozzy::heap::destroy(retired);
}
template void HazardNotRevalidated<false>();
template void HazardNotRevalidated<true>();

// Epochs: what was retired in epoch e is destroyed when the epoch is e + 1.  A
// reader pinned in e does not keep the epoch from becoming e + 1, only from
// e + 2.
// Source: Fraser, "Practical lock-freedom", 2004.
template <bool kMended>
void EpochFreedEarly() {
  constexpr int kIdle = -1;
  fozzy::atomic<int> epoch{0};
  fozzy::atomic<int> pinned[3] = {kIdle, kIdle, kIdle};
  fozzy::atomic<Config*> current{fozzy::heap::create<Config>()};
  const auto read = [&](int self) {
    int now = epoch.load();
    pinned[self].store(now);
    for (int again = 0; (again = epoch.load()) != now; now = again) {
      pinned[self].store(again);
    }
    FOZZY_ALWAYS(current.load()->value.load() == 1, "a config holds 1");
    pinned[self].store(kIdle);
  };
  const auto is_behind = [&](const fozzy::atomic<int>& reader, int now) {
    const int seen = reader.load();
    return seen != kIdle && seen != now;
  };
  const auto advance = [&] {
    const int now = epoch.load();
    for (const fozzy::atomic<int>& reader : pinned) {
      while (is_behind(reader, now)) fozzy::this_thread::yield();
    }
    epoch.store(now + 1);
  };
  const auto replace = [&] {
    Config* const old = current.exchange(fozzy::heap::create<Config>());
    advance();
    if constexpr (kMended) advance();
    fozzy::heap::destroy(old);
  };

  RunTasks([&] { read(0); }, [&] { read(1); }, replace);

  fozzy::heap::destroy(current.load());
}
template void EpochFreedEarly<false>();
template void EpochFreedEarly<true>();

// Readers count themselves in one of two counters, and the writer flips which.
// One flip is not enough: a reader that chose its counter before the first
// update and counts itself after it holds the config of that update, while the
// second update waits for the other counter.
// Source: Desnoyers and others, "User-level implementations of read-copy
// update", 2012, which flips twice.
template <bool kMended>
void GracePeriodOneFlip() {
  fozzy::atomic<int> side{0};
  fozzy::atomic<int> readers[2] = {0, 0};
  fozzy::atomic<Config*> current{fozzy::heap::create<Config>()};
  const auto read = [&] {
    const int mine = side.load();
    readers[mine].fetch_add(1);
    Config* const config = current.load();
    FOZZY_ALWAYS(config->value.load() == 1, "a config holds 1");
    readers[mine].fetch_sub(1);
  };
  const auto flip = [&] {
    const int old = side.load();
    side.store(1 - old);
    while (readers[old].load() != 0) fozzy::this_thread::yield();
  };
  const auto replace_twice = [&] {
    for (int i = 0; i < 2; ++i) {
      Config* const old = current.exchange(fozzy::heap::create<Config>());
      flip();
      if constexpr (kMended) flip();
      fozzy::heap::destroy(old);
    }
  };

  RunTasks(read, replace_twice);

  fozzy::heap::destroy(current.load());
}
template void GracePeriodOneFlip<false>();
template void GracePeriodOneFlip<true>();

// "No readers, so it may be replaced" asked before the replacement: a reader
// that comes between the question and the exchange keeps what is destroyed.
template <bool kMended>
void GracePeriodBeforeUnlink() {
  fozzy::atomic<int> readers{0};
  fozzy::atomic<Config*> current{fozzy::heap::create<Config>()};
  const auto read = [&] {
    readers.fetch_add(1);
    Config* const config = current.load();
    for (int i = 0; i < 3; ++i) {
      FOZZY_ALWAYS(config->value.load() == 1, "a config holds 1");
    }
    readers.fetch_sub(1);
  };
  const auto wait_for_readers = [&] {
    while (readers.load() != 0) fozzy::this_thread::yield();
  };
  const auto replace = [&] {
    Config* const next = fozzy::heap::create<Config>();
    if constexpr (!kMended) wait_for_readers();
    Config* const old = current.exchange(next);
    if constexpr (kMended) wait_for_readers();
    fozzy::heap::destroy(old);
  };

  RunTasks(read, replace, read);

  fozzy::heap::destroy(current.load());
}
template void GracePeriodBeforeUnlink<false>();
template void GracePeriodBeforeUnlink<true>();

namespace {

constexpr int kOwners = 3;

struct Counted {
  fozzy::atomic<int> references{2};
  fozzy::var<int> notes[2] = {0, 0};
};

// Makes a strong handle of a weak one, unless the object is gone.
template <bool kMended>
bool LockWeak(fozzy::atomic<int>& strong) {
  int count = strong.load();
  if constexpr (!kMended) {
    if (count == kOwners) strong.fetch_add(1);
    return count == kOwners;
  }
  while (count != 0 && !strong.compare_exchange_weak(count, count + 1)) {
  }
  return count != 0;
}

}  // namespace

// The count goes down relaxed.  Whoever drops the last reference destroys what
// the other wrote to, in no order.
// Source: the example of reference counting in the manual of Boost.Atomic,
// which has an acquire fence before the destruction.
template <bool kMended>
void ReferenceCountRelaxed() {
  constexpr auto kDrop =
      kMended ? std::memory_order_acq_rel : std::memory_order_relaxed;
  auto* counted = fozzy::heap::create<Counted>();
  const auto use = [counted](int self) {
    counted->notes[self] = 1;
    if (counted->references.fetch_sub(1, kDrop) == 1) {
      fozzy::heap::destroy(counted);
    }
  };

  RunTasks([&] { use(0); }, [&] { use(1); });
}
template void ReferenceCountRelaxed<false>();
template void ReferenceCountRelaxed<true>();

// A weak handle becomes a strong one by "if all owners are still there, add 1".
// In between the owners drop all of theirs and destroy the object; the new
// handle destroys it again.
template <bool kMended>
void WeakHandleResurrects() {
  fozzy::atomic<int> strong{kOwners};
  auto* object = fozzy::heap::create<Config>();
  const auto drop = [&] {
    if (strong.fetch_sub(1) == 1) fozzy::heap::destroy(object);
  };
  const auto observe = [&] {
    if (LockWeak<kMended>(strong)) drop();
  };
  const auto drop_all = [&] {
    for (int i = 0; i < kOwners; ++i) {
      FOZZY_ALWAYS(object->value.load() == 1, "an owner's object is alive");
      object->value.store(1);
      drop();
    }
  };

  RunTasks(observe, drop_all);
}
template void WeakHandleResurrects<false>();
template void WeakHandleResurrects<true>();

// Readers count the moments in which they hold nothing, and the writer waits
// until each has had one.  It notes the counts before it replaces the config
// and not after: in between a reader has its moment, does what it has to do
// between two rounds, and fetches the old config again.
// Source: Hart and others, "Performance of memory reclamation for lockless
// synchronization", 2007, on reclamation by quiescent states.
template <bool kMended>
void QuiescenceNotedEarly() {
  constexpr int kReaders = 2;
  constexpr int kGone = 100;
  fozzy::atomic<int> moments[kReaders] = {0, 0};
  fozzy::atomic<int> served{0};
  fozzy::atomic<Config*> current{fozzy::heap::create<Config>()};
  const auto read = [&](int self) {
    for (int i = 0; i < 2; ++i) {
      Config* const config = current.load();
      FOZZY_ALWAYS(config->value.load() == 1, "a config holds 1");
      moments[self].fetch_add(1);
      for (int rest = 0; rest < 6; ++rest) served.fetch_add(1);
    }
    moments[self].fetch_add(kGone);
  };
  const auto replace = [&] {
    int noted[kReaders] = {0, 0};
    const auto note = [&] {
      for (int i = 0; i < kReaders; ++i) noted[i] = moments[i].load();
    };
    const auto is_unmoved = [&](int reader) {
      const int now = moments[reader].load();
      return now < kGone && now == noted[reader];
    };
    if constexpr (!kMended) note();
    Config* const old = current.exchange(fozzy::heap::create<Config>());
    if constexpr (kMended) note();
    for (int i = 0; i < kReaders; ++i) {
      while (is_unmoved(i)) fozzy::this_thread::yield();
    }
    fozzy::heap::destroy(old);
  };

  RunTasks(
      replace, [&] { read(0); }, [&] { read(1); });

  fozzy::heap::destroy(current.load());
}
template void QuiescenceNotedEarly<false>();
template void QuiescenceNotedEarly<true>();

// A reader pins itself and fetches the config with no fence between the two.
// The writer, which has fenced, sees no pin at all while it moves the epoch on
// twice, and the reader still fetches the config from before.
// Source: Fraser, "Practical lock-freedom", 2004, which has the barrier.
template <bool kMended>
void EpochPinUnfenced() {
  constexpr auto kRelaxed = std::memory_order_relaxed;
  constexpr auto kAcquire = std::memory_order_acquire;
  constexpr int kIdle = -1;
  fozzy::atomic<int> epoch{0};
  fozzy::atomic<int> pinned[2] = {kIdle, kIdle};
  fozzy::atomic<Config*> current{fozzy::heap::create<Config>()};
  const auto read = [&](int self) {
    int now = kIdle;
    for (int next = epoch.load(kAcquire); next != now;
         next = epoch.load(kAcquire)) {
      now = next;
      pinned[self].store(now, kRelaxed);
      if constexpr (kMended) {
        fozzy::atomic_thread_fence(std::memory_order_seq_cst);
      }
    }
    Config* const config = current.load(kAcquire);
    FOZZY_ALWAYS(config->value.load(kRelaxed) == 1, "a config holds 1");
    pinned[self].store(kIdle, std::memory_order_release);
  };
  const auto is_behind = [&](const fozzy::atomic<int>& reader, int now) {
    const int seen = reader.load(kAcquire);
    return seen != kIdle && seen != now;
  };
  const auto advance = [&] {
    const int now = epoch.load(kRelaxed);
    for (const fozzy::atomic<int>& reader : pinned) {
      while (is_behind(reader, now)) fozzy::this_thread::yield();
    }
    epoch.store(now + 1, std::memory_order_release);
  };
  const auto replace = [&] {
    Config* const next = fozzy::heap::create<Config>();
    Config* const old = current.exchange(next, std::memory_order_acq_rel);
    fozzy::atomic_thread_fence(std::memory_order_seq_cst);
    advance();
    advance();
    fozzy::heap::destroy(old);
  };

  RunTasks([&] { read(0); }, [&] { read(1); }, replace);

  fozzy::heap::destroy(current.load());
}
template void EpochPinUnfenced<false>();
template void EpochPinUnfenced<true>();

}  // namespace fozzy::known_bugs

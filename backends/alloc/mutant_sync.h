// SimSync with one thing wrong, so that an allocator built on it is broken in
// one way, though its source is what it is.
#ifndef BACKENDS_ALLOC_MUTANT_SYNC_H_
#define BACKENDS_ALLOC_MUTANT_SYNC_H_

#include <cstdint>
#include <type_traits>

#include "fozzy/sync.h"

namespace fozzy {

enum class Mutation : uint8_t {
  kNoLock,             // the lock excludes nobody
  kPopFailureRelaxed,  // of the exchange that takes a magazine
  kPopLoadRelaxed,     // of the top that is to be taken
  kPopSuccessRelaxed,  // of the exchange that takes a magazine
  kPushLost,           // a magazine that is offered is forgotten
  kPushRelaxed,        // of the exchange that offers a magazine
  kNoVersion,          // a top that was put back looks as if it had never left
};

// The 64-bit atomics of an allocator are its stacks, and counters, which are
// relaxed throughout.
template <Mutation kMutation>
class MutantWord {
 public:
  MutantWord() = default;
  MutantWord(uint64_t value) : word_(value) {}

  uint64_t load(std::memory_order order) const {
    return word_.load(Mutate(order, Mutation::kPopLoadRelaxed));
  }
  void store(uint64_t value, std::memory_order order) {
    word_.store(value, order);
  }
  uint64_t fetch_add(uint64_t by, std::memory_order order) {
    return word_.fetch_add(by, order);
  }

  // How Push calls it.
  bool compare_exchange_weak(uint64_t& expected, uint64_t desired,
                             std::memory_order success,
                             std::memory_order failure) {
    if constexpr (kMutation == Mutation::kPushLost) return true;
    return word_.compare_exchange_weak(expected, Strip(desired),
                                       Mutate(success, Mutation::kPushRelaxed),
                                       failure);
  }

  // How Pop calls it.
  bool compare_exchange_weak(uint64_t& expected, uint64_t desired,
                             std::memory_order order) {
    return word_.compare_exchange_weak(
        expected, Strip(desired), Mutate(order, Mutation::kPopSuccessRelaxed),
        Mutate(order, Mutation::kPopFailureRelaxed));
  }

 private:
  static constexpr std::memory_order Mutate(std::memory_order order,
                                            Mutation place) {
    return kMutation == place ? std::memory_order_relaxed : order;
  }
  static constexpr uint64_t Strip(uint64_t word) {
    constexpr int kVersionAt = 40;
    if (kMutation != Mutation::kNoVersion) return word;
    return word & ((uint64_t{1} << kVersionAt) - 1);
  }

  atomic<uint64_t> word_;
};

class NoMutex {
 public:
  void lock() {}
  void unlock() {}
};

template <Mutation kMutation>
struct MutantSync {
  template <class T>
  using atomic = std::conditional_t<std::is_same_v<T, uint64_t>,
                                    MutantWord<kMutation>, fozzy::atomic<T>>;
  template <class T>
  using var = fozzy::var<T>;
  using mutex =
      std::conditional_t<kMutation == Mutation::kNoLock, NoMutex, fozzy::mutex>;
  template <class Mutex>
  using lock_guard = fozzy::lock_guard<Mutex>;
};

}  // namespace fozzy

#endif  // BACKENDS_ALLOC_MUTANT_SYNC_H_

// Things of one size that come and go.
#ifndef FOZZY_SIM_CORE_ARENA_POOL_H_
#define FOZZY_SIM_CORE_ARENA_POOL_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "sim/core/arena.h"
#include "sim/core/arena_vector.h"

namespace fozzy {

// Hands out values of T whose memory comes from an arena, and takes them back.
// Their addresses do not change.  What is taken holds whatever was left there:
// the first time T{}.
template <class T>
class ArenaPool {
 public:
  static_assert(std::is_trivially_copyable_v<T>);
  static_assert(sizeof(T) >= sizeof(T*));

  // `arena` is not owned.
  explicit ArenaPool(Arena& arena) : arena_(arena), pages_(arena) {}
  ArenaPool(const ArenaPool&) = delete;
  ArenaPool& operator=(const ArenaPool&) = delete;

  T* Take() {
    if (free_ != nullptr) {
      T* taken = free_;
      std::memcpy(&free_, static_cast<const void*>(taken), sizeof(free_));
      return taken;
    }
    if (next_ == end_) NextPage();
    return next_++;
  }

  // Requires that `given` was taken from here and is not used any more.
  void Give(T* given) {
    std::memcpy(static_cast<void*>(given), &free_, sizeof(free_));
    free_ = given;
  }

  // Takes all back at once.
  void Reset() {
    free_ = nullptr;
    next_ = nullptr;
    end_ = nullptr;
    used_pages_ = 0;
  }

 private:
  static constexpr size_t kPageBytes = 4096;
  static constexpr size_t kPage =
      sizeof(T) >= kPageBytes ? 1 : kPageBytes / sizeof(T);

  [[gnu::cold, gnu::noinline]] void NextPage() {
    if (used_pages_ == pages_.size()) {
      pages_.push_back(arena_.AllocateArray<T>(kPage));
    }
    next_ = pages_[used_pages_++];
    end_ = next_ + kPage;
  }

  Arena& arena_;
  ArenaVector<T*> pages_;
  size_t used_pages_ = 0;
  T* next_ = nullptr;
  T* end_ = nullptr;
  T* free_ = nullptr;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_ARENA_POOL_H_

// What debug mode writes into blocks to tell later what was done to them.
//
// The last eight bytes of a block say how many bytes were asked for, and
// whether it is in use; what lies between is filled.
#ifndef KERNELS_ALLOC_GUARD_H_
#define KERNELS_ALLOC_GUARD_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace fozzy::alloc {

inline constexpr size_t kGuardBytes = 8;

// A block with its guard.
class GuardedBlock {
 public:
  // `usable` is the size of the block in all, a multiple of 8.
  GuardedBlock(void* block, size_t usable)
      : bytes_(static_cast<unsigned char*>(block)),
        room_(usable - kGuardBytes) {}

  // Prepares the block for a user who asked for `size` bytes.
  void Begin(size_t size) {
    std::memset(bytes_, kFresh, size);
    std::memset(bytes_ + size, kBehind, room_ - size);
    SetWord(size ^ LiveKey());
  }

  // Returns whether the guard is that of a block in use, untouched.
  bool IsLive() const {
    const size_t size = Word() ^ LiveKey();
    if (size > room_) return false;
    return IsFilled(size, kBehind);
  }

  // Returns whether the block was freed and is not in use again.
  bool IsDead() const { return (Word() ^ DeadKey()) <= room_; }

  // Returns what was asked for.  Requires IsLive().
  size_t size() const { return Word() ^ LiveKey(); }

  // Marks the block as freed.
  void End() {
    std::memset(bytes_, kFreed, room_);
    SetWord(room_ ^ DeadKey());
  }

  // Returns whether nobody wrote to the block since End().
  bool IsUntouched() const { return IsDead() && IsFilled(0, kFreed); }

 private:
  static constexpr unsigned char kFresh = 0xA5;
  static constexpr unsigned char kBehind = 0xFB;
  static constexpr unsigned char kFreed = 0xDD;

  // Depends on the place, so that a copied guard is a wrong one.
  size_t LiveKey() const {
    return reinterpret_cast<uintptr_t>(bytes_) * 0x9E3779B97F4A7C15u;
  }
  size_t DeadKey() const { return ~LiveKey(); }

  bool IsFilled(size_t from, unsigned char with) const {
    for (size_t i = from; i < room_; ++i) {
      if (bytes_[i] != with) return false;
    }
    return true;
  }

  size_t Word() const {
    size_t word = 0;
    std::memcpy(&word, bytes_ + room_, sizeof(word));
    return word;
  }
  void SetWord(size_t word) {
    std::memcpy(bytes_ + room_, &word, sizeof(word));
  }

  unsigned char* bytes_;
  size_t room_;  // bytes before the word
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_GUARD_H_

// The memory of the engine: given from outside, handed out, never taken back.
#ifndef FOZZY_SIM_CORE_ARENA_H_
#define FOZZY_SIM_CORE_ARENA_H_

#include <cstddef>
#include <cstdint>
#include <new>

namespace fozzy {

// Hands out memory in order of asking.  What lives in it is never destroyed,
// so it must not need to be; who wants to use memory again keeps it.
class Arena {
 public:
  // Returns `bytes` of zeroed memory for 64-byte aligned use, for ever.  Never
  // fails: where there is none left, the program ends.
  using Source = void* (*)(size_t bytes);

  explicit Arena(Source source) : source_(source) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Returns zeroed memory.  Requires `alignment` to be a power of two up to 64.
  void* Allocate(size_t bytes, size_t alignment) {
    const size_t start = (used_ + alignment - 1) & ~(alignment - 1);
    if (start + bytes > size_) return AllocateSlowly(bytes);
    used_ = start + bytes;
    return block_ + start;
  }

  // Returns `count` values of T{}.
  template <class T>
  T* AllocateArray(size_t count) {
    void* memory = Allocate(count * sizeof(T), alignof(T));
    T* values = static_cast<T*>(memory);
    for (size_t i = 0; i < count; ++i) ::new (values + i) T{};
    return values;
  }

  // Bytes taken from the source so far.
  size_t bytes() const { return bytes_; }

 private:
  static constexpr size_t kBlock = size_t{64} << 10;

  void* AllocateSlowly(size_t bytes) {
    const size_t size =
        bytes > kBlock / 2 ? (bytes + 63) & ~size_t{63} : kBlock;
    auto* block = static_cast<std::byte*>(source_(size));
    bytes_ += size;
    if (size != kBlock) return block;
    block_ = block;
    size_ = size;
    used_ = bytes;
    return block;
  }

  const Source source_;
  std::byte* block_ = nullptr;
  size_t size_ = 0;
  size_t used_ = 0;
  size_t bytes_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_ARENA_H_

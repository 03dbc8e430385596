// The memory of the engine: given from outside, handed out, given back at once.
#ifndef FOZZY_SIM_CORE_ARENA_H_
#define FOZZY_SIM_CORE_ARENA_H_

#include <cstddef>
#include <cstdint>
#include <new>

namespace fozzy {

// Hands out memory in order of asking, and takes none back before its own end.
// What lives in it is never destroyed, so it must not need to be; who wants to
// use memory again keeps it.
class Arena {
 public:
  // Returns `bytes` of zeroed memory for 64-byte aligned use.  Never
  // fails: where there is none left, the program ends.
  using Source = void* (*)(size_t bytes);

  // Takes back what a Source gave.
  using Sink = void (*)(void* block);

  // Without a sink what was given stays for ever.
  explicit Arena(Source source, Sink sink = nullptr)
      : source_(source), sink_(sink) {}
  ~Arena() {
    while (sink_ != nullptr && latest_ != nullptr) {
      Header* const block = latest_;
      latest_ = block->before;
      sink_(block);
    }
  }
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

  // At the beginning of each block.
  struct alignas(64) Header {
    Header* before = nullptr;
  };

  [[gnu::cold, gnu::noinline]] void* AllocateSlowly(size_t bytes) {
    bytes += sizeof(Header);
    const size_t size =
        bytes > kBlock / 2 ? (bytes + 63) & ~size_t{63} : kBlock;
    auto* block = static_cast<std::byte*>(source_(size));
    bytes_ += size;
    latest_ = ::new (block) Header{latest_};
    if (size != kBlock) return block + sizeof(Header);
    block_ = block;
    size_ = size;
    used_ = bytes;
    return block + sizeof(Header);
  }

  const Source source_;
  const Sink sink_;
  Header* latest_ = nullptr;
  std::byte* block_ = nullptr;
  size_t size_ = 0;
  size_t used_ = 0;
  size_t bytes_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_ARENA_H_

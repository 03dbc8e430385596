// Memory of the process.
#ifndef KERNELS_ALLOC_HOST_HOST_MEMORY_H_
#define KERNELS_ALLOC_HOST_HOST_MEMORY_H_

#include <cstddef>

namespace fozzy::alloc {

// A Memory policy made of mmap.
class HostMemory {
 public:
  constexpr HostMemory() = default;
  HostMemory(const HostMemory&) = delete;
  HostMemory& operator=(const HostMemory&) = delete;

  // Returns addresses at a multiple of 2 MiB, not usable yet, or null.
  std::byte* Reserve(size_t bytes);

  // Makes memory usable; it reads as 0.  Returns false if there is too little.
  bool Commit(std::byte* memory, size_t bytes);

  // Gives memory back to the system; it stays usable and reads as 0.
  void Decommit(std::byte* memory, size_t bytes);

  // Ends all mappings made so far.
  void ReleaseAll();

  // Returns `count` objects that are all 0, resident when first touched, or
  // null.  Meant for types that may be so.
  template <class T>
  T* NewTable(size_t count) {
    return static_cast<T*>(Map(count * sizeof(T)));
  }

 private:
  static constexpr size_t kMappingsMax = 16;

  struct Mapping {
    void* memory = nullptr;
    size_t bytes = 0;
  };

  void* Map(size_t bytes);
  void Note(void* memory, size_t bytes);

  Mapping mappings_[kMappingsMax] = {};
  size_t count_ = 0;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_HOST_HOST_MEMORY_H_

// An allocator for containers of std::pmr.
#ifndef KERNELS_ALLOC_MEMORY_RESOURCE_H_
#define KERNELS_ALLOC_MEMORY_RESOURCE_H_

#include <cstddef>
#include <memory_resource>
#include <new>

#include "kernels/alloc/thread_cache.h"

namespace fozzy::alloc {

// Gives out blocks of an allocator by way of one thread's cache, and belongs to
// that thread as the cache does.  Blocks may be deallocated through the
// resource of another thread: resources of one allocator are equal.
//
// Where there is no memory, operator new is asked, which knows what a program
// does then: there is no null in this interface.
template <class Allocator>
class MemoryResource final : public std::pmr::memory_resource {
 public:
  // Both outlive the resource.
  MemoryResource(Allocator& allocator, ThreadCache& cache)
      : allocator_(allocator), cache_(cache) {}

 private:
  void* do_allocate(size_t bytes, size_t alignment) override {
    void* block = allocator_.AllocateAligned(cache_, alignment, bytes);
    if (block == nullptr)
      return ::operator new (bytes, std::align_val_t{alignment});
    return block;
  }

  void do_deallocate(void* block, size_t, size_t alignment) override {
    if (!allocator_.Owns(block)) {
      ::operator delete (block, std::align_val_t{alignment});
      return;
    }
    allocator_.Free(cache_, block);
  }

  bool do_is_equal(
      const std::pmr::memory_resource& other) const noexcept override {
    const auto* resource = dynamic_cast<const MemoryResource*>(&other);
    return resource != nullptr && &resource->allocator_ == &allocator_;
  }

  Allocator& allocator_;
  ThreadCache& cache_;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_MEMORY_RESOURCE_H_

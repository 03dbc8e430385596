// Memory of simulated programs, watched for use after free.
//
//   auto* node = heap::create<Node>(7);
//   heap::destroy(node);
//
// Addresses are the same in every run, and none is given out twice in one.
// Simulated objects (atomics, locks, variables) inside of what was destroyed
// are known by their place: touching them is the finding use_after_free.
// Destroying something twice is double_free, what is left at the end of a run a
// leak.  Outside of runs this is the memory of the host.
#ifndef FOZZY_HEAP_H_
#define FOZZY_HEAP_H_

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "fozzy/site.h"

namespace fozzy {
namespace heap {

// Returns `bytes` of memory.  Throws std::bad_alloc if there is none.  Requires
// `alignment` to be a power of two, at most 4096.
[[nodiscard]] void* allocate(std::size_t bytes,
                             std::size_t alignment = alignof(std::max_align_t),
                             Site site = Site::Here());

// Gives memory back.  `memory` may be null.
void deallocate(void* memory, Site site = Site::Here());

}  // namespace heap

namespace hooks {

// Says that what is in `memory` is going to be destroyed, and given back then.
void BeginFree(void* memory, Site site);
void EndFree(void* memory, Site site);

template <class T, class... Args>
T* CreateAt(Site site, Args&&... args) {
  struct Undo {
    ~Undo() {
      if (memory != nullptr) heap::deallocate(memory, {});
    }
    void* memory;
  };
  Undo undo{heap::allocate(sizeof(T), alignof(T), site)};
  T* object = ::new (undo.memory) T(std::forward<Args>(args)...);
  undo.memory = nullptr;
  return object;
}

}  // namespace hooks

namespace heap {

// Returns a new object.  Findings name the place, with up to two
// arguments.
template <class T>
T* create(Site site = Site::Here()) {
  return hooks::CreateAt<T>(site);
}
template <class T, class A>
requires(!std::is_same_v<std::remove_cvref_t<A>, Site>)  //
    T* create(A&& a, Site site = Site::Here()) {
  return hooks::CreateAt<T>(site, std::forward<A>(a));
}
template <class T, class A, class B>
requires(!std::is_same_v<std::remove_cvref_t<B>, Site>)  //
    T* create(A&& a, B&& b, Site site = Site::Here()) {
  return hooks::CreateAt<T>(site, std::forward<A>(a), std::forward<B>(b));
}
template <class T, class A, class B, class C, class... Rest>
requires(!std::is_same_v<std::remove_cvref_t<C>, Site>)  //
    T* create(A&& a, B&& b, C&& c, Rest&&... rest) {
  return hooks::CreateAt<T>({}, std::forward<A>(a), std::forward<B>(b),
                            std::forward<C>(c), std::forward<Rest>(rest)...);
}

// Ends an object that was created.  `object` may be null.
template <class T>
void destroy(T* object, Site site = Site::Here()) {
  if (object == nullptr) return;
  hooks::BeginFree(object, site);
  object->~T();
  hooks::EndFree(object, site);
}

// For unique_ptr.
struct deleter {
  template <class T>
  void operator()(T* object) const {
    destroy(object, {});
  }
};
template <class T>
using unique_ptr = std::unique_ptr<T, deleter>;

// For containers.
template <class T>
class allocator {
 public:
  using value_type = T;

  allocator() = default;
  template <class U>
  allocator(const allocator<U>&) noexcept {}

  T* allocate(std::size_t count) {
    if (count > static_cast<std::size_t>(-1) / sizeof(T)) {
      throw std::bad_array_new_length();
    }
    return static_cast<T*>(heap::allocate(count * sizeof(T), alignof(T), {}));
  }
  void deallocate(T* memory, std::size_t) noexcept {
    heap::deallocate(memory, {});
  }
  friend bool operator==(const allocator&, const allocator&) { return true; }
};

}  // namespace heap
}  // namespace fozzy

#endif  // FOZZY_HEAP_H_

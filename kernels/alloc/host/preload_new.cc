// operator new and delete of libfozzy_alloc.so, by way of its malloc.
//
// The library is preloaded into programs in C, too, so what it needs of the C++
// library is looked for, not linked.
#include <malloc.h>
#include <stdlib.h>

#include <cstddef>
#include <new>

namespace std {
[[gnu::weak]] new_handler get_new_handler() noexcept;
[[noreturn, gnu::weak]] void __throw_bad_alloc();
}  // namespace std

namespace {

void* Find(size_t size, size_t alignment) {
  return alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__
             ? malloc(size)
             : memalign(alignment, size);
}

// What operator new does where there is no memory: asks the program's handler
// for some, again and again.  The handler may throw.
[[gnu::noinline, gnu::cold]] void* AskHandler(size_t size, size_t alignment) {
  for (;;) {
    const std::new_handler handler =
        &std::get_new_handler != nullptr ? std::get_new_handler() : nullptr;
    if (handler == nullptr) return nullptr;
    handler();
    void* block = Find(size, alignment);
    if (block != nullptr) return block;
  }
}

[[gnu::noinline, gnu::cold]] void* NewSlowly(size_t size, size_t alignment) {
  void* block = AskHandler(size, alignment);
  if (block != nullptr) return block;
  if (&std::__throw_bad_alloc != nullptr) std::__throw_bad_alloc();
  abort();
}

inline void* New(size_t size, size_t alignment) {
  void* block = Find(size, alignment);
  return block != nullptr ? block : NewSlowly(size, alignment);
}

inline void* New(size_t size) {
  void* block = malloc(size);
  return block != nullptr ? block : NewSlowly(size, 1);
}

// A handler that throws ends the program here, as noexcept says.
inline void* NewOrNull(size_t size, size_t alignment) noexcept {
  void* block = Find(size, alignment);
  return block != nullptr ? block : AskHandler(size, alignment);
}

constexpr size_t Number(std::align_val_t alignment) {
  return static_cast<size_t>(alignment);
}

}  // namespace

#define FOZZY_ALLOC_API [[gnu::visibility("default")]]

FOZZY_ALLOC_API void* operator new(size_t size) { return New(size); }
FOZZY_ALLOC_API void* operator new[](size_t size) { return New(size); }
FOZZY_ALLOC_API void* operator new(size_t size,
                                   const std::nothrow_t&) noexcept {
  return NewOrNull(size, 1);
}
FOZZY_ALLOC_API void* operator new[](size_t size,
                                     const std::nothrow_t&) noexcept {
  return NewOrNull(size, 1);
}
FOZZY_ALLOC_API void* operator new(size_t size, std::align_val_t alignment) {
  return New(size, Number(alignment));
}
FOZZY_ALLOC_API void* operator new[](size_t size, std::align_val_t alignment) {
  return New(size, Number(alignment));
}
FOZZY_ALLOC_API void* operator new(size_t size, std::align_val_t alignment,
                                   const std::nothrow_t&) noexcept {
  return NewOrNull(size, Number(alignment));
}
FOZZY_ALLOC_API void* operator new[](size_t size, std::align_val_t alignment,
                                     const std::nothrow_t&) noexcept {
  return NewOrNull(size, Number(alignment));
}

FOZZY_ALLOC_API void operator delete(void* block) noexcept { free(block); }
FOZZY_ALLOC_API void operator delete[](void* block) noexcept { free(block); }
FOZZY_ALLOC_API void operator delete(void* block, size_t) noexcept {
  free(block);
}
FOZZY_ALLOC_API void operator delete[](void* block, size_t) noexcept {
  free(block);
}
FOZZY_ALLOC_API void operator delete(void* block,
                                     const std::nothrow_t&) noexcept {
  free(block);
}
FOZZY_ALLOC_API void operator delete[](void* block,
                                       const std::nothrow_t&) noexcept {
  free(block);
}
FOZZY_ALLOC_API void operator delete(void* block, std::align_val_t) noexcept {
  free(block);
}
FOZZY_ALLOC_API void operator delete[](void* block, std::align_val_t) noexcept {
  free(block);
}
FOZZY_ALLOC_API void operator delete(void* block, size_t,
                                     std::align_val_t) noexcept {
  free(block);
}
FOZZY_ALLOC_API void operator delete[](void* block, size_t,
                                       std::align_val_t) noexcept {
  free(block);
}
FOZZY_ALLOC_API void operator delete(void* block, std::align_val_t,
                                     const std::nothrow_t&) noexcept {
  free(block);
}
FOZZY_ALLOC_API void operator delete[](void* block, std::align_val_t,
                                       const std::nothrow_t&) noexcept {
  free(block);
}

// malloc and its family, for LD_PRELOAD=libfozzy_alloc.so.
//
//   FOZZY_ALLOC_DEBUG=1      guards every block and checks it when freed
//   FOZZY_ALLOC_DECAY_MS=N   how long free memory is kept
//
// A fault is told on standard error and ends the program.
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/alloc/host/native_allocator.h"

#define FOZZY_ALLOC_API extern "C" [[gnu::visibility("default")]]

namespace fozzy::alloc {
namespace {

constexpr size_t kPage = 4096;

void ReportFault(FaultKind kind, const void* block);
void OnAttach(ThreadCache& cache);

constinit HostMemory memory;
constinit HostClock host_clock;
constinit NativeAllocator allocator(memory, host_clock,
                                    {.report = ReportFault,
                                     .on_attach = OnAttach});
constinit pthread_key_t key = 0;
constinit bool has_key = false;

// Initial-exec: found without a call, which might allocate.
[[gnu::tls_model("initial-exec")]] constinit thread_local ThreadCache cache;

// Writes without allocating.
void Say(const char* text) {
  const ssize_t written = write(STDERR_FILENO, text, strlen(text));
  static_cast<void>(written);
}

void ReportFault(FaultKind kind, const void* block) {
  char digits[] = "0x0000000000000000\n";
  auto address = reinterpret_cast<uintptr_t>(block);
  for (int i = 17; i >= 2; --i, address >>= 4) {
    digits[i] = "0123456789abcdef"[address & 15];
  }
  Say("fozzy_alloc: ");
  Say(FaultName(kind));
  Say(" of ");
  Say(digits);
  abort();
}

uint64_t NumberOf(const char* name, uint64_t otherwise) {
  const char* text = secure_getenv(name);
  return text == nullptr ? otherwise : strtoull(text, nullptr, 10);
}

bool has_options = false;

// Reads the environment before the first block is given out.
void ReadOptions() {
  has_options = true;
  NativeAllocator::Options options = {.report = ReportFault,
                                      .on_attach = OnAttach};
  options.is_debug = NumberOf("FOZZY_ALLOC_DEBUG", 0) != 0;
  options.decay = NumberOf("FOZZY_ALLOC_DECAY_MS", 500) * 1'000'000;
  allocator.SetOptions(options);
}

void OnThreadExit(void*) { allocator.Detach(cache); }

void OnAttach(ThreadCache&) {
  if (!has_options) ReadOptions();
  if (has_key) pthread_setspecific(key, &cache);
}

void BeforeFork() { allocator.LockForFork(); }
void AfterFork() { allocator.UnlockAfterFork(); }

// Threads that come before, the first one, say, never end or may be forgotten.
[[gnu::constructor]] void Start() {
  if (!has_options) ReadOptions();
  has_key = pthread_key_create(&key, OnThreadExit) == 0;
  pthread_atfork(BeforeFork, AfterFork, AfterFork);
}

[[gnu::noinline, gnu::cold]] void* NoMemory() {
  errno = ENOMEM;
  return nullptr;
}

inline void* OrNoMemory(void* block) {
  if (block == nullptr) [[unlikely]] {
    return NoMemory();
  }
  return block;
}

// Apart, so that malloc itself needs no stack.
[[gnu::noinline]] void* MallocSlowly(size_t size) {
  return OrNoMemory(allocator.Allocate(cache, size));
}

bool IsPowerOfTwo(size_t n) { return n != 0 && (n & (n - 1)) == 0; }

}  // namespace
}  // namespace fozzy::alloc

using fozzy::alloc::allocator;
using fozzy::alloc::cache;
using fozzy::alloc::IsPowerOfTwo;
using fozzy::alloc::OrNoMemory;

FOZZY_ALLOC_API void* malloc(size_t size) noexcept {
  void* block = allocator.AllocateAtHand(cache, size);
  if (block != nullptr) [[likely]] {
    return block;
  }
  return fozzy::alloc::MallocSlowly(size);
}

FOZZY_ALLOC_API void free(void* block) noexcept {
  allocator.Free(cache, block);
}

FOZZY_ALLOC_API void* calloc(size_t count, size_t size) noexcept {
  return OrNoMemory(allocator.AllocateZeroed(cache, count, size));
}

// As in glibc, a size of 0 frees.
FOZZY_ALLOC_API void* realloc(void* block, size_t size) noexcept {
  if (block != nullptr && size == 0) {
    allocator.Free(cache, block);
    return nullptr;
  }
  return OrNoMemory(allocator.Reallocate(cache, block, size));
}

FOZZY_ALLOC_API void* reallocarray(void* block, size_t count,
                                   size_t size) noexcept {
  size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    return fozzy::alloc::NoMemory();
  }
  return realloc(block, bytes);
}

FOZZY_ALLOC_API void* memalign(size_t alignment, size_t size) noexcept {
  if (!IsPowerOfTwo(alignment)) {
    errno = EINVAL;
    return nullptr;
  }
  return OrNoMemory(allocator.AllocateAligned(cache, alignment, size));
}

FOZZY_ALLOC_API void* aligned_alloc(size_t alignment, size_t size) noexcept {
  return memalign(alignment, size);
}

// Leaves errno alone, as POSIX wants it.
FOZZY_ALLOC_API int posix_memalign(void** block, size_t alignment,
                                   size_t size) noexcept {
  if (!IsPowerOfTwo(alignment) || alignment % sizeof(void*) != 0) {
    return EINVAL;
  }
  void* found = allocator.AllocateAligned(cache, alignment, size);
  if (found == nullptr) return ENOMEM;
  *block = found;
  return 0;
}

FOZZY_ALLOC_API void* valloc(size_t size) noexcept {
  return memalign(fozzy::alloc::kPage, size);
}

FOZZY_ALLOC_API void* pvalloc(size_t size) noexcept {
  const size_t rest = (0 - size) % fozzy::alloc::kPage;
  if (size + rest < size) return fozzy::alloc::NoMemory();
  return memalign(fozzy::alloc::kPage, size + rest);
}

FOZZY_ALLOC_API size_t malloc_usable_size(void* block) noexcept {
  return block == nullptr ? 0 : allocator.UsableSize(block);
}

FOZZY_ALLOC_API int malloc_trim(size_t) noexcept {
  const uint64_t before = allocator.GetStats().purged;
  allocator.Trim(cache);
  return allocator.GetStats().purged != before;
}

// Proof of who serves: calls that went past the front so far, in all threads,
// rounded down to some dozens; and whether a block is of this allocator.
FOZZY_ALLOC_API uint64_t fozzy_alloc_calls() noexcept {
  return allocator.GetStats().slow_calls + cache.slow_calls();
}
FOZZY_ALLOC_API int fozzy_alloc_owns(const void* block) noexcept {
  return allocator.Owns(block);
}

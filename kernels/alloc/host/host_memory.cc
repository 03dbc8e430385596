#include "kernels/alloc/host/host_memory.h"

#include <sys/mman.h>

#include <cstdint>

namespace fozzy::alloc {
namespace {

constexpr size_t kAlignment = 2 << 20;
constexpr int kLazily = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;

}  // namespace

std::byte* HostMemory::Reserve(size_t bytes) {
  const size_t mapped = bytes + kAlignment;
  void* memory = mmap(nullptr, mapped, PROT_NONE, kLazily, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  auto* start = static_cast<std::byte*>(memory);
  const size_t before = (0 - reinterpret_cast<uintptr_t>(memory)) % kAlignment;
  if (before != 0) munmap(start, before);
  munmap(start + before + bytes, kAlignment - before);
  Note(start + before, bytes);
  return start + before;
}

bool HostMemory::Commit(std::byte* memory, size_t bytes) {
  return mprotect(memory, bytes, PROT_READ | PROT_WRITE) == 0;
}

void HostMemory::Decommit(std::byte* memory, size_t bytes) {
  madvise(memory, bytes, MADV_DONTNEED);
}

void* HostMemory::Map(size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, kLazily, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  Note(memory, bytes);
  return memory;
}

void HostMemory::ReleaseAll() {
  while (count_ != 0) {
    const Mapping& mapping = mappings_[--count_];
    munmap(mapping.memory, mapping.bytes);
  }
}

void HostMemory::Note(void* memory, size_t bytes) {
  if (count_ == kMappingsMax) return;
  mappings_[count_++] = {memory, bytes};
}

}  // namespace fozzy::alloc

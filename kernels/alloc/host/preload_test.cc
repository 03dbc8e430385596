// What malloc and its family promise.  Run with libfozzy_alloc.so preloaded,
// once as it is and once in debug mode.
#include <dlfcn.h>
#include <errno.h>
#include <gtest/gtest.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace fozzy::alloc {
namespace {

// Hidden from the compiler, which knows what malloc does.
size_t Opaque(size_t size) {
  asm volatile("" : "+r"(size));
  return size;
}
void* Use(void* block) {
  asm volatile("" : "+r"(block) : : "memory");
  return block;
}

constexpr size_t kMost = std::numeric_limits<size_t>::max();

bool IsAligned(const void* block, size_t alignment) {
  return reinterpret_cast<uintptr_t>(block) % alignment == 0;
}

// Fills a block with bytes that tell places apart.
void Fill(void* block, size_t size) {
  auto* bytes = static_cast<unsigned char*>(block);
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<unsigned char>(i);
}
bool IsFilled(const void* block, size_t size) {
  const auto* bytes = static_cast<const unsigned char*>(block);
  for (size_t i = 0; i < size; ++i) {
    if (bytes[i] != static_cast<unsigned char>(i)) return false;
  }
  return true;
}

TEST(PreloadTest, TheLibraryServesTheseCalls) {
  using Owns = int(const void*);
  auto* owns = reinterpret_cast<Owns*>(dlsym(RTLD_DEFAULT, "fozzy_alloc_owns"));
  ASSERT_NE(owns, nullptr) << "libfozzy_alloc.so is not preloaded";
  void* block = malloc(Opaque(10));
  EXPECT_NE(owns(block), 0);
  free(block);
  EXPECT_EQ(owns(&owns), 0);
}

class SizeTest : public testing::TestWithParam<size_t> {};

TEST_P(SizeTest, MallocGivesAlignedRoom) {
  void* block = Use(malloc(GetParam()));
  ASSERT_NE(block, nullptr);
  EXPECT_TRUE(IsAligned(block, alignof(std::max_align_t)));
  EXPECT_GE(malloc_usable_size(block), GetParam());
  Fill(block, GetParam());
  EXPECT_TRUE(IsFilled(block, GetParam()));
  free(block);
}

TEST_P(SizeTest, CallocGivesZeroes) {
  for (int round = 0; round < 2; ++round) {
    auto* block = static_cast<char*>(Use(calloc(GetParam(), 1)));
    ASSERT_NE(block, nullptr);
    const std::string zeroes(GetParam(), '\0');
    EXPECT_EQ(std::memcmp(block, zeroes.data(), GetParam()), 0);
    std::memset(block, 0xFF, GetParam());
    free(block);
  }
}

TEST_P(SizeTest, ReallocKeepsContentsWhenGrowingAndShrinking) {
  const size_t size = GetParam();
  void* block = Use(malloc(size));
  Fill(block, size);
  for (const size_t next :
       {size + 1, 2 * size + 20, 10 * size + 100, size + 3, size / 2 + 1}) {
    void* moved = Use(realloc(block, next));
    ASSERT_NE(moved, nullptr);
    block = moved;
    ASSERT_GE(malloc_usable_size(block), next);
    ASSERT_TRUE(IsFilled(block, std::min(size, next))) << next;
  }
  free(block);
}

TEST_P(SizeTest, MemalignHonoursEveryAlignment) {
  for (size_t alignment = 1; alignment <= size_t{4} << 20; alignment *= 2) {
    void* block = Use(memalign(alignment, GetParam()));
    ASSERT_NE(block, nullptr) << alignment;
    EXPECT_TRUE(IsAligned(block, alignment)) << alignment;
    EXPECT_GE(malloc_usable_size(block), GetParam());
    Fill(block, GetParam());
    free(block);
  }
}

TEST_P(SizeTest, PosixMemalignHonoursEveryAlignment) {
  for (size_t alignment = 8; alignment <= 65'536; alignment *= 2) {
    void* block = nullptr;
    ASSERT_EQ(posix_memalign(&block, alignment, GetParam()), 0);
    EXPECT_TRUE(IsAligned(block, alignment)) << alignment;
    Fill(block, GetParam());
    free(block);
  }
}

TEST_P(SizeTest, AlignedBlocksCanBeReallocated) {
  void* block = Use(memalign(256, GetParam()));
  Fill(block, GetParam());
  block = Use(realloc(block, GetParam() * 2 + 1));
  EXPECT_TRUE(IsFilled(block, GetParam()));
  free(block);
}

TEST_P(SizeTest, BlocksDoNotOverlap) {
  std::vector<void*> blocks;
  const size_t count = GetParam() > 100'000 ? 5 : 100;
  for (size_t i = 0; i < count; ++i) {
    blocks.push_back(malloc(GetParam()));
    std::memset(blocks.back(), static_cast<int>(i), GetParam());
  }
  for (size_t i = 0; i < count; ++i) {
    const auto* bytes = static_cast<unsigned char*>(blocks[i]);
    for (size_t j = 0; j < GetParam(); ++j) ASSERT_EQ(bytes[j], i);
    free(blocks[i]);
  }
}

// Around the borders of classes and of what is served in different ways.
INSTANTIATE_TEST_SUITE_P(Borders, SizeTest,
                         testing::Values(0, 1, 8, 15, 16, 17, 24, 32, 127, 128,
                                         129, 144, 145, 1023, 1024, 1025, 1039,
                                         1040, 4095, 4096, 4097, 8191, 8192,
                                         8193, 32'767, 32'768, 32'769, 65'536,
                                         262'144, 262'145, 1'048'577, 2'097'151,
                                         2'097'152, 2'097'153, 5'000'000));

class OverflowTest : public testing::TestWithParam<size_t> {};

TEST_P(OverflowTest, GivesNullAndSaysWhy) {
  const size_t size = Opaque(GetParam());
  errno = 0;
  EXPECT_EQ(malloc(size), nullptr);
  EXPECT_EQ(errno, ENOMEM);
  errno = 0;
  EXPECT_EQ(calloc(size, 3), nullptr);
  EXPECT_EQ(errno, ENOMEM);
  EXPECT_EQ(memalign(4096, size), nullptr);
  EXPECT_EQ(valloc(size), nullptr);
  EXPECT_EQ(pvalloc(size), nullptr);
  errno = 7;
  void* block = nullptr;
  EXPECT_EQ(posix_memalign(&block, 64, size), ENOMEM);
  EXPECT_EQ(errno, 7) << "left alone";
  EXPECT_EQ(block, nullptr);
}

TEST_P(OverflowTest, ReallocLeavesTheBlockAlone) {
  void* block = malloc(Opaque(100));
  Fill(block, 100);
  EXPECT_EQ(realloc(Use(block), Opaque(GetParam())), nullptr);
  EXPECT_EQ(reallocarray(Use(block), Opaque(GetParam()), 5), nullptr);
  EXPECT_TRUE(IsFilled(block, 100));
  free(block);
}

INSTANTIATE_TEST_SUITE_P(Sizes, OverflowTest,
                         testing::Values(kMost, kMost - 1, kMost - 15,
                                         kMost - 16, kMost - 4096,
                                         kMost - 32'768, kMost / 2,
                                         kMost / 2 + 1, kMost / 4,
                                         size_t{1} << 48));

TEST(CallocTest, ProductsThatOverflowGiveNull) {
  for (const size_t one : {size_t{3}, size_t{1} << 16, size_t{1} << 33}) {
    EXPECT_EQ(calloc(Opaque(kMost / one + 1), one), nullptr) << one;
    EXPECT_EQ(calloc(one, Opaque(kMost / one + 1)), nullptr) << one;
    EXPECT_EQ(reallocarray(nullptr, Opaque(kMost / one + 1), one), nullptr);
  }
}

TEST(CallocTest, NothingTimesAnythingIsABlock) {
  void* block = calloc(0, Opaque(kMost));
  EXPECT_NE(block, nullptr);
  free(block);
}

TEST(ReallocTest, OfNullIsMalloc) {
  void* block = realloc(nullptr, Opaque(100));
  ASSERT_NE(block, nullptr);
  free(block);
}

TEST(ReallocTest, ToNothingFrees) {
  EXPECT_EQ(realloc(malloc(Opaque(100)), Opaque(0)), nullptr);
}

TEST(ReallocTest, GrowsByteByByte) {
  char* block = nullptr;
  for (size_t size = 1; size <= 5000; ++size) {
    block = static_cast<char*>(realloc(block, size));
    block[size - 1] = static_cast<char>(size);
  }
  for (size_t i = 0; i < 5000; ++i) {
    ASSERT_EQ(block[i], static_cast<char>(i + 1));
  }
  free(block);
}

TEST(FreeTest, NullIsNothingAndErrnoIsKept) {
  free(nullptr);
  void* block = malloc(Opaque(size_t{40} << 20));
  std::memset(block, 1, 4096);
  errno = 42;
  free(block);
  EXPECT_EQ(errno, 42);
}

TEST(AlignmentTest, WhatIsNoPowerOfTwoIsRefused) {
  void* block = nullptr;
  for (const size_t alignment : {size_t{0}, size_t{3}, size_t{24}, kMost}) {
    EXPECT_EQ(posix_memalign(&block, alignment, 100), EINVAL) << alignment;
    errno = 0;
    EXPECT_EQ(memalign(Opaque(alignment), 100), nullptr) << alignment;
    EXPECT_EQ(errno, EINVAL);
  }
  EXPECT_EQ(posix_memalign(&block, 4, 100), EINVAL) << "less than a pointer";
}

TEST(AlignmentTest, AlignedAllocAlignsLikeMemalign) {
  for (size_t alignment = 16; alignment <= 8192; alignment *= 2) {
    void* block = aligned_alloc(alignment, alignment * 3);
    EXPECT_TRUE(IsAligned(block, alignment));
    free(block);
  }
}

TEST(AlignmentTest, PagesAreAlignedAndWhole) {
  void* block = valloc(Opaque(100));
  EXPECT_TRUE(IsAligned(block, 4096));
  free(block);
  block = pvalloc(Opaque(5000));
  EXPECT_TRUE(IsAligned(block, 4096));
  EXPECT_GE(malloc_usable_size(block), 8192u);
  free(block);
}

TEST(UsableSizeTest, OfNullIsZero) {
  EXPECT_EQ(malloc_usable_size(nullptr), 0u);
}

TEST(UsableSizeTest, AllOfItMayBeUsed) {
  for (size_t size = 0; size < 10'000; size += 37) {
    void* block = malloc(size);
    Fill(block, malloc_usable_size(block));
    free(block);
  }
}

TEST(LargeTest, AGigabyteComesAndGoes) {
  constexpr size_t kGigabyte = size_t{1} << 30;
  // Debug mode fills it.
  const int rounds = getenv("FOZZY_ALLOC_DEBUG") != nullptr ? 1 : 3;
  for (int round = 0; round < rounds; ++round) {
    auto* block = static_cast<char*>(malloc(Opaque(kGigabyte)));
    ASSERT_NE(block, nullptr);
    block[0] = 1;
    block[kGigabyte - 1] = 1;
    free(block);
  }
}

TEST(LargeTest, AGigabyteGrows) {
  if (getenv("FOZZY_ALLOC_DEBUG") != nullptr) return;  // it copies
  constexpr size_t kGigabyte = size_t{1} << 30;
  auto* block = static_cast<char*>(malloc(Opaque(kGigabyte)));
  ASSERT_NE(block, nullptr);
  block[0] = 7;
  block = static_cast<char*>(realloc(block, Opaque(2 * kGigabyte)));
  ASSERT_NE(block, nullptr);
  EXPECT_EQ(block[0], 7);
  block[2 * kGigabyte - 1] = 1;
  free(block);
}

TEST(TrimTest, MayBeCalledAnyTime) {
  void* block = malloc(Opaque(10'000'000));
  std::memset(block, 1, 10'000'000);
  free(block);
  malloc_trim(0);
  EXPECT_EQ(malloc_trim(0), 0) << "all is given back already";
}

TEST(ThreadTest, BlocksOutliveTheThreadThatAllocatedThem) {
  std::vector<void*> blocks;
  std::thread([&blocks] {
    for (size_t size = 1; size < 100'000; size += size / 4 + 1) {
      blocks.push_back(malloc(size));
      Fill(blocks.back(), size);
    }
  }).join();
  size_t size = 1;
  for (void* block : blocks) {
    EXPECT_TRUE(IsFilled(block, size));
    free(block);
    size += size / 4 + 1;
  }
}

// Returns the pages of the process that are in memory.
size_t ResidentPages() {
  size_t total = 0;
  size_t resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident;
}

TEST(ThreadTest, ThreadsThatComeAndGoDoNotUseUpMemory) {
  size_t resident = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<void*> blocks(1000);
    std::thread([&blocks] {
      for (void*& block : blocks) block = Use(malloc(500));
    }).join();
    std::thread([&blocks] {
      for (void* block : blocks) free(block);
    }).join();
    if (round == 20) resident = ResidentPages();
  }
  // Each round would leave 122 pages behind.
  EXPECT_LT(ResidentPages(), resident + 1000);
}

TEST(ThreadTest, FreesInDestructorsOfThreadLocalsWork) {
  struct Holder {
    ~Holder() { free(block); }
    void* block = nullptr;
  };
  for (int i = 0; i < 50; ++i) {
    std::thread([] {
      static thread_local Holder holder;
      holder.block = malloc(Opaque(100));
    }).join();
  }
}

TEST(ThreadTest, AllocatesAfterItsKeysAreDestroyed) {
  static pthread_key_t key;
  ASSERT_EQ(pthread_key_create(&key,
                               [](void* block) {
                                 free(block);
                                 void* more = Use(malloc(Opaque(300)));
                                 std::memset(more, 1, 300);
                                 free(more);
                               }),
            0);
  for (int i = 0; i < 50; ++i) {
    std::thread([] { pthread_setspecific(key, malloc(Opaque(100))); }).join();
  }
  pthread_key_delete(key);
}

// Returns the exit code of a child that runs `body`.
template <class Body>
int InChild(Body body) {
  const pid_t child = fork();
  if (child == 0) {
    body();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(ForkTest, TheChildOfAThreadedProgramCanAllocate) {
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&stop] {
      while (!stop) {
        for (size_t size = 1; size < 5'000'000; size *= 3) {
          free(Use(malloc(size)));
        }
      }
    });
  }
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(InChild([] {
                for (size_t size = 1; size < 5'000'000; size *= 3) {
                  void* block = Use(malloc(size));
                  if (block == nullptr) _exit(1);
                  Fill(block, std::min<size_t>(size, 1000));
                  free(block);
                }
              }),
              0);
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
}

TEST(ForkTest, TheChildCanFreeWhatItsParentAllocated) {
  std::vector<void*> blocks;
  for (size_t size = 1; size < 10'000'000; size *= 2) {
    blocks.push_back(malloc(size));
  }
  EXPECT_EQ(InChild([&blocks] {
              for (void* block : blocks) free(block);
              std::thread([] { free(Use(malloc(100))); }).join();
            }),
            0);
  for (void* block : blocks) free(block);
}

}  // namespace
}  // namespace fozzy::alloc

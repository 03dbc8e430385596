// operator new and delete, with libfozzy_alloc.so preloaded.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <new>
#include <string>

namespace fozzy::alloc {
namespace {

constexpr size_t kMost = std::numeric_limits<size_t>::max();

size_t Opaque(size_t size) {
  asm volatile("" : "+r"(size));
  return size;
}

bool IsOurs(const void* block) {
  using Owns = int(const void*);
  auto* owns = reinterpret_cast<Owns*>(dlsym(RTLD_DEFAULT, "fozzy_alloc_owns"));
  return owns != nullptr && owns(block) != 0;
}

class NewTest : public testing::TestWithParam<size_t> {};

TEST_P(NewTest, PlainNewAndDelete) {
  void* block = ::operator new(GetParam());
  EXPECT_TRUE(IsOurs(block));
  std::memset(block, 1, GetParam());
  ::operator delete(block);
  block = ::operator new[](GetParam());
  ::operator delete[](block);
}

TEST_P(NewTest, SizedDelete) {
  void* block = ::operator new(GetParam());
  ::operator delete(block, GetParam());
  block = ::operator new[](GetParam());
  ::operator delete[](block, GetParam());
}

TEST_P(NewTest, NothrowNewAndDelete) {
  void* block = ::operator new(GetParam(), std::nothrow);
  EXPECT_TRUE(IsOurs(block));
  ::operator delete(block, std::nothrow);
  block = ::operator new[](GetParam(), std::nothrow);
  ::operator delete[](block, std::nothrow);
}

TEST_P(NewTest, AlignedNewAndDelete) {
  for (size_t number = 1; number <= 8192; number *= 2) {
    const std::align_val_t alignment{number};
    void* block = ::operator new(GetParam(), alignment);
    EXPECT_TRUE(IsOurs(block));
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % number, 0u);
    ::operator delete(block, alignment);
    block = ::operator new[](GetParam(), alignment);
    ::operator delete[](block, GetParam(), alignment);
    block = ::operator new(GetParam(), alignment, std::nothrow);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % number, 0u);
    ::operator delete(block, GetParam(), alignment);
    block = ::operator new[](GetParam(), alignment, std::nothrow);
    ::operator delete[](block, alignment, std::nothrow);
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, NewTest,
                         testing::Values(0, 1, 16, 100, 1024, 5000, 40'000,
                                         3'000'000));

TEST(NewFailureTest, ThrowsWhereThereIsNoMemory) {
  EXPECT_THROW(::operator delete(::operator new(Opaque(kMost))),
               std::bad_alloc);
  EXPECT_THROW(::operator delete(
                   ::operator new (Opaque(kMost / 2), std::align_val_t{64})),
               std::bad_alloc);
}

TEST(NewFailureTest, NothrowGivesNull) {
  EXPECT_EQ(::operator new(Opaque(kMost), std::nothrow), nullptr);
  EXPECT_EQ(::operator new[](Opaque(kMost), std::align_val_t{64}, std::nothrow),
            nullptr);
}

TEST(NewFailureTest, AsksTheHandlerUntilItGivesUp) {
  static int calls = 0;
  calls = 0;
  std::set_new_handler([] {
    if (++calls == 3) std::set_new_handler(nullptr);
  });
  EXPECT_THROW(::operator delete(::operator new(Opaque(kMost))),
               std::bad_alloc);
  EXPECT_EQ(calls, 3);
}

TEST(NewTestOfContainers, ContainersComeAndGo) {
  std::map<int, std::string> names;
  for (int i = 0; i < 10'000; ++i) {
    names[i] = std::string(static_cast<size_t>(i) % 300, 'x');
  }
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_EQ(names[i].size(), static_cast<size_t>(i) % 300);
  }
  EXPECT_TRUE(IsOurs(names[299].data()));
}

}  // namespace
}  // namespace fozzy::alloc

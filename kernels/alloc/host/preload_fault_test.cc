// Programs that do wrong, with libfozzy_alloc.so preloaded: each ends with a
// report.  The last three kinds of fault are told in debug mode.
#include <gtest/gtest.h>
#include <malloc.h>
#include <stdlib.h>

#include <cstring>

namespace fozzy::alloc {
namespace {

// Hidden from the compiler, which would warn.
char* Hidden(void* block) {
  asm volatile("" : "+r"(block) : : "memory");
  return static_cast<char*>(block);
}

class PreloadFaultDeathTest : public testing::Test {
 protected:
  static bool IsDebug() { return getenv("FOZZY_ALLOC_DEBUG") != nullptr; }
};

TEST_F(PreloadFaultDeathTest, APointerToTheStackIsForeign) {
  int place = 0;
  EXPECT_DEATH(free(Hidden(&place)), "fozzy_alloc: foreign free of 0x");
}

TEST_F(PreloadFaultDeathTest, APointerToAVariableIsForeign) {
  static int place = 0;
  EXPECT_DEATH(free(Hidden(&place)), "foreign free");
  EXPECT_DEATH(free(realloc(Hidden(&place), 100)), "foreign free");
}

TEST_F(PreloadFaultDeathTest, ATinyNumberIsForeign) {
  EXPECT_DEATH(free(Hidden(reinterpret_cast<void*>(8))), "foreign free");
}

TEST_F(PreloadFaultDeathTest, ADoubleFreeIsReported) {
  EXPECT_DEATH(
      {
        char* block = Hidden(malloc(100));
        free(block);
        free(Hidden(block));
        malloc_trim(0);
      },
      "double free of 0x");
}

TEST_F(PreloadFaultDeathTest, ADoubleFreeOfAHugeBlockIsReported) {
  EXPECT_DEATH(
      {
        char* block = Hidden(malloc(5'000'000));
        free(block);
        free(Hidden(block));
      },
      "(double|foreign) free of 0x");
}

TEST_F(PreloadFaultDeathTest, AnAddressInsideABlockIsForeign) {
  EXPECT_DEATH(
      {
        free(Hidden(malloc(100)) + 16);
        malloc_trim(0);
      },
      "foreign free of 0x");
}

TEST_F(PreloadFaultDeathTest, OverrunsAreReportedInDebugMode) {
  if (!IsDebug()) return;
  for (const unsigned size : {1u, 24u, 100u, 5000u, 100'000u}) {
    EXPECT_DEATH(
        {
          char* block = Hidden(malloc(size));
          block[size] = 1;
          free(block);
        },
        "overrun of 0x")
        << size;
  }
}

TEST_F(PreloadFaultDeathTest, UseAfterFreeIsReportedInDebugMode) {
  if (!IsDebug()) return;
  EXPECT_DEATH(
      {
        char* block = Hidden(malloc(100));
        free(block);
        *static_cast<volatile char*>(Hidden(block) + 3) = 1;
        for (int i = 0; i < 2000; ++i) free(Hidden(malloc(10)));
      },
      "use after free of 0x");
}

}  // namespace
}  // namespace fozzy::alloc

#include "backends/host/doctor/find_library.h"

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(FindLibraryTest, TheFirstThatIsThereIsNamed) {
  EXPECT_EQ(FindLibrary({"libnone-of-these.so.1", "libc.so.6", "libm.so.6"}),
            "libc.so.6");
}

TEST(FindLibraryTest, NothingIsNamedIfNoneIsThere) {
  EXPECT_EQ(FindLibrary({"libnone-of-these.so.1"}), std::nullopt);
  EXPECT_EQ(FindLibrary({}), std::nullopt);
}

}  // namespace
}  // namespace fozzy

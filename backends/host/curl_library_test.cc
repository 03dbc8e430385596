#include "backends/host/curl_library.h"

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(CurlLibraryTest, LoadsTheFirstLibraryThereIs) {
  CurlLibrary curl;

  EXPECT_EQ(curl.Load({"libfozzy-none.so.1", "libcurl.so.4"}), "");

  EXPECT_STREQ(curl.easy_strerror(CURLE_GOT_NOTHING),
               "Server returned nothing (no headers, no data)");
}

TEST(CurlLibraryTest, NamesThePackageIfThereIsNone) {
  CurlLibrary curl;

  EXPECT_EQ(curl.Load({"libfozzy-none.so.1"}),
            "libcurl is missing: install the package libcurl4");
  EXPECT_EQ(curl.Load({}), "libcurl is missing: install the package libcurl4");
}

TEST(CurlLibraryTest, RefusesALibraryThatIsNotCurl) {
  CurlLibrary curl;

  EXPECT_EQ(curl.Load({"libm.so.6"}),
            "libcurl cannot be used: install the package libcurl4");
}

}  // namespace
}  // namespace fozzy

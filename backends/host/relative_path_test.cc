#include "backends/host/relative_path.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

struct Case {
  std::string_view path;
  std::string_view expected;
};

TEST(RelativePathTest, NormalisesWhatStaysBelow) {
  constexpr Case kCases[] = {
      {"f", "f"},
      {"d/f", "d/f"},
      {"./f", "f"},
      {"d//f", "d/f"},
      {"d/./e/../f", "d/f"},
      {"d/../f", "f"},
      {"d/e/../../f", "f"},
      {"...", "..."},
      {"..f", "..f"},
      {".f", ".f"},
      {"a b/\xc3\xa4", "a b/\xc3\xa4"},
      {"d\\f", "d\\f"},
      {"d/../e/../f", "f"},
  };
  for (const Case& test : kCases) {
    const RelativePath path = NormalisePath(test.path);
    EXPECT_EQ(path.reason, "") << test.path;
    EXPECT_EQ(path.path, test.expected) << test.path;
  }
}

TEST(RelativePathTest, RefusesWhatIsNoFileBelow) {
  constexpr Case kCases[] = {
      {"", "\"\" is an empty path"},
      {"/", "\"/\" is an absolute path"},
      {"/etc/passwd", "\"/etc/passwd\" is an absolute path"},
      {"//f", "\"//f\" is an absolute path"},
      {"..", "\"..\" leaves the root"},
      {"../f", "\"../f\" leaves the root"},
      {"d/../../f", "\"d/../../f\" leaves the root"},
      {"d/../../d/f", "\"d/../../d/f\" leaves the root"},
      {".", "\".\" names a directory"},
      {"./", "\"./\" names a directory"},
      {"d/", "\"d/\" names a directory"},
      {"d/.", "\"d/.\" names a directory"},
      {"d/..", "\"d/..\" names a directory"},
      {"d/e/..", "\"d/e/..\" names a directory"},
  };
  for (const Case& test : kCases) {
    const RelativePath path = NormalisePath(test.path);
    EXPECT_EQ(path.reason, test.expected) << test.path;
    EXPECT_EQ(path.path, "") << test.path;
  }
}

TEST(RelativePathTest, RefusesNulBytesAnywhere) {
  const std::string names[] = {{"\0", 1}, {"a\0b", 3}, {"f\0", 2}, {"\0/f", 3}};
  for (const std::string& name : names) {
    EXPECT_NE(NormalisePath(name).reason.find("holds a NUL byte"),
              std::string::npos)
        << NormalisePath(name).reason;
  }
}

}  // namespace
}  // namespace fozzy

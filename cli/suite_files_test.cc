#include "cli/suite_files.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "cli/file.h"
#include "cli/testing/run_program.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;

struct GlobCase {
  std::string pattern;
  std::string path;
  bool fits;
};

TEST(MatchesGlobTest, FollowsTheRules) {
  for (const GlobCase& glob : std::vector<GlobCase>{
           {"", "", true},
           {"a", "a", true},
           {"a", "ab", false},
           {"ab", "a", false},
           {"?", "a", true},
           {"?", "", false},
           {"?", "/", false},
           {"*", "", true},
           {"*", "a.b", true},
           {"*", "a/b", false},
           {"a*", "a", true},
           {"*.json", "x.json", true},
           {"*.json", "x.json.bak", false},
           {"a*b*c", "aXbYbZc", true},
           {"a*b*c", "aXbYbZ", false},
           {"t/*/x", "t/a/x", true},
           {"t/*/x", "t/x", false},
           {"t/*/x", "t/a/b/x", false},
           {"t/**/x", "t/x", true},
           {"t/**/x", "t/a/x", true},
           {"t/**/x", "t/a/b/c/x", true},
           {"t/**/x", "t/ax", false},
           {"t/**/x", "tt/a/x", false},
           {"**/x", "x", true},
           {"**/x", "a/b/x", true},
           {"**/x", "a/bx", false},
           {"t/**/*.json", "t/a/b/c.json", true},
           {"t/**/b/**/*.json", "t/a/b/c/d.json", true},
           {"t/**/b/**/*.json", "t/a/c/d.json", false},
           {"**", "a", true},
           {"[a]", "a", false},
           {"[a]", "[a]", true},
       }) {
    EXPECT_EQ(MatchesGlob(glob.pattern, glob.path), glob.fits)
        << glob.pattern << " " << glob.path;
  }
}

// What a matcher by definition says: every way to split the path is tried.
bool MatchesSlowly(const std::string& pattern, const std::string& path) {
  if (pattern.empty()) return path.empty();
  if (pattern.rfind("**/", 0) == 0) {
    const std::string rest = pattern.substr(3);
    if (MatchesSlowly(rest, path)) return true;
    for (size_t i = 0; i < path.size(); ++i) {
      if (path[i] == '/' && MatchesSlowly(rest, path.substr(i + 1))) {
        return true;
      }
    }
    return false;
  }
  if (pattern[0] == '*') {
    return MatchesSlowly(pattern.substr(1), path) ||
           (!path.empty() && path[0] != '/' &&
            MatchesSlowly(pattern, path.substr(1)));
  }
  if (path.empty()) return false;
  const bool fits = pattern[0] == '?' ? path[0] != '/' : pattern[0] == path[0];
  return fits && MatchesSlowly(pattern.substr(1), path.substr(1));
}

// Returns all texts over `letters` of up to `size` letters.
std::vector<std::string> AllTexts(const std::string& letters, size_t size) {
  std::vector<std::string> texts = {""};
  for (size_t begin = 0, round = 0; round < size; ++round) {
    const size_t end = texts.size();
    for (; begin < end; ++begin) {
      for (const char letter : letters) texts.push_back(texts[begin] + letter);
    }
  }
  return texts;
}

TEST(MatchesGlobTest, AgreesWithTheDefinitionOnAllSmallInputs) {
  const std::vector<std::string> paths = AllTexts("a/", 5);
  int fits = 0;
  for (const std::string& pattern : AllTexts("a/*?", 5)) {
    for (const std::string& path : paths) {
      const bool is_fit = MatchesSlowly(pattern, path);
      ASSERT_EQ(MatchesGlob(pattern, path), is_fit) << pattern << " " << path;
      fits += is_fit ? 1 : 0;
    }
  }
  EXPECT_GT(fits, 1000);
}

// Returns what `patterns` name, or the error.
std::vector<std::string> Found(const std::vector<std::string>& patterns) {
  const auto files = FindSuiteFiles(patterns);
  if (files.ok()) return *files;
  return {std::string(files.status().message())};
}

TEST(FindSuiteFilesTest, FilesGlobsAndFoldersGiveSortedPathsOnce) {
  const TempFolder folder;
  for (const std::string path :
       {"t/b.fozzy.json", "t/a.fozzy.json", "t/s/c.fozzy.json", "t/s/d.fozzy",
        "t/readme.md", "t/e.fozzy.partial"}) {
    WriteScenario(path, "");
  }

  EXPECT_THAT(Found({"t"}), ElementsAre("t/a.fozzy.json", "t/b.fozzy.json",
                                        "t/s/c.fozzy.json", "t/s/d.fozzy"));
  EXPECT_EQ(Found({"t/"}), Found({"t", "t/b.fozzy.json", "t"}));
  EXPECT_THAT(Found({"t/*.fozzy.json"}),
              ElementsAre("t/a.fozzy.json", "t/b.fozzy.json"));
  EXPECT_THAT(
      Found({"t/**/*.fozzy.json"}),
      ElementsAre("t/a.fozzy.json", "t/b.fozzy.json", "t/s/c.fozzy.json"));
  EXPECT_THAT(Found({"t/readme.md"}), ElementsAre("t/readme.md"));
}

TEST(FindSuiteFilesTest, SomeFoldersArePassedOver) {
  const TempFolder folder;
  for (const std::string name : {".fozzy", ".git", "build", "coverage", "dist",
                                 "node_modules", "target", "builds"}) {
    WriteScenario("t/" + name + "/a.fozzy.json", "");
  }

  EXPECT_THAT(Found({"t"}), ElementsAre("t/builds/a.fozzy.json"));
  EXPECT_THAT(Found({"t/build"}), ElementsAre("t/build/a.fozzy.json"))
      << "unless it is asked for";
}

TEST(FindSuiteFilesTest, ALinkThatGoesInCirclesIsNotFollowed) {
  const TempFolder folder;
  WriteScenario("t/a.fozzy.json", "");
  ASSERT_EQ(symlink("..", "t/up"), 0);
  ASSERT_EQ(symlink("a.fozzy.json", "t/b.fozzy.json"), 0);

  EXPECT_THAT(Found({"t"}), ElementsAre("t/a.fozzy.json", "t/b.fozzy.json"));
}

TEST(FindSuiteFilesTest, APatternWithoutFilesIsAnError) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", "");

  EXPECT_THAT(Found({"a.fozzy.json", "t/*.json"}),
              ElementsAre("no scenario or trace matches t/*.json"));
}

TEST(FailedTraceNamesTest, TellTheScenarioAndDiffer) {
  EXPECT_THAT(
      FailedTraceNames({"a-2.fozzy.json", "a.fozzy.json", "b/a.fozzy.json",
                        "c/a.fozzy.json", "d/e.fozzy", "plain"}),
      ElementsAre("failed-a-2.fozzy", "failed-a.fozzy", "failed-a-3.fozzy",
                  "failed-a-4.fozzy", "failed-e.fozzy", "failed-plain.fozzy"));
}

TEST(FailedTraceNamesTest, AreShortEnoughForTheSystem) {
  std::string letters;
  for (int i = 0; i < 120; ++i) letters += "\xc3\xa9";
  const std::vector<std::string> names =
      FailedTraceNames({"x" + letters + ".fozzy.json"});
  // A byte and 99 letters of two: the hundredth would end at byte 201.
  EXPECT_EQ(names[0], "failed-x" + letters.substr(0, 198) + ".fozzy");
}

TEST(MatchesGlobTest, ManyStarsTakeTheTimeOfTheTextsAndNoMore) {
  const std::string path = "deep/" + std::string(4000, 'a');

  EXPECT_FALSE(MatchesGlob("deep/**/*a*a*a*a*a*a*a*a*a*a*a*b", path));
  EXPECT_TRUE(MatchesGlob("deep/**/*a*a*a*a*a*a*a*a*a*a*a*", path));
}

}  // namespace
}  // namespace fozzy

// What fozzy prints, word for word: golden/*.txt are lists of
//
//   $ fozzy ARGUMENTS
//   what it prints, stdout before stderr
//   exit CODE
//
// with an empty line after each.
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cli/file.h"
#include "cli/testing/run_fozzy.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

// Returns `golden` as it is when all its commands are run now.
std::string Rerun(const std::string& golden) {
  std::string now;
  for (const absl::string_view line : absl::StrSplit(golden, '\n')) {
    absl::string_view args = line;
    if (!absl::ConsumePrefix(&args, "$ fozzy")) continue;
    const Outcome outcome = RunFozzy(std::string(args));
    absl::StrAppend(&now, line, "\n", outcome.out, outcome.err, "exit ",
                    outcome.code, "\n\n");
  }
  return now;
}

TEST(GoldenTest, FozzyPrintsWhatTheFilesSay) {
  const std::string folder =
      absl::StrCat(std::filesystem::current_path().string(), "/golden/");
  const auto files = ListFiles(folder);
  ASSERT_TRUE(files.ok()) << files.status();
  EXPECT_GE(files->size(), 3u);
  const TempFolder elsewhere;  // without a fozzy.toml
  for (const FileInfo& file : *files) {
    const auto golden = ReadFile(folder + file.name);
    ASSERT_TRUE(golden.ok()) << golden.status();
    EXPECT_EQ(Rerun(*golden), *golden) << file.name;
  }
}

}  // namespace
}  // namespace fozzy

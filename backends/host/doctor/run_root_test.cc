#include "backends/host/doctor/run_root.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

namespace fs = std::filesystem;

std::set<std::string> NamesIn(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    names.insert(entry.path().lexically_relative(folder).string());
  }
  return names;
}

// A folder to copy, with a folder in it.
std::string MakeModel() {
  const std::string model = testing::TempDir() + "run_root_test_model";
  fs::remove_all(model);
  fs::create_directories(model + "/inner");
  for (const char* name : {"a", "b", "c", "inner/d"}) {
    std::ofstream(model + "/" + name) << name;
  }
  fs::create_symlink("a", model + "/link");
  return model;
}

TEST(RunRootTest, EveryRunFindsTheSameFilesAndNothingOfTheRunBefore) {
  const std::string model = MakeModel();
  const absl::StatusOr<RunRoot> root = RunRoot::Make();
  ASSERT_TRUE(root.ok());
  for (uint32_t i = 0; i < 5; ++i) {
    const absl::StatusOr<RunFolders> folders =
        root->Prepare({.index = i, .file_order = i}, model);
    ASSERT_TRUE(folders.ok()) << folders.status();
    EXPECT_EQ(
        NamesIn(folders->work),
        (std::set<std::string>{"a", "b", "c", "inner", "inner/d", "link"}));
    EXPECT_TRUE(fs::is_symlink(folders->work + "/link"));
    EXPECT_TRUE(fs::is_empty(folders->home));
    EXPECT_TRUE(fs::is_empty(folders->scratch));
    std::ofstream(folders->work + "/more") << "left over";
    std::ofstream(folders->scratch + "/more") << "left over";
  }
}

TEST(RunRootTest, PathsOfRunsDifferAndAreEquallyLong) {
  const absl::StatusOr<RunRoot> root = RunRoot::Make();
  ASSERT_TRUE(root.ok());
  const RunFolders first = *root->Prepare({.index = 0}, "");
  const RunFolders later = *root->Prepare({.index = 12345}, "");
  EXPECT_NE(first.work, later.work);
  EXPECT_EQ(first.work.size(), later.work.size());
  EXPECT_EQ(first.scratch, later.scratch);
  EXPECT_EQ(first.state, later.state);
}

TEST(RunRootTest, TheRootIsRemovedWithItsOwner) {
  std::string path;
  {
    absl::StatusOr<RunRoot> root = RunRoot::Make();
    ASSERT_TRUE(root.ok());
    const RunRoot moved = *std::move(root);
    path = moved.path();
    ASSERT_TRUE(moved.Prepare({}, "").ok());
    EXPECT_TRUE(fs::exists(path));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(RunRootTest, AModelThatIsNotThereIsNotFound) {
  const absl::StatusOr<RunRoot> root = RunRoot::Make();
  ASSERT_TRUE(root.ok());
  EXPECT_EQ(root->Prepare({}, "/nowhere/at/all").status().code(),
            absl::StatusCode::kNotFound);
}

TEST(RunRootTest, AModelTooDeepIsRefused) {
  std::string deep = testing::TempDir() + "run_root_test_deep";
  fs::remove_all(deep);
  const std::string model = deep;
  for (int i = 0; i < 40; ++i) deep += "/x";
  fs::create_directories(deep);
  const absl::StatusOr<RunRoot> root = RunRoot::Make();
  ASSERT_TRUE(root.ok());
  EXPECT_EQ(root->Prepare({}, model).status().code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace fozzy

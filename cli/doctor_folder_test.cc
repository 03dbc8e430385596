#include "cli/doctor_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/file.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

class DoctorFolderTest : public testing::Test {
 protected:
  DoctorFolderTest() : path_(testing::TempDir() + "doctor-folder-XXXXXX") {
    EXPECT_NE(mkdtemp(path_.data()), nullptr);
  }
  ~DoctorFolderTest() override { std::filesystem::remove_all(path_); }

  void Write(const std::string& name, const std::string& text) {
    ASSERT_TRUE(WriteFile(absl::StrCat(path_, "/", name), text).ok());
  }

  std::string path_;
};

TEST_F(DoctorFolderTest, AFewFilesFoldersAndLinksAreCopied) {
  EXPECT_TRUE(IsCopyable(path_));
  Write("a", "text");
  ASSERT_TRUE(MakeFolders(path_ + "/b/c").ok());
  ASSERT_EQ(symlink("/nowhere", (path_ + "/link").c_str()), 0);

  EXPECT_TRUE(IsCopyable(path_));
}

TEST_F(DoctorFolderTest, TooManyFilesAreNot) {
  for (uint64_t i = 0; i < kCopiedFilesMax; ++i) Write(absl::StrCat(i), "");
  EXPECT_TRUE(IsCopyable(path_));

  Write("one-more", "");

  EXPECT_FALSE(IsCopyable(path_));
}

TEST_F(DoctorFolderTest, TooManyBytesAreNot) {
  Write("a", "");
  const std::string file = path_ + "/a";
  ASSERT_EQ(truncate(file.c_str(), off_t{kCopiedBytesMax}), 0);
  EXPECT_TRUE(IsCopyable(path_));

  Write("b", "x");

  EXPECT_FALSE(IsCopyable(path_));
}

TEST_F(DoctorFolderTest, FoldersThatAreTooDeepAreNot) {
  std::string deep = path_;
  for (int i = 0; i <= kCopiedDepthMax; ++i) deep += "/x";
  ASSERT_TRUE(MakeFolders(deep).ok());
  EXPECT_TRUE(IsCopyable(path_));

  ASSERT_TRUE(MakeFolders(deep + "/x").ok());

  EXPECT_FALSE(IsCopyable(path_));
}

TEST_F(DoctorFolderTest, WhatIsNoFileIsNot) {
  ASSERT_EQ(mkfifo((path_ + "/pipe").c_str(), 0600), 0);
  EXPECT_FALSE(IsCopyable(path_));
}

TEST_F(DoctorFolderTest, WhatIsNotThereIsNot) {
  EXPECT_FALSE(IsCopyable(path_ + "/none"));
}

}  // namespace
}  // namespace fozzy

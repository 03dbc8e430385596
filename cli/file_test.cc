#include "cli/file.h"

#include <unistd.h>

#include <string>

#include "cli/testing/run_fozzy.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(FileTest, WhatIsWrittenIsRead) {
  const TempFolder folder;
  for (const size_t size : {0u, 1u, 4095u, 4096u, 4097u, 100'000u}) {
    const std::string content(size, 'x');
    ASSERT_TRUE(WriteFile("file", content).ok());
    EXPECT_EQ(*ReadFile("file"), content) << size;
    EXPECT_EQ(*FileBytes("file"), size);
  }
}

TEST(FileTest, WritingLeavesNoOtherFile) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("b", "1").ok());
  ASSERT_TRUE(WriteFile("a", "22").ok());

  const auto files = ListFiles(".");

  ASSERT_TRUE(files.ok());
  ASSERT_EQ(files->size(), 2u);
  EXPECT_EQ((*files)[0].name, "a");
  EXPECT_EQ((*files)[0].bytes, 2u);
  EXPECT_EQ((*files)[1].name, "b");
}

TEST(FileTest, ErrorsNameThePathAndTheReason) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("file", "x").ok());

  EXPECT_EQ(ReadFile("none").status(),
            absl::NotFoundError("cannot read none: No such file or directory"));
  EXPECT_EQ(ReadFile(".").status(),
            absl::InvalidArgumentError("cannot read .: Is a directory"));
  EXPECT_EQ(WriteFile("none/x", ""),
            absl::InvalidArgumentError(
                "cannot write none/x: No such file or directory"));
  EXPECT_EQ(
      MakeFolders("file/x"),
      absl::InvalidArgumentError("cannot make folder file/x: Not a directory"));
}

TEST(FileTest, AFailedWriteLeavesTheOldContent) {
  const TempFolder folder;
  ASSERT_TRUE(MakeFolders("taken").ok());

  EXPECT_FALSE(WriteFile("taken", "x").ok());

  EXPECT_EQ(ListFiles(".")->size(), 0u) << "no partial file is left";
}

TEST(FileTest, MakesAllFoldersOfAPath) {
  const TempFolder folder;

  EXPECT_TRUE(MakeFolders("a/b/c").ok());
  EXPECT_TRUE(MakeFolders(folder.path() + "/a/b/d/").ok());

  EXPECT_TRUE(Exists("a/b/c"));
  EXPECT_TRUE(Exists("a/b/d"));
}

TEST(FileTest, LinksAreListedByNobody) {
  const TempFolder folder;
  ASSERT_EQ(symlink("/etc/passwd", "link"), 0);

  EXPECT_TRUE(Exists("link"));
  EXPECT_EQ(ListFiles(".")->size(), 0u);
}

}  // namespace
}  // namespace fozzy

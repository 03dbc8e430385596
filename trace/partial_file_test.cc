#include "trace/partial_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "gtest/gtest.h"
#include "trace/testing/craft.h"
#include "trace/testing/temp_folder.h"

namespace fozzy {
namespace {

std::string PathOf(const std::string& name) { return TempPath(name); }

TEST(PartialFileTest, TheNameAppearsWhenItIsPublished) {
  const std::string path = PathOf("a");
  ::unlink(path.c_str());
  PartialFile file;

  ASSERT_TRUE(file.Open(path).ok());
  ASSERT_TRUE(file.Append({"one ", "", "two"}).ok());
  EXPECT_NE(::access(path.c_str(), F_OK), 0);
  ASSERT_TRUE(file.Publish().ok());

  EXPECT_EQ(ReadFileOrDie(path), "one two");
  EXPECT_NE(::access((path + ".partial").c_str(), F_OK), 0);
}

TEST(PartialFileTest, AnOldFileStaysUntilItIsReplaced) {
  const std::string path = PathOf("b");
  WriteFileOrDie(path, "old");
  {
    PartialFile file;
    ASSERT_TRUE(file.Open(path).ok());
    ASSERT_TRUE(file.Append({"new"}).ok());
  }

  EXPECT_EQ(ReadFileOrDie(path), "old");
  EXPECT_NE(::access((path + ".partial").c_str(), F_OK), 0);
}

TEST(PartialFileTest, OneThatIsBeingWrittenIsNotTaken) {
  const std::string path = PathOf("c");
  PartialFile first;
  PartialFile second;
  ASSERT_TRUE(first.Open(path).ok());
  ASSERT_TRUE(first.Append({"first"}).ok());

  EXPECT_EQ(second.Open(path).code(), absl::StatusCode::kAlreadyExists);
  second.Discard();

  EXPECT_EQ(ReadFileOrDie(path + ".partial"), "first");
  first.Discard();
  EXPECT_TRUE(second.Open(path).ok());
}

TEST(PartialFileTest, ANewNameIsNeverOneThatIsTaken) {
  const std::string path = PathOf("taken");
  WriteFileOrDie(path, "theirs");
  PartialFile file;
  ASSERT_TRUE(file.Open(path).ok());
  ASSERT_TRUE(file.Append({"ours"}).ok());

  EXPECT_EQ(file.PublishNew(path).code(), absl::StatusCode::kAlreadyExists);
  ASSERT_TRUE(file.is_open());
  ASSERT_TRUE(file.PublishNew(PathOf("free")).ok());

  EXPECT_EQ(ReadFileOrDie(path), "theirs");
  EXPECT_EQ(ReadFileOrDie(PathOf("free")), "ours");
  EXPECT_NE(::access((path + ".partial").c_str(), F_OK), 0);
}

TEST(PartialFileTest, APipeInTheWayIsRefusedWithoutWaiting) {
  const std::string path = PathOf("d");
  ASSERT_EQ(::mkfifo((path + ".partial").c_str(), 0600), 0);
  PartialFile file;

  EXPECT_EQ(file.Open(path).code(), absl::StatusCode::kAlreadyExists);

  ::unlink((path + ".partial").c_str());
}

}  // namespace
}  // namespace fozzy

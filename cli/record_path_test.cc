#include "cli/record_path.h"

#include <sys/stat.h>

#include <string>

#include "cli/file.h"
#include "cli/testing/run_fozzy.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

// Returns the path that is chosen, or the error.
std::string Chosen(const std::string& path, const std::string& collision) {
  const auto target = RecordPath(path, collision);
  return target.ok() ? target->path : std::string(target.status().message());
}

TEST(RecordPathTest, AFreeNameIsTakenAsItIs) {
  const TempFolder folder;
  for (const std::string collision : {"error", "overwrite", "append"}) {
    EXPECT_EQ(Chosen("a.fozzy", collision), "a.fozzy");
    EXPECT_EQ(Chosen("nowhere/a", collision), "nowhere/a");
  }
}

TEST(RecordPathTest, OnlyOverwriteReplaces) {
  const TempFolder folder;
  EXPECT_TRUE(RecordPath("a", "overwrite")->replaces);
  EXPECT_FALSE(RecordPath("a", "append")->replaces);
  EXPECT_FALSE(RecordPath("a", "error")->replaces);
  EXPECT_TRUE(RecordPath("a", "append")->next_path != nullptr);
  EXPECT_TRUE(RecordPath("a", "error")->next_path == nullptr);
}

TEST(RecordPathTest, ATakenNameIsAnErrorReplacedOrNumbered) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("a.fozzy", "").ok());

  EXPECT_THAT(Chosen("a.fozzy", "error"), HasSubstr("a.fozzy exists"));
  EXPECT_EQ(Chosen("a.fozzy", "overwrite"), "a.fozzy");
  EXPECT_EQ(Chosen("a.fozzy", "append"), "a.1.fozzy");
}

TEST(RecordPathTest, TheNumberIsOneMoreThanTheLargest) {
  const TempFolder folder;
  ASSERT_TRUE(MakeFolders("b.c").ok());
  for (const std::string name :
       {"a", "a.2", "a.10", "a.x", "ab.77", "a.5.fozzy", "a.1.2",
        "a.18446744073709551615", "a.99999999999999999999"}) {
    ASSERT_TRUE(WriteFile("b.c/" + name, "").ok());
  }

  EXPECT_EQ(Chosen("b.c/a", "append"), "b.c/a.11");
}

TEST(RecordPathTest, TheNextPathIsNeverOneAgain) {
  const TempFolder folder;
  const auto target = RecordPath("a.fozzy", "append");
  EXPECT_EQ(*target->next_path(), "a.1.fozzy");
  EXPECT_EQ(*target->next_path(), "a.2.fozzy");
  ASSERT_TRUE(WriteFile("a.7.fozzy", "").ok());
  EXPECT_EQ(*target->next_path(), "a.8.fozzy");
}

TEST(RecordPathTest, AFolderIsNoTarget) {
  const TempFolder folder;
  ASSERT_TRUE(MakeFolders("d").ok());
  for (const std::string collision : {"error", "overwrite", "append"}) {
    EXPECT_EQ(Chosen("d", collision),
              "--record d: found a folder, expected a file");
  }
}

TEST(RecordPathTest, AnotherPathThanAskedForIsAWarning) {
  RecordTarget target;
  EXPECT_EQ(RecordWarning(target, "trace.fozzy"), "");
  target.asked = "a.fozzy";
  EXPECT_EQ(RecordWarning(target, "a.fozzy"), "");
  EXPECT_EQ(RecordWarning(target, "a.1.fozzy"),
            "a.fozzy exists; recorded a.1.fozzy instead "
            "(see --record-collision)");
}

TEST(RecordPathTest, ADeviceIsNeverReplacedByATrace) {
  for (const char* collision : {"error", "overwrite", "append"}) {
    const absl::StatusOr<RecordTarget> target =
        RecordPath("/dev/null", collision);
    ASSERT_FALSE(target.ok()) << collision;
    EXPECT_NE(target.status().message().find("device"), absl::string_view::npos)
        << target.status();
    EXPECT_FALSE(RecordPath("", collision).ok()) << collision;
  }
}

}  // namespace
}  // namespace fozzy

#include "backends/virtual/virtual_fs.h"

#include <string>

#include "gtest/gtest.h"
#include "sim/testing/scripted_strategy.h"

namespace fozzy {
namespace {

// A file system with some sites armed, and answers for their questions.
struct TestDisk {
  explicit TestDisk(std::vector<uint64_t> answers = {},
                    std::vector<FaultSite> sites = {})
      : strategy(std::move(answers)), run({&strategy, nullptr, nullptr}) {
    for (const FaultSite site : sites) plan.Arm(site, 1, 2);
  }

  ScriptedStrategy strategy;
  Run run;
  VirtualClock clock;
  FaultPlan plan;
  UndoLog undo;
  VirtualFs fs{undo, Faults{run, clock, plan}};
};

std::string Content(VirtualFs& fs, std::string_view path) {
  const FsResult result = fs.Read(path);
  return result.end == FsResult::End::kDone ? result.data : "(none)";
}

TEST(VirtualFsTest, TheSameFileHasManyNames) {
  TestDisk disk;
  disk.fs.Write("d/./e/../f", "x");

  EXPECT_EQ(Content(disk.fs, "d/f"), "x");
  EXPECT_EQ(Content(disk.fs, "/d//f"), "x");
}

TEST(VirtualFsTest, RefusesToClimbOutOfTheRoot) {
  TestDisk disk;

  for (const char* path : {"..", "../a", "a/../../b", "/.."}) {
    const FsResult result = disk.fs.Write(path, "x");
    EXPECT_EQ(result.end, FsResult::End::kRefused) << path;
    EXPECT_NE(result.reason.find(path), std::string::npos) << result.reason;
  }
}

TEST(VirtualFsTest, ADirectoryIsNoFileAndAFileIsNoDirectory) {
  TestDisk disk;
  disk.fs.Write("d/f", "x");
  disk.fs.Write("dd", "y");

  EXPECT_EQ(disk.fs.Write("d", "x").end, FsResult::End::kRefused);
  EXPECT_EQ(disk.fs.Read("d").end, FsResult::End::kRefused);
  EXPECT_EQ(disk.fs.Write("d/f/g", "x").end, FsResult::End::kFailed);
  EXPECT_EQ(disk.fs.Write("d/f/g", "x").reason, "ENOTDIR");
  EXPECT_EQ(disk.fs.Read("d/f/g").end, FsResult::End::kMissing);
  EXPECT_EQ(disk.fs.Read("d/g").end, FsResult::End::kMissing);
}

TEST(VirtualFsTest, RefusesPathsThatCanNameNoFile) {
  TestDisk disk;
  disk.fs.Write("f", "x");

  for (const std::string& path :
       {std::string(), std::string("/"), std::string("."), std::string("f/"),
        std::string("f/."), std::string("f/g/.."), std::string("f\0g", 3)}) {
    EXPECT_EQ(disk.fs.Read(path).end, FsResult::End::kRefused) << path;
    EXPECT_EQ(disk.fs.Write(path, "x").end, FsResult::End::kRefused) << path;
  }
}

TEST(VirtualFsTest, RestoringKeepsTheSnapshot) {
  TestDisk disk;
  disk.fs.Write("a", "1");
  disk.fs.Snapshot("s");
  disk.fs.Write("a", "2");
  disk.fs.Write("b", "3");

  EXPECT_EQ(disk.fs.Restore("s").files, 1);
  EXPECT_EQ(Content(disk.fs, "a"), "1");
  EXPECT_EQ(Content(disk.fs, "b"), "(none)");
  disk.fs.Write("a", "4");
  disk.fs.Restore("s");
  EXPECT_EQ(Content(disk.fs, "a"), "1");
  EXPECT_EQ(disk.fs.Restore("t").end, FsResult::End::kMissing);
}

TEST(VirtualFsTest, RollingBackPutsFilesAndSnapshotsBack) {
  TestDisk disk;
  disk.fs.Write("a", "1");
  disk.fs.Snapshot("s");

  const size_t mark = disk.undo.Open();
  disk.fs.Write("a", "2");
  disk.fs.Write("b", "3");
  disk.fs.Snapshot("s");
  disk.fs.Snapshot("t");
  disk.fs.Write("c", "4");
  disk.fs.Restore("s");
  disk.undo.RollBack(mark);

  EXPECT_EQ(Content(disk.fs, "a"), "1");
  EXPECT_EQ(Content(disk.fs, "b"), "(none)");
  EXPECT_EQ(Content(disk.fs, "c"), "(none)");
  EXPECT_EQ(disk.fs.Restore("t").end, FsResult::End::kMissing);
  EXPECT_EQ(disk.fs.Restore("s").files, 1);
}

TEST(VirtualFsTest, AFailedWriteLeavesTheFileAsItWas) {
  for (const FaultSite site : {FaultSite::kFsEio, FaultSite::kFsEnospc}) {
    TestDisk disk({0, 1}, {site});
    disk.fs.Write("a", "before");

    EXPECT_EQ(disk.fs.Write("a", "after").end, FsResult::End::kFailed);
    disk.plan = FaultPlan();
    EXPECT_EQ(Content(disk.fs, "a"), "before");
  }
}

TEST(VirtualFsTest, AShortWriteTearsTheFileAndAShortReadTheAnswer) {
  TestDisk torn({1}, {FaultSite::kFsShortWrite});
  EXPECT_EQ(torn.fs.Write("a", "123456").end, FsResult::End::kFailed);
  EXPECT_EQ(Content(torn.fs, "a"), "123");

  TestDisk cut({1}, {FaultSite::kFsShortRead});
  cut.fs.Write("a", "123456");
  EXPECT_EQ(Content(cut.fs, "a"), "123");
}

}  // namespace
}  // namespace fozzy

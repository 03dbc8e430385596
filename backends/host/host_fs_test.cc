#include "backends/host/host_fs.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "backends/host/host_text.h"
#include "backends/host/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using End = FsResult::End;

std::unique_ptr<HostFs> OpenFs(const TempFolder& temp, uint64_t max = 1000) {
  auto fs = HostFs::Open({.root = temp.path(), .file_bytes_max = max});
  EXPECT_TRUE(fs.ok()) << fs.status();
  return *std::move(fs);
}

mode_t ModeOf(const TempFolder& temp, std::string_view name) {
  struct stat status = {};
  EXPECT_EQ(stat(temp.At(name).c_str(), &status), 0);
  return status.st_mode & 0777;
}

TEST(HostFsTest, ReadsWhatItWrote) {
  const TempFolder temp;
  const auto fs = OpenFs(temp);
  const std::string data("a\0\xff\n", 4);

  EXPECT_EQ(fs->Write("d/./e/../f", data).end, End::kDone);

  EXPECT_EQ(fs->Read("d/f").data, data);
  EXPECT_EQ(temp.ReadFile("d/f"), data);
  EXPECT_THAT(temp.List(), ElementsAre("d", "d/f"));
}

TEST(HostFsTest, ReplacesTheWholeContent) {
  const TempFolder temp;
  const auto fs = OpenFs(temp);
  fs->Write("f", "a long text");

  EXPECT_EQ(fs->Write("f", "ab").end, End::kDone);
  EXPECT_EQ(fs->Read("f").data, "ab");
  EXPECT_EQ(fs->Write("f", "").end, End::kDone);
  EXPECT_EQ(fs->Read("f").end, End::kDone);
  EXPECT_EQ(fs->Read("f").data, "");
}

TEST(HostFsTest, TellsWhatIsMissing) {
  const TempFolder temp;
  const auto fs = OpenFs(temp);
  fs->Write("f", "");

  EXPECT_EQ(fs->Read("none").end, End::kMissing);
  EXPECT_EQ(fs->Read("none/f").end, End::kMissing);
  EXPECT_EQ(fs->Read("f/g").end, End::kMissing);
  EXPECT_EQ(fs->Remove("none").end, End::kMissing);
  EXPECT_EQ(fs->Remove("f/g").end, End::kMissing);
  EXPECT_EQ(fs->Restore("none").end, End::kMissing);
}

TEST(HostFsTest, RefusesPathsThatAreNotBelow) {
  const TempFolder temp;
  const auto fs = OpenFs(temp);
  const std::string paths[] = {"",     "/etc/passwd", "../f",     "a/../../f",
                               "a/..", "a/",          {"a\0b", 3}};
  for (const std::string& path : paths) {
    for (const FsResult& result :
         {fs->Write(path, "x"), fs->Read(path), fs->Remove(path)}) {
      EXPECT_EQ(result.end, End::kRefused) << path;
      EXPECT_NE(result.reason, "") << path;
    }
  }
  EXPECT_THAT(temp.List(), IsEmpty());
}

TEST(HostFsTest, RefusesWhatIsNoRegularFile) {
  const TempFolder temp;
  const auto fs = OpenFs(temp);
  temp.AddFolder("d");
  ASSERT_EQ(mkfifo(temp.At("fifo").c_str(), 0600), 0);

  for (const FsResult& result :
       {fs->Write("d", "x"), fs->Read("d"), fs->Remove("d")}) {
    EXPECT_EQ(result.end, End::kRefused);
    EXPECT_EQ(result.reason, "\"d\" names a directory");
  }
  for (const FsResult& result :
       {fs->Write("fifo", "x"), fs->Read("fifo"), fs->Remove("fifo")}) {
    EXPECT_EQ(result.end, End::kRefused);
    EXPECT_EQ(result.reason, "\"fifo\" is not a regular file");
  }
  EXPECT_THAT(temp.List(), ElementsAre("d", "fifo"));
}

// Every way out of the root, for every operation, with either way to resolve.
TEST(HostFsTest, IsNotLeftByLinks) {
  for (const bool walks : {false, true}) {
    const TempFolder temp;
    temp.AddFolder("root");
    temp.AddFolder("out");
    temp.AddFile("out/secret", "secret");
    temp.AddLink("root/up", "../out");
    temp.AddLink("root/file", "../out/secret");
    temp.AddLink("root/new", "../out/new");
    temp.AddLink("root/absolute", temp.At("out"));
    const auto fs = HostFs::Open({.root = temp.At("root"), .walks = walks});
    ASSERT_TRUE(fs.ok());
    const std::vector<std::string> before = temp.List();

    for (const std::string path : {"up/secret", "up/new", "up/new/f", "file",
                                   "new/f", "absolute/secret"}) {
      EXPECT_EQ((*fs)->Write(path, "x").end, End::kRefused) << path;
      const FsResult result = (*fs)->Read(path);
      EXPECT_EQ(result.end, End::kRefused) << path;
      EXPECT_THAT(result.reason, HasSubstr(Quoted(path)));
      EXPECT_EQ((*fs)->Remove(path).end, End::kRefused) << path;
    }
    EXPECT_EQ((*fs)->Write("new", "x").end, End::kRefused);

    EXPECT_EQ(temp.List(), before);
    EXPECT_EQ(temp.ReadFile("out/secret"), "secret");
  }
}

TEST(HostFsTest, SaysThatALinkLeavesTheRoot) {
  const TempFolder temp;
  temp.AddLink("up", "..");
  const auto fs = OpenFs(temp);

  EXPECT_EQ(fs->Write("up/f", "x").reason,
            "\"up/f\" leaves the root by a link");
}

TEST(HostFsTest, ReadsThroughLinksThatStayButDoesNotReplaceThem) {
  const TempFolder temp;
  temp.AddFolder("d");
  temp.AddFile("d/f", "text");
  temp.AddLink("file", "d/f");
  temp.AddLink("folder", "d");
  const auto fs = OpenFs(temp);

  EXPECT_EQ(fs->Read("file").data, "text");
  EXPECT_EQ(fs->Read("folder/f").data, "text");
  EXPECT_EQ(fs->Write("file", "x").reason, "\"file\" is a symbolic link");
  EXPECT_EQ(fs->Remove("file").end, End::kRefused);
  EXPECT_EQ(fs->Write("folder/f", "new").end, End::kDone);
  EXPECT_EQ(temp.ReadFile("d/f"), "new");
}

TEST(HostFsTest, FailsForNamesThatAreTooLong) {
  const TempFolder temp;
  const auto fs = OpenFs(temp);
  const std::string longest(255, 'x');
  const std::string longer(256, 'x');

  EXPECT_EQ(fs->Write(longest, "x").end, End::kDone);
  EXPECT_EQ(fs->Remove(longest).end, End::kDone);
  for (const std::string& path :
       {longer, "a/b/" + longer, longer + "/f", "a/b/" + longer + "/f"}) {
    EXPECT_EQ(fs->Write(path, "x").reason, "ENAMETOOLONG");
  }
  EXPECT_EQ(fs->Read(longer).reason, "ENAMETOOLONG");
  EXPECT_EQ(fs->Read(longer + "/f").reason, "ENAMETOOLONG");
  // Nothing is below a folder that is missing, whatever its name.
  EXPECT_EQ(fs->Read("a/b/" + longer).end, End::kMissing);
  EXPECT_THAT(temp.List(), IsEmpty());
}

TEST(HostFsTest, FailsForFilesThatAreTooLong) {
  const TempFolder temp;
  temp.AddFile("fits", std::string(1000, 'x'));
  temp.AddFile("long", std::string(1001, 'x'));
  const auto fs = OpenFs(temp, /*max=*/1000);

  EXPECT_EQ(fs->Read("fits").data.size(), 1000u);
  const FsResult result = fs->Read("long");
  EXPECT_EQ(result.end, End::kFailed);
  EXPECT_EQ(result.reason, "EFBIG");
  EXPECT_EQ(result.data, "");
  EXPECT_EQ(fs->Write("new", std::string(1001, 'x')).reason, "EFBIG");
  EXPECT_EQ(fs->Write("new", std::string(1000, 'x')).end, End::kDone);
}

TEST(HostFsTest, RestoringTurnsFoldersIntoFilesAndBack) {
  const TempFolder temp;
  const auto fs = OpenFs(temp);
  fs->Snapshot("nothing");
  fs->Write("a", "file");
  fs->Snapshot("file");
  fs->Restore("nothing");
  fs->Write("a/b", "below");
  fs->Snapshot("folder");

  EXPECT_EQ(fs->Restore("file").end, End::kDone);
  EXPECT_THAT(temp.List(), ElementsAre("a"));
  EXPECT_EQ(fs->Read("a").data, "file");
  EXPECT_EQ(fs->Restore("folder").end, End::kDone);
  EXPECT_EQ(fs->Read("a/b").data, "below");
}

TEST(HostFsTest, FailsWhereAFileIsInTheWayOfAFolder) {
  const TempFolder temp;
  const auto fs = OpenFs(temp);
  fs->Write("f", "text");

  EXPECT_EQ(fs->Write("f/g", "x").reason, "ENOTDIR");
  EXPECT_EQ(fs->Write("f/g/h", "x").reason, "ENOTDIR");

  EXPECT_THAT(temp.List(), ElementsAre("f"));
}

TEST(HostFsTest, LeavesNothingBehindWhenTheDiskSaysNo) {
  const TempFolder temp;
  const auto fs = OpenFs(temp, /*max=*/1 << 20);
  fs->Write("old", "old");
  signal(SIGXFSZ, SIG_IGN);
  rlimit before = {};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 100'000;
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string data(100'001, 'x');

  const FsResult fresh = fs->Write("a/b/new", data);
  const FsResult again = fs->Write("old", data);

  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, SIG_DFL);
  EXPECT_EQ(fresh.end, End::kFailed);
  EXPECT_EQ(fresh.reason, "EFBIG");
  EXPECT_EQ(again.reason, "EFBIG");
  EXPECT_THAT(temp.List(), ElementsAre("old"));
  EXPECT_EQ(temp.ReadFile("old"), "old");
}

TEST(HostFsTest, KeepsPermissions) {
  const TempFolder temp;
  temp.AddFile("tool", "old");
  chmod(temp.At("tool").c_str(), 0751);
  const auto fs = OpenFs(temp);

  fs->Write("tool", "new");

  EXPECT_EQ(ModeOf(temp, "tool"), 0751u);
}

TEST(HostFsTest, StepsAroundTemporariesLeftBehind) {
  const TempFolder temp;
  const std::string mine = ".fozzy-" + std::to_string(getpid()) + "-";
  temp.AddFile(mine + "0", "left");
  temp.AddLink(mine + "1", "victim");
  const auto fs = OpenFs(temp);

  EXPECT_EQ(fs->Write("f", "text").end, End::kDone);

  EXPECT_THAT(temp.List(), ElementsAre(mine + "0", mine + "1", "f"));
  EXPECT_EQ(temp.ReadFile("f"), "text");
}

TEST(HostFsTest, RemovesAFileAndTheFoldersMadeForIt) {
  const TempFolder temp;
  temp.AddFolder("a");
  const auto fs = OpenFs(temp);
  fs->Write("a/b/c/f", "x");
  fs->Write("a/b/g", "x");

  EXPECT_EQ(fs->Remove("a/b/c/f").end, End::kDone);
  EXPECT_THAT(temp.List(), ElementsAre("a", "a/b", "a/b/g"));
  EXPECT_EQ(fs->Remove("a/b/g").end, End::kDone);
  EXPECT_THAT(temp.List(), ElementsAre("a"));
}

TEST(HostFsTest, PutsBackASnapshot) {
  const TempFolder temp;
  const auto fs = OpenFs(temp);
  fs->Write("changed", "1");
  fs->Write("removed", "2");
  fs->Write("same", "3");

  const FsResult snapshot = fs->Snapshot("s");
  fs->Write("changed", "other");
  fs->Remove("removed");
  fs->Write("d/new", "4");
  const FsResult restored = fs->Restore("s");

  EXPECT_EQ(snapshot.end, End::kDone);
  EXPECT_EQ(snapshot.files, 3u);
  EXPECT_EQ(restored.end, End::kDone);
  EXPECT_EQ(restored.files, 3u);
  EXPECT_THAT(temp.List(), ElementsAre("changed", "removed", "same"));
  EXPECT_EQ(temp.ReadFile("changed"), "1");
  EXPECT_EQ(temp.ReadFile("removed"), "2");
}

TEST(HostFsTest, PutsBackFilesThatAreTouchedOnlyAfterTheSnapshot) {
  const TempFolder temp;
  temp.AddFile("old", "old");
  temp.AddFile("read", "read");
  chmod(temp.At("old").c_str(), 0640);
  const auto fs = OpenFs(temp);

  EXPECT_EQ(fs->Snapshot("s").files, 0u);
  fs->Write("old", "new");
  fs->Remove("old");
  fs->Read("read");
  temp.AddFile("read", "changed by another program");
  EXPECT_EQ(fs->Restore("s").files, 2u);

  EXPECT_EQ(temp.ReadFile("old"), "old");
  EXPECT_EQ(ModeOf(temp, "old"), 0640u);
  EXPECT_EQ(temp.ReadFile("read"), "read");
}

TEST(HostFsTest, LeavesUntouchedFilesAlone) {
  const TempFolder temp;
  temp.AddFile("other", "1");
  const auto fs = OpenFs(temp);
  fs->Write("mine", "1");

  fs->Snapshot("s");
  temp.AddFile("other", "2");
  temp.AddFile("new", "2");
  fs->Read("none");
  temp.AddFile("none", "2");
  fs->Restore("s");

  EXPECT_EQ(temp.ReadFile("other"), "2");
  EXPECT_EQ(temp.ReadFile("new"), "2");
  EXPECT_EQ(temp.ReadFile("none"), "2");
}

TEST(HostFsTest, KeepsSnapshotsApart) {
  const TempFolder temp;
  const auto fs = OpenFs(temp);
  fs->Write("f", "1");
  fs->Snapshot("one");
  fs->Write("f", "2");
  fs->Write("g", "2");
  fs->Snapshot("two");
  fs->Write("f", "3");

  fs->Restore("one");
  EXPECT_EQ(temp.ReadFile("f"), "1");
  EXPECT_EQ(temp.ReadFile("g"), "<none>");
  fs->Restore("two");
  EXPECT_EQ(temp.ReadFile("f"), "2");
  EXPECT_EQ(temp.ReadFile("g"), "2");
  fs->Snapshot("one");
  fs->Write("f", "4");
  fs->Restore("one");
  EXPECT_EQ(temp.ReadFile("f"), "2");
}

TEST(HostFsTest, PutsBackWhatWasOnlyReadThroughALink) {
  const TempFolder temp;
  temp.AddFile("f", "1");
  temp.AddLink("link", "f");
  const auto fs = OpenFs(temp);
  fs->Read("link");
  fs->Snapshot("s");

  EXPECT_EQ(fs->Restore("s").end, End::kDone);
  temp.AddFile("f", "2");
  EXPECT_EQ(fs->Restore("s").reason, "\"link\" is a symbolic link");
}

TEST(HostFsTest, DoesNotOverwriteWhatItCouldNotPutBack) {
  const TempFolder temp;
  temp.AddFile("long", std::string(1001, 'x'));
  const auto fs = OpenFs(temp, /*max=*/1000);
  fs->Snapshot("s");

  EXPECT_EQ(fs->Write("long", "x").reason, "EFBIG");

  EXPECT_EQ(temp.ReadFile("long").size(), 1001u);
}

TEST(HostFsTest, NeedsARoot) {
  const TempFolder temp;

  const auto fs = HostFs::Open({.root = temp.At("none")});

  EXPECT_EQ(fs.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(fs.status().message()),
              HasSubstr("/none\" cannot be opened: No such file"));
}

}  // namespace
}  // namespace fozzy

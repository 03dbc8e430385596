#include "backends/host/root_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "backends/host/testing/temp_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A folder "root", with a folder "out" beside it that holds "secret".
struct Place {
  explicit Place(bool walks) {
    temp.AddFolder("root");
    temp.AddFolder("out");
    temp.AddFile("out/secret", "secret");
    EXPECT_EQ(root.Open(temp.At("root"), walks), 0);
  }

  int Try(std::string_view path) const {
    return root.OpenBeneath(path, O_RDONLY).error;
  }

  TempFolder temp;
  RootFolder root;
};

std::string Read(const Opened& file) {
  char text[16] = {};
  const ssize_t size = read(file.fd.get(), text, sizeof(text));
  return size < 0 ? "<unreadable>" : std::string(text, text + size);
}

class RootFolderTest : public testing::TestWithParam<bool> {};

INSTANTIATE_TEST_SUITE_P(ByKernelAndByWalk, RootFolderTest, testing::Bool());

TEST_P(RootFolderTest, OpensWhatIsBelow) {
  const Place place(GetParam());
  place.temp.AddFolder("root/d");
  place.temp.AddFolder("root/d/e");
  place.temp.AddFile("root/d/e/f", "text");

  EXPECT_EQ(Read(place.root.OpenBeneath("d/e/f", O_RDONLY)), "text");
  EXPECT_EQ(place.Try("d/e/none"), ENOENT);
  EXPECT_EQ(place.Try("d/none/f"), ENOENT);
  EXPECT_EQ(place.Try("d/e/f/g"), ENOTDIR);
}

TEST_P(RootFolderTest, IsNotLeftByLinks) {
  const Place place(GetParam());
  place.temp.AddLink("root/up", "../out");
  place.temp.AddLink("root/file", "../out/secret");
  place.temp.AddLink("root/absolute", place.temp.At("out"));
  place.temp.AddLink("root/slash", "/");
  place.temp.AddLink("root/self", "/proc/self/root");
  place.temp.AddLink("root/twice", "up");
  place.temp.AddFolder("root/d");
  place.temp.AddLink("root/d/up", "../../out");
  const int expected = GetParam() ? ELOOP : EXDEV;

  for (const std::string_view path :
       {"up/secret", "file", "absolute/secret", "slash/etc/passwd", "slash",
        "self/etc/passwd", "twice/secret", "d/up/secret"}) {
    EXPECT_EQ(place.Try(path), expected) << path;
  }
}

TEST_P(RootFolderTest, DoesNotFollowLinksInCircles) {
  const Place place(GetParam());
  place.temp.AddLink("root/a", "b");
  place.temp.AddLink("root/b", "a");

  EXPECT_EQ(place.Try("a"), ELOOP);
  EXPECT_EQ(place.Try("a/f"), ELOOP);
}

TEST(RootFolderByKernelTest, FollowsLinksThatStayBelow) {
  const Place place(/*walks=*/false);
  place.temp.AddFolder("root/d");
  place.temp.AddFolder("root/d/e");
  place.temp.AddFile("root/f", "text");
  place.temp.AddLink("root/d/e/link", "../../f");
  place.temp.AddLink("root/folder", "d/../d/e");

  EXPECT_EQ(Read(place.root.OpenBeneath("d/e/link", O_RDONLY)), "text");
  EXPECT_EQ(Read(place.root.OpenBeneath("folder/link", O_RDONLY)), "text");
}

TEST(RootFolderByWalkTest, FollowsNoLinks) {
  const Place place(/*walks=*/true);
  place.temp.AddFolder("root/d");
  place.temp.AddFile("root/d/f", "text");
  place.temp.AddLink("root/folder", "d");
  place.temp.AddLink("root/file", "d/f");

  EXPECT_EQ(place.Try("folder/f"), ELOOP);
  EXPECT_EQ(place.Try("file"), ELOOP);
}

// A folder and a link that leads out change places all the time.
TEST_P(RootFolderTest, IsNotLeftByLinksPutInPlaceMeanwhile) {
  const Place place(GetParam());
  place.temp.AddFolder("root/d");
  place.temp.AddFile("root/d/secret", "inside");
  place.temp.AddLink("root/link", "../out");
  const std::string folder = place.temp.At("root/d");
  const std::string link = place.temp.At("root/link");
  std::atomic<bool> is_done = false;
  std::thread swapper([&] {
    while (!is_done) {
      renameat2(AT_FDCWD, folder.c_str(), AT_FDCWD, link.c_str(),
                RENAME_EXCHANGE);
    }
  });

  int opened = 0;
  int refused = 0;
  bool is_left = false;
  // On a busy machine the other thread may take a while to start.
  for (int i = 0; i < 1'000'000 && !is_left; ++i) {
    if (i >= 20'000 && opened > 0 && refused > 0) break;
    const Opened file = place.root.OpenBeneath("d/secret", O_RDONLY);
    file.error == 0 ? ++opened : ++refused;
    is_left = file.error == 0 && Read(file) != "inside";
  }

  is_done = true;
  swapper.join();
  EXPECT_FALSE(is_left);
  EXPECT_GT(opened, 0);
  EXPECT_GT(refused, 0);
}

TEST_P(RootFolderTest, CreatesTheFoldersThatAreMissing) {
  const Place place(GetParam());
  place.temp.AddFolder("root/a");
  std::vector<std::string> created;

  const Opened folder = place.root.CreateParent("a/b/c/f", created);

  EXPECT_EQ(folder.error, 0);
  EXPECT_THAT(created, ElementsAre("a/b", "a/b/c"));
  EXPECT_THAT(place.temp.List(),
              ElementsAre("out", "out/secret", "root", "root/a", "root/a/b",
                          "root/a/b/c"));
}

TEST_P(RootFolderTest, CreatesNothingOutside) {
  const Place place(GetParam());
  place.temp.AddLink("root/up", "../out");
  place.temp.AddLink("root/dangling", "../out/new");
  place.temp.AddLink("root/nowhere", "none");
  const std::vector<std::string> before = place.temp.List();
  std::vector<std::string> created;

  for (const std::string_view path :
       {"up/new/f", "up/f", "dangling/f", "dangling/new/f", "nowhere/f"}) {
    EXPECT_NE(place.root.CreateParent(path, created).error, 0) << path;
  }

  EXPECT_THAT(created, IsEmpty());
  EXPECT_EQ(place.temp.List(), before);
}

TEST_P(RootFolderTest, TellsWhatItCreatedBeforeItFailed) {
  const Place place(GetParam());
  std::vector<std::string> created;

  const Opened folder =
      place.root.CreateParent("a/b/" + std::string(256, 'x') + "/f", created);

  EXPECT_EQ(folder.error, ENAMETOOLONG);
  EXPECT_THAT(created, ElementsAre("a", "a/b"));
}

TEST_P(RootFolderTest, RemovesEmptyFoldersOnly) {
  const Place place(GetParam());
  place.temp.AddFolder("root/d");
  place.temp.AddFolder("root/d/e");

  EXPECT_EQ(place.root.RemoveFolder("d"), ENOTEMPTY);
  EXPECT_EQ(place.root.RemoveFolder("d/e"), 0);
  EXPECT_EQ(place.root.RemoveFolder("d"), 0);
  EXPECT_EQ(place.root.RemoveFolder("d"), ENOENT);
}

TEST(RootFolderPathTest, SplitsPaths) {
  EXPECT_EQ(ParentOf("a/b/c"), "a/b");
  EXPECT_EQ(NameOf("a/b/c"), "c");
  EXPECT_EQ(ParentOf("f"), "");
  EXPECT_EQ(NameOf("f"), "f");
}

TEST(RootFolderOpenTest, SaysWhyItCannotBeOpened) {
  const TempFolder temp;
  temp.AddFile("f", "");
  RootFolder root;

  EXPECT_EQ(root.Open(temp.At("none"), false), ENOENT);
  EXPECT_EQ(root.Open(temp.At("f"), false), ENOTDIR);
  EXPECT_EQ(root.Open("", false), ENOENT);
}

}  // namespace
}  // namespace fozzy

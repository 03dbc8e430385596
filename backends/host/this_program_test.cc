#include "backends/host/this_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdio>
#include <fstream>

namespace fozzy {
namespace {

using ::testing::EndsWith;

TEST(ThisProgramTest, KnowsItsNameAndArguments) {
  EXPECT_EQ(ProgramName(), "this_program_test");
  ASSERT_FALSE(ProgramArguments().empty());
  EXPECT_THAT(ProgramArguments()[0], EndsWith("this_program_test"));
}

TEST(ThisProgramTest, TheBuildIdIsThatOfItsFile) {
  const std::string id = ProgramBuildId();

  EXPECT_EQ(id, BuildIdOf(ProgramArguments()[0]));
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(BuildIdOf("/dev/null"), "");
  EXPECT_EQ(BuildIdOf("/proc/self/cmdline"), "");
  EXPECT_EQ(BuildIdOf("/none"), "");
}

TEST(ThisProgramTest, ADamagedProgramHasNoBuildIdOrAnother) {
  std::ifstream self("/proc/self/exe", std::ios::binary);
  std::string head(4096, '\0');
  self.read(head.data(), static_cast<std::streamsize>(head.size()));
  const std::string path = testing::TempDir() + "/damaged_program";
  for (size_t size = 0; size < head.size(); size += 7) {
    std::ofstream(path, std::ios::binary)
        .write(head.data(), static_cast<std::streamsize>(size));
    EXPECT_LE(BuildIdOf(path).size(), 2 * head.size()) << size;
  }
  for (size_t at = 0; at < 1024; ++at) {
    std::string damaged = head;
    damaged[at] = static_cast<char>(damaged[at] ^ 0xff);
    std::ofstream(path, std::ios::binary)
        .write(damaged.data(), static_cast<std::streamsize>(damaged.size()));
    EXPECT_LE(BuildIdOf(path).size(), 2 * head.size()) << at;
  }
  std::remove(path.c_str());
}

TEST(ThisProgramTest, FoldersOfAPathAreMadeOnce) {
  const std::string path = testing::TempDir() + "/made/of/folders/file";
  EXPECT_EQ(MakeFoldersOf(path), 0);
  EXPECT_EQ(MakeFoldersOf(path), 0);
  struct stat info = {};
  EXPECT_EQ(stat((testing::TempDir() + "/made/of/folders").c_str(), &info), 0);
  EXPECT_NE(MakeFoldersOf("/dev/null/file/more"), 0);
}

TEST(ThisProgramTest, MutedOutputIsDroppedUnlessPaused) {
  testing::internal::CaptureStdout();
  {
    MutedOutput muted;
    WriteOutput("dropped");
    muted.Pause();
    WriteOutput("kept");
    muted.Resume();
    WriteOutput("dropped too");
  }
  WriteOutput(" after");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "kept after");
}

}  // namespace
}  // namespace fozzy

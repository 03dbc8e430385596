#include "scenarios/steps_fs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "backends/testing/fake_host.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

using testing::ElementsAre;

std::string Write(absl::string_view path, absl::string_view data) {
  return absl::StrCat(R"({"type":"fs_write","path":")", path, R"(","data":")",
                      data, R"("})");
}

std::string Read(absl::string_view path, absl::string_view equals) {
  return absl::StrCat(R"({"type":"fs_read_assert","path":")", path,
                      R"(","equals":")", equals, R"("})");
}

constexpr char kSnapshot[] = R"({"type":"fs_snapshot","name":"s"})";
constexpr char kRestore[] = R"({"type":"fs_restore","name":"s"})";

std::string Outcome(const std::vector<std::string>& steps) {
  return OutcomeOf(RunAll(steps));
}

TEST(FsStepsTest, AFileHasTheContentLastWritten) {
  EXPECT_EQ(Outcome({Write("a/b", "1"), Write("a/b", "2"), Read("a/b", "2")}),
            "pass");
  EXPECT_EQ(Outcome({Write("a", "1"), Read("a", "12")}),
            R"(fail assertion/fs_read_assert@1: expected "a" == "12", got )"
            R"(Some("1"))");
  EXPECT_EQ(Outcome({Read("a", "")}),
            R"(fail assertion/fs_read_assert@0: expected "a" == "", got None)");
}

// D5: paths are normalised, and directories are no files.
TEST(FsStepsTest, PathsThatMeanTheSameAreTheSameFile) {
  EXPECT_EQ(Outcome({Write("a/./b/../c", "1"), Read("/a//c", "1")}), "pass");
}

TEST(FsStepsTest, PathsThatLeaveTheRootAreRefused) {
  for (const char* path : {"..", "../a", "a/../../b", "/.."}) {
    EXPECT_EQ(Outcome({Write(path, "1")}),
              absl::StrCat("fail checker/fs_path@0: path \"", path,
                           "\" leaves the root of the file system"));
    EXPECT_THAT(Outcome({Read(path, "1")}),
                testing::StartsWith("fail checker/fs_path@0: "));
  }
}

TEST(FsStepsTest, ADirectoryIsNoFileAndAFileNoDirectory) {
  EXPECT_EQ(Outcome({Write("a/b", "1"), Write("a", "2")}),
            R"(fail checker/fs_path@1: path "a" names a directory)");
  EXPECT_EQ(Outcome({Write("a", "1"), Write("a/b", "2")}),
            "fail assertion/fs_write@1: fs_write failed: ENOTDIR");
  EXPECT_EQ(Outcome({Write("", "1")}),
            R"(fail checker/fs_path@0: path "" is empty)");
}

TEST(FsStepsTest, ARestorePutsAllFilesBackAndKeepsTheSnapshot) {
  EXPECT_EQ(Outcome({Write("a", "1"), kSnapshot, Write("a", "2"),
                     Write("b", "3"), kRestore, Read("a", "1"), Write("a", "4"),
                     kRestore, Read("a", "1"), Read("b", "")}),
            R"(fail assertion/fs_read_assert@9: expected "b" == "", got None)");
}

TEST(FsStepsTest, ASnapshotThatWasNotTakenCannotBeRestored) {
  EXPECT_EQ(Outcome({kRestore}),
            "fail checker/fs_restore_missing_snapshot@0: missing fs snapshot "
            R"("s")");
}

TEST(FsStepsTest, RollingBackTakesFilesAndSnapshotsBack) {
  const std::string nested = absl::StrCat(
      R"({"type":"assert_throws","steps":[)", Write("a", "2"), ",",
      Write("b", "3"), ",", kSnapshot, R"(,{"type":"fail","message":"no"}]})");
  EXPECT_EQ(Outcome({Write("a", "1"), kSnapshot, nested, Read("a", "1"),
                     kRestore, Read("a", "1"), Read("b", "")}),
            R"(fail assertion/fs_read_assert@10: expected "b" == "", got )"
            "None");
}

TEST(FsStepsTest, EveryOperationIsTold) {
  const ScenarioRun run = RunSteps(absl::StrCat(
      Write("a", "123"), ",", Read("a", "123"), ",", kSnapshot, ",", kRestore));
  EXPECT_THAT(run.EventsOf(EventKind::kFsWrite),
              ElementsAre(HeardEvent{EventKind::kFsWrite, 0, {3}, {"a"}}));
  EXPECT_THAT(run.EventsOf(EventKind::kFsRead),
              ElementsAre(HeardEvent{EventKind::kFsRead, 0, {3}, {"a"}}));
  EXPECT_THAT(run.EventsOf(EventKind::kFsSnapshot),
              ElementsAre(HeardEvent{EventKind::kFsSnapshot, 0, {1}, {"s"}}));
  EXPECT_THAT(run.EventsOf(EventKind::kFsRestore),
              ElementsAre(HeardEvent{EventKind::kFsRestore, 0, {1}, {"s"}}));
}

// Returns what one write comes to on a host that answers `answer`.
std::string OutcomeOnHost(const FsResult& answer) {
  FakeFs fs;
  fs.answer = answer;
  ScenarioRunOptions options;
  options.config.has_host_fs = true;
  FakeWall wall;
  options.host.wall = &wall;
  options.host.fs = &fs;
  const ScenarioRun run = RunSteps(Write("a", "1"), options);
  EXPECT_THAT(fs.asked, ElementsAre("write a=1"));
  EXPECT_EQ(run.heard.observations.size(), 1u);
  return OutcomeOf(run);
}

TEST(FsStepsTest, TheHostIsAskedIfTheConfigurationSaysSo) {
  FsResult answer;
  EXPECT_EQ(OutcomeOnHost(answer), "pass");
  answer.end = FsResult::End::kFailed;
  answer.reason = "EROFS";
  EXPECT_EQ(OutcomeOnHost(answer),
            "fail assertion/fs_write@0: fs_write failed: EROFS");
  answer.end = FsResult::End::kRefused;
  answer.reason = "a symlink";
  EXPECT_EQ(OutcomeOnHost(answer), "fail checker/host_fs_path@0: a symlink");
}

}  // namespace
}  // namespace fozzy

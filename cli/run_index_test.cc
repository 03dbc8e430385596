#include "cli/run_index.h"

#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "cli/file.h"
#include "cli/testing/run_fozzy.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;

RunEntry Entry(int number, const std::string& status = "pass") {
  RunEntry entry;
  entry.run_id = absl::StrFormat("%08d-0000-4000-8000-000000000000", number);
  entry.mode = "run";
  entry.status = status;
  entry.seed = ~uint64_t{0};
  entry.finished_unix_ns = 1'795'242'373'495'830'229;
  return entry;
}

// Returns the ids of all runs, the last first, without what all share.
std::vector<std::string> Ids(const std::string& path) {
  std::vector<std::string> ids;
  EXPECT_TRUE(VisitRuns(path, [&ids](const RunEntry& entry) {
                ids.push_back(entry.run_id.substr(0, 8));
                return true;
              }).ok());
  return ids;
}

TEST(RunIndexTest, ALineIsReadBack) {
  EXPECT_EQ(ReadRunLine(RunLine(Entry(7))), Entry(7));
}

TEST(RunIndexTest, ADamagedLineIsNoRun) {
  const std::string line = RunLine(Entry(7));
  for (size_t size = 0; size < line.size(); ++size) {
    EXPECT_EQ(ReadRunLine(line.substr(0, size)), std::nullopt) << size;
  }
}

TEST(RunIndexTest, AnEntryAfterOneThatLostItsEndIsRead) {
  const std::string cut = RunLine(Entry(1)).substr(0, 50);

  EXPECT_EQ(ReadRunLine(cut + RunLine(Entry(2))), Entry(2));
}

TEST(RunIndexTest, RunsComeBackTheLastFirst) {
  const TempFolder folder;
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(AppendRun("log", Entry(i)).ok());

  EXPECT_THAT(Ids("log"), ElementsAre("00000003", "00000002", "00000001"));
}

TEST(RunIndexTest, NoLogIsNoRuns) {
  const TempFolder folder;

  EXPECT_THAT(Ids("log"), ElementsAre());
}

// The log is read in blocks of 64 KiB: lines lie across their borders.
TEST(RunIndexTest, NoRunIsLostBetweenBlocks) {
  const TempFolder folder;
  std::string text;
  constexpr int kRuns = 2000;
  for (int i = 0; i < kRuns; ++i) {
    absl::StrAppend(&text, RunLine(Entry(i)), "\n");
    if (i % 100 == 0) absl::StrAppend(&text, "damage\n\n{\n");
    if (i == 1000) absl::StrAppend(&text, std::string(200'000, 'x'), "\n");
  }
  ASSERT_GT(text.size(), 4u * 64 * 1024);
  ASSERT_TRUE(WriteFile("log", text).ok());

  const std::vector<std::string> ids = Ids("log");

  ASSERT_EQ(ids.size(), size_t{kRuns});
  for (size_t i = 0; i < ids.size(); ++i) {
    EXPECT_EQ(ids[i], absl::StrFormat("%08d", kRuns - 1 - i));
  }
}

TEST(RunIndexTest, ReadingStopsWhenTheVisitorHasEnough) {
  const TempFolder folder;
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(AppendRun("log", Entry(i)).ok());
  int visits = 0;

  ASSERT_TRUE(VisitRuns("log", [&visits](const RunEntry&) {
                return ++visits < 2;
              }).ok());

  EXPECT_EQ(visits, 2);
}

TEST(RunIndexTest, FilteringKeepsTheOrder) {
  const TempFolder folder;
  for (int i = 1; i <= 4; ++i) ASSERT_TRUE(AppendRun("log", Entry(i)).ok());

  ASSERT_TRUE(FilterRuns("log", [](const RunEntry& entry) {
                return entry.run_id[7] != '2';
              }).ok());

  EXPECT_THAT(Ids("log"), ElementsAre("00000004", "00000003", "00000001"));
}

// Starts a process that appends the runs from `begin` to `end`.
pid_t AppendInChild(int begin, int end) {
  const pid_t child = fork();
  if (child != 0) return child;
  for (int i = begin; i < end; ++i) {
    if (!AppendRun("log", Entry(i)).ok()) _exit(1);
  }
  _exit(0);
}

// Waits for all; returns whether all ended well.
bool AwaitAll(const std::vector<pid_t>& children) {
  bool is_fine = true;
  for (const pid_t child : children) {
    int status = -1;
    is_fine = waitpid(child, &status, 0) == child && status == 0 && is_fine;
  }
  return is_fine;
}

TEST(RunIndexTest, FortyProcessesLeaveAllTheirLinesWhole) {
  const TempFolder folder;
  constexpr int kProcesses = 40;
  constexpr int kEach = 25;
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    children.push_back(AppendInChild(i * kEach, (i + 1) * kEach));
  }

  ASSERT_TRUE(AwaitAll(children));

  const std::vector<std::string> ids = Ids("log");
  EXPECT_EQ(ids.size(), size_t{kProcesses * kEach});
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
  const std::vector<std::string> lines =
      absl::StrSplit(*ReadFile("log"), '\n', absl::SkipEmpty());
  EXPECT_EQ(lines.size(), ids.size());
}

TEST(RunIndexTest, NoRunIsLostWhileTheLogIsWrittenAnew) {
  const TempFolder folder;
  constexpr int kProcesses = 4;
  constexpr int kEach = 200;
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    children.push_back(AppendInChild(i * kEach, (i + 1) * kEach));
  }

  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(FilterRuns("log", [](const RunEntry&) { return true; }).ok());
  }

  ASSERT_TRUE(AwaitAll(children));
  EXPECT_EQ(Ids("log").size(), size_t{kProcesses * kEach});
}

}  // namespace
}  // namespace fozzy

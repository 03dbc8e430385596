#include "cli/run_store.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/file.h"
#include "cli/testing/run_fozzy.h"
#include "cli/testing/sample_summary.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;

// Keeps a run whose id begins with `begin`; returns the id.
std::string Keep(const RunStore& store, const std::string& begin,
                 const std::string& status, int64_t started_unix_ns = 0) {
  RunSummaryDoc summary = SampleFailure();
  summary.identity.run_id = begin + "000000-0000-4000-8000-000000000000";
  summary.identity.trace_path.clear();
  summary.status = status;
  summary.started_unix_ns = started_unix_ns;
  summary.wall_ns = 0;
  EXPECT_TRUE(store.Keep(summary).ok());
  return summary.identity.run_id;
}

// Returns the id of the run found, or the error.
std::string FoundId(const RunStore& store, const std::string& selector) {
  const auto run = store.Find(selector);
  return run.ok() ? run->run_id : std::string(run.status().message());
}

TEST(RunStoreTest, KeepsAReportAndAManifest) {
  const TempFolder folder;
  const RunStore store("deep/base");

  ASSERT_TRUE(store.Keep(SampleFailure()).ok());

  const std::string run = store.FolderOf(SampleFailure().identity.run_id);
  EXPECT_THAT(*ReadFile(run + "/report.json"),
              HasSubstr("\"status\":\"fail\""));
  EXPECT_THAT(*ReadFile(run + "/manifest.json"),
              HasSubstr("fozzy.run_manifest.v1"));
  EXPECT_EQ(ListFiles(run)->size(), 2u) << "nothing half-written is left";
}

TEST(RunStoreTest, FindsRunsByWordIdAndPrefix) {
  const TempFolder folder;
  const RunStore store(".fozzy");
  const std::string first = Keep(store, "a1", "pass");
  const std::string second = Keep(store, "a2", "timeout");
  const std::string third = Keep(store, "b3", "pass");
  const std::string fourth = Keep(store, "c4", "pass");

  EXPECT_EQ(FoundId(store, "latest"), fourth);
  EXPECT_EQ(FoundId(store, "last-pass"), fourth);
  EXPECT_EQ(FoundId(store, "last-fail"), second);
  EXPECT_EQ(FoundId(store, third), third);
  EXPECT_EQ(FoundId(store, "b"), third);
  EXPECT_THAT(FoundId(store, "a"), HasSubstr("several runs begin with a"));
  EXPECT_THAT(FoundId(store, "d"), HasSubstr("no run in .fozzy begins with d"));
  EXPECT_THAT(FoundId(store, "newest"), HasSubstr("expected a run id, latest"));
}

TEST(RunStoreTest, WithoutRunsNothingIsFound) {
  const TempFolder folder;
  const RunStore store(".fozzy");

  EXPECT_EQ(FoundId(store, "latest"), "no run in .fozzy is latest");
}

TEST(RunStoreTest, ARunWhoseFolderIsGoneIsPassedOver) {
  const TempFolder folder;
  const RunStore store(".fozzy");
  const std::string first = Keep(store, "a1", "pass");
  const std::string second = Keep(store, "a2", "pass");
  ASSERT_EQ(unlink((store.FolderOf(second) + "/report.json").c_str()), 0);
  ASSERT_EQ(unlink((store.FolderOf(second) + "/manifest.json").c_str()), 0);
  ASSERT_EQ(rmdir(store.FolderOf(second).c_str()), 0);

  EXPECT_EQ(FoundId(store, "latest"), first);
  EXPECT_EQ(FoundId(store, "a"), first);
}

TEST(RunStoreTest, FindsTheTraceOfARunWhereverItIs) {
  const TempFolder folder;
  const RunStore store(".fozzy");
  RunSummaryDoc summary = SampleFailure();
  summary.identity.trace_path = "mine.fozzy";
  ASSERT_TRUE(store.Keep(summary).ok());
  ASSERT_TRUE(WriteFile("mine.fozzy", "x").ok());
  EXPECT_EQ(*store.FindTrace("latest"), "mine.fozzy");
  EXPECT_EQ(*store.FindTrace("mine.fozzy"), "mine.fozzy");

  const std::string own =
      store.FolderOf(summary.identity.run_id) + "/trace.fozzy";
  ASSERT_TRUE(WriteFile(own, "x").ok());
  EXPECT_EQ(*store.FindTrace("latest"), own);

  EXPECT_EQ(store.FindTrace("other.fozzy").status().message(),
            "no trace other.fozzy");
}

TEST(RunStoreTest, ARunWithoutATraceSaysHowToGetOne) {
  const TempFolder folder;
  const RunStore store(".fozzy");
  Keep(store, "a1", "pass");

  EXPECT_THAT(std::string(store.FindTrace("latest").status().message()),
              HasSubstr("kept no trace, record it with --record"));
}

TEST(RunStoreTest, PruningKeepsTheLatest) {
  const TempFolder folder;
  const RunStore store(".fozzy");
  for (const char* begin : {"a1", "a2", "a3", "a4"}) Keep(store, begin, "pass");

  const auto pruned = store.Prune({.keep = 1, .older_than_ms = {}});

  ASSERT_TRUE(pruned.ok()) << pruned.status();
  EXPECT_EQ(pruned->deleted, 3u);
  EXPECT_EQ(pruned->kept, 1u);
  EXPECT_EQ(FoundId(store, "a").substr(0, 2), "a4");
  EXPECT_FALSE(Exists(store.FolderOf("a3000000-0000-4000-8000-000000000000")));
}

TEST(RunStoreTest, PruningByAgeSparesTheYoung) {
  const TempFolder folder;
  const RunStore store(".fozzy");
  constexpr int64_t kMinute = int64_t{60} * 1'000'000'000;
  Keep(store, "a1", "pass", 1 * kMinute);
  Keep(store, "a2", "pass", 2 * kMinute);
  Keep(store, "a3", "pass", 9 * kMinute);  // the clock was set back

  const auto pruned = store.Prune(
      {.keep = {}, .older_than_ms = 60'000, .now_unix_ns = 2 * kMinute + 1});

  ASSERT_TRUE(pruned.ok()) << pruned.status();
  EXPECT_EQ(pruned->deleted, 1u);
  EXPECT_THAT(FoundId(store, "a1"), HasSubstr("no run"));
  EXPECT_EQ(FoundId(store, "a2").substr(0, 2), "a2");
}

TEST(RunStoreTest, PruningBothWaysDeletesOnlyWhatIsOldAndNotAmongTheLatest) {
  const TempFolder folder;
  const RunStore store(".fozzy");
  for (const char* begin : {"a1", "a2", "a3"}) Keep(store, begin, "pass", 1);

  const auto pruned = store.Prune(
      {.keep = 2, .older_than_ms = 0, .now_unix_ns = 1'000'000'000});

  ASSERT_TRUE(pruned.ok()) << pruned.status();
  EXPECT_EQ(pruned->deleted, 1u);
  EXPECT_EQ(pruned->kept, 2u);
}

TEST(RunStoreTest, ANewBaseFolderIsLeftOutOfGit) {
  const TempFolder folder;
  ASSERT_TRUE(RunStore("new").Create("1").ok());
  EXPECT_EQ(*ReadFile("new/.gitignore"), "*\n");
  ASSERT_TRUE(MakeFolders("old").ok());
  ASSERT_TRUE(RunStore("old").Create("1").ok());
  EXPECT_FALSE(Exists("old/.gitignore"));
}

}  // namespace
}  // namespace fozzy

// The commands that need no engine, as a user sees them.
#include <unistd.h>

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/init_files.h"
#include "cli/json_document.h"
#include "cli/run_store.h"
#include "cli/testing/run_fozzy.h"
#include "cli/testing/sample_summary.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// Keeps one failed run with a trace.
void KeepRun() {
  const RunStore store(".fozzy");
  const RunSummaryDoc summary = SampleFailure();
  ASSERT_TRUE(store.Keep(summary).ok());
  ASSERT_TRUE(WriteFile(summary.identity.trace_path, "trace").ok());
}

TEST(CommandsTest, EveryCommandPrintsOneJsonDocument) {
  const TempFolder folder;
  KeepRun();
  for (const std::string line : {"env",
                                 "version",
                                 "usage",
                                 "help run",
                                 "man",
                                 "init",
                                 "--help",
                                 "run --help",
                                 "-V",
                                 "trace",
                                 "nonsense",
                                 "fuzz x",
                                 "run",
                                 "artifacts ls latest",
                                 "artifacts export latest --out x.zip",
                                 "report show latest",
                                 "report show latest --format json",
                                 "report show latest --format html",
                                 "report query latest --list-paths",
                                 "report query latest --path .status",
                                 "report show none",
                                 "report query latest --path .none",
                                 "run --seed x y",
                                 "",
                                 "--strict --unsafe env",
                                 "--cwd none env",
                                 "--config none env",
                                 "artifacts prune",
                                 "artifacts prune --keep 0"}) {
    const Outcome outcome = RunFozzy(line + " --json");

    EXPECT_TRUE(JsonDocument::Parse(outcome.out).ok()) << line << "\n"
                                                       << outcome.out;
    EXPECT_EQ(outcome.err, "") << line;
  }
}

TEST(CommandsTest, ErrorsExitWithTwo) {
  const TempFolder folder;
  for (const std::string line :
       {"", "trace", "nonsense", "fuzz x", "run", "run x --timeout 5",
        "--strict --unsafe env", "--cwd none env", "--config none env",
        "report show latest", "artifacts ls x", "doctor project"}) {
    const Outcome outcome = RunFozzy(line);

    EXPECT_EQ(outcome.code, kExitUsage) << line;
    EXPECT_EQ(outcome.out, "") << line;
    EXPECT_THAT(outcome.err, StartsWith("fozzy: ")) << line;
    EXPECT_EQ(outcome.err.find('\n'), outcome.err.size() - 1) << line;
  }
}

TEST(CommandsTest, VersionIsOneLine) {
  EXPECT_THAT(RunFozzy("version").out, StartsWith("fozzy 0."));
  EXPECT_EQ(RunFozzy("version").out, RunFozzy("-V").out);
}

TEST(CommandsTest, EnvSpeaksOfTheBackendsThatWereChosen) {
  const TempFolder folder;
  EXPECT_THAT(RunFozzy("env").out, HasSubstr("proc: scripted\n"));
  EXPECT_THAT(RunFozzy("env --proc-backend host").out,
              HasSubstr("proc: host, not deterministic\n"));
}

TEST(CommandsTest, InitWritesFilesAndOverwritesNoneUnlessForced) {
  const TempFolder folder;
  EXPECT_EQ(RunFozzy("init").code, kExitOk);
  for (const InitFile& file : InitFiles()) {
    EXPECT_EQ(*ReadFile(std::string(file.path)), file.content);
    const bool is_json = absl::EndsWith(file.path, ".json");
    EXPECT_TRUE(!is_json || JsonDocument::Parse(std::string(file.content)).ok())
        << file.path;
  }
  ASSERT_TRUE(WriteFile("tests/disk.fozzy.json", "mine").ok());
  ASSERT_EQ(unlink("fozzy.toml"), 0);

  EXPECT_EQ(RunFozzy("init").err,
            "fozzy: tests/disk.fozzy.json exists, use --force to overwrite "
            "it\n");
  EXPECT_FALSE(Exists("fozzy.toml")) << "nothing is written";
  EXPECT_EQ(*ReadFile("tests/disk.fozzy.json"), "mine");

  EXPECT_EQ(RunFozzy("init --force").code, kExitOk);
  EXPECT_NE(*ReadFile("tests/disk.fozzy.json"), "mine");
}

TEST(CommandsTest, ArtifactsAreListedAndExported) {
  const TempFolder folder;
  KeepRun();
  const std::string run = SampleFailure().identity.artifacts_dir;

  EXPECT_THAT(RunFozzy("artifacts ls 58f9").out,
              HasSubstr(absl::StrCat("trace\t5\t", run, "/trace.fozzy\n")));
  EXPECT_THAT(RunFozzy("artifacts ls latest --json").out,
              StartsWith("{\n  \"type\": \"list\",\n  \"entries\": [\n    {\n"
                         "      \"kind\": \"manifest\","));

  EXPECT_EQ(RunFozzy("artifacts export latest --out copy/it").code, kExitOk);
  EXPECT_EQ(*ReadFile("copy/it/trace.fozzy"), "trace");
  EXPECT_EQ(*ReadFile("copy/it/report.json"), *ReadFile(run + "/report.json"));

  EXPECT_EQ(RunFozzy("artifacts export latest --out a.zip").code, kExitOk);
  EXPECT_THAT(*ReadFile("a.zip"), HasSubstr("trace.fozzytrace"));
}

TEST(CommandsTest, ATraceElsewhereIsAnArtifactOfItsRun) {
  const TempFolder folder;
  RunSummaryDoc summary = SampleFailure();
  summary.identity.trace_path = "mine.fozzy";
  ASSERT_TRUE(RunStore(".fozzy").Keep(summary).ok());
  ASSERT_TRUE(WriteFile("mine.fozzy", "trace").ok());

  EXPECT_THAT(RunFozzy("artifacts ls latest").out,
              HasSubstr("trace\t5\tmine.fozzy\n"));
  EXPECT_EQ(RunFozzy("artifacts ls mine.fozzy").out, "trace\t5\tmine.fozzy\n");
}

TEST(CommandsTest, PruneDeletesRuns) {
  const TempFolder folder;
  KeepRun();
  EXPECT_EQ(RunFozzy("artifacts prune --keep 1").out,
            "deleted 0 runs, kept 1\n");
  EXPECT_EQ(RunFozzy("artifacts prune --keep 0").out,
            "deleted 1 runs, kept 0\n");
  EXPECT_EQ(RunFozzy("artifacts ls latest").code, kExitUsage);
}

TEST(CommandsTest, AReportIsShownInEveryFormat) {
  const TempFolder folder;
  KeepRun();

  EXPECT_THAT(RunFozzy("report show latest").out,
              HasSubstr("assertion/assert_eq_int: expected 1 == 2"));
  EXPECT_THAT(RunFozzy("report show latest --format junit").out,
              StartsWith("<?xml"));
  EXPECT_THAT(RunFozzy("report show latest --format html").out,
              StartsWith("<!doctype html>"));
  EXPECT_EQ(RunFozzy("report show latest --format json").out,
            *ReadFile(SampleFailure().identity.report_path) + "\n");
  EXPECT_THAT(RunFozzy("report show latest --json").out,
              HasSubstr("\"format\": \"pretty\""));
}

TEST(CommandsTest, AReportIsQueried) {
  const TempFolder folder;
  KeepRun();

  EXPECT_EQ(RunFozzy("report query latest --path .findings[].title").out,
            "assert_eq_int\n");
  EXPECT_EQ(RunFozzy("report query latest --path .findings[].title --json").out,
            "\"assert_eq_int\"\n");
  EXPECT_EQ(RunFozzy("report query latest --path .identity.seed").out,
            "18446744073709551615\n");
  EXPECT_THAT(RunFozzy("report query latest --list-paths").out,
              HasSubstr("\n.findings[].location.step\n"));
  EXPECT_EQ(RunFozzy("report query latest").code, kExitUsage);
}

TEST(CommandsTest, ADamagedReportSaysSo) {
  const TempFolder folder;
  KeepRun();
  const std::string path = SampleFailure().identity.report_path;
  ASSERT_TRUE(WriteFile(path, "{\"status\":").ok());

  EXPECT_THAT(RunFozzy("report show latest").err,
              HasSubstr(path + " is damaged: byte 10"));
}

TEST(CommandsTest, TheConfigurationSaysWhereRunsAre) {
  const TempFolder folder;
  ASSERT_TRUE(MakeFolders("project").ok());
  ASSERT_TRUE(WriteFile("project/fozzy.toml", "base_dir = \"kept\"").ok());
  ASSERT_TRUE(RunStore("project/kept").Keep(SampleFailure()).ok());

  EXPECT_EQ(RunFozzy("report show latest --cwd project").code, kExitOk);
}

}  // namespace
}  // namespace fozzy

// `fozzy run` as a user sees it.
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/testing/run_program.h"
#include "cli/testing/sample_scenarios.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Writes the scenarios the tests name.
void WriteScenarios() {
  WriteScenario("pass.fozzy.json", kPassing);
  WriteScenario("fail.fozzy.json", kFailing);
  WriteScenario("slow.fozzy.json", kSlow);
  WriteScenario("invalid.fozzy.json", kInvalid);
  WriteScenario("typo.fozzy.json",
                R"({"type":"trace_event","name":"a","feilds":{}})");
  WriteScenario("list.fozzy.json", "");
  ASSERT_TRUE(WriteFile("broken.fozzy.json", "{\"version\":").ok());
  ASSERT_TRUE(WriteFile("replicas.fozzy.json", kReplicas).ok());
}

struct ExitCase {
  std::string line;
  int code;
  std::string status;
};

const std::vector<ExitCase> kExits = {
    {"run pass.fozzy.json --det", kExitOk, "pass"},
    {"run list.fozzy.json --det", kExitOk, "pass"},
    {"run typo.fozzy.json --det", kExitOk, "pass"},
    {"run typo.fozzy.json --det --strict", kExitOk, "pass"},
    {"run typo.fozzy.json --det --unknown-fields=error", kExitUsage, "error"},
    {"run fail.fozzy.json --det", kExitFinding, "fail"},
    {"run fail.fozzy.json --det --strict", kExitFinding, "fail"},
    {"run fail.fozzy.json", kExitFinding, "fail"},
    {"run slow.fozzy.json --det --timeout 30s", kExitTimeout, "timeout"},
    {"run slow.fozzy.json --timeout 1ms", kExitTimeout, "timeout"},
    {"run slow.fozzy.json --det", kExitOk, "pass"},
    {"run invalid.fozzy.json --det", kExitUsage, "error"},
    {"run broken.fozzy.json --det", kExitUsage, "error"},
    {"run replicas.fozzy.json", kExitUsage, "error"},
    {"run none.fozzy.json", kExitUsage, "error"},
    {"run .", kExitUsage, "error"},
    {"run", kExitUsage, "error"},
    {"run pass.fozzy.json pass.fozzy.json", kExitUsage, "error"},
    {"run pass.fozzy.json --seed -1", kExitUsage, "error"},
    {"run pass.fozzy.json --faults fs.nothing=1/2", kExitUsage, "error"},
    {"run pass.fozzy.json --nonsense", kExitUsage, "error"},
    {"run pass.fozzy.json --strict --unsafe", kExitUsage, "error"},
};

TEST(RunCommandTest, TheExitCodeIsThatOfTheTableAndJsonIsOneDocument) {
  const TempFolder folder;
  WriteScenarios();
  for (const ExitCase& expected : kExits) {
    const Outcome outcome = RunProgram(expected.line + " --json");

    EXPECT_EQ(outcome.code, expected.code) << expected.line << outcome.err;
    EXPECT_EQ(Get(outcome.out, ".status"), expected.status)
        << expected.line << "\n"
        << outcome.out;
    EXPECT_EQ(RunProgram(expected.line).code, expected.code) << expected.line;
  }
}

TEST(RunCommandTest, ErrorsLeaveNothingBehind) {
  const TempFolder folder;
  WriteScenarios();
  const std::vector<std::string> before = FilesBelow(".");
  for (const ExitCase& expected : kExits) {
    if (expected.code == kExitUsage) RunProgram(expected.line);
  }

  EXPECT_EQ(FilesBelow("."), before);
}

TEST(RunCommandTest, TheIdentityNamesFilesThatExist) {
  const TempFolder folder;
  WriteScenarios();
  const Outcome outcome = RunProgram("run fail.fozzy.json --det --json");

  const std::string run = Get(outcome.out, ".identity.artifactsDir");
  EXPECT_EQ(run, ".fozzy/runs/" + Get(outcome.out, ".identity.runId"));
  EXPECT_EQ(Get(outcome.out, ".identity.reportPath"), run + "/report.json");
  EXPECT_EQ(Get(outcome.out, ".identity.tracePath"), run + "/trace.fozzy");
  EXPECT_THAT(FilesBelow(run),
              ElementsAre(run + "/events.json", run + "/manifest.json",
                          run + "/report.json", run + "/timeline.json",
                          run + "/trace.fozzy"));
  const std::string events = *ReadFile(run + "/events.json");
  EXPECT_EQ(Get(events, ".[].name"), "step\nuser\nstep\nstep\nfinding");
  EXPECT_EQ(Get(*ReadFile(run + "/timeline.json"), ".[].event"),
            Get(events, ".[]"));
  EXPECT_EQ(Get(*ReadFile(run + "/report.json"), ".findings[].message"),
            Get(outcome.out, ".findings[].message"));
}

TEST(RunCommandTest, APassLeavesAReportAndNoTraceUnlessItIsRecorded) {
  const TempFolder folder;
  WriteScenarios();
  const Outcome plain = RunProgram("run pass.fozzy.json --det --json");
  EXPECT_EQ(Get(plain.out, ".identity.tracePath"), "");
  const std::string run = Get(plain.out, ".identity.artifactsDir");
  EXPECT_THAT(FilesBelow(run),
              ElementsAre(run + "/manifest.json", run + "/report.json"));

  const Outcome recorded =
      RunProgram("run pass.fozzy.json --det --record a.fozzy --json");
  EXPECT_EQ(Get(recorded.out, ".identity.tracePath"), "a.fozzy");
  EXPECT_EQ(RunProgram("trace verify a.fozzy --strict").code, kExitOk);
}

TEST(RunCommandTest, TheFindingSaysWhere) {
  const TempFolder folder;
  WriteScenarios();
  const std::string out =
      RunProgram("run fail.fozzy.json --det --seed 7 --json").out;

  EXPECT_EQ(Get(out, ".findings[0].kind"), "assertion");
  EXPECT_EQ(Get(out, ".findings[0].title"), "get_kv_assert");
  EXPECT_EQ(Get(out, ".findings[0].location.file"), "fail.fozzy.json");
  EXPECT_EQ(Get(out, ".findings[0].location.line"), "4");
  EXPECT_EQ(Get(out, ".findings[0].location.step"), "2");
  // The first number of the established generator for seed 7.
  EXPECT_THAT(Get(out, ".findings[0].message"),
              HasSubstr("877555679359244567"));
}

TEST(RunCommandTest, UnknownFieldsAreWarningsWithTheirPlace) {
  const TempFolder folder;
  WriteScenarios();
  const Outcome outcome = RunProgram("run typo.fozzy.json --det --json");

  EXPECT_THAT(Get(outcome.out, ".warnings[0]"),
              StartsWith("typo.fozzy.json:2:34: "));
  EXPECT_THAT(Get(outcome.out, ".warnings[0]"), HasSubstr("fields"));
  EXPECT_THAT(outcome.err, HasSubstr("warning: typo.fozzy.json:2:34: "));
  EXPECT_THAT(
      RunProgram("run typo.fozzy.json --det --unknown-fields=error").err,
      HasSubstr("typo.fozzy.json:2:34: "));
}

// Runs `line`, then what it says reproduces the failure; both must find the
// same.
void ExpectReproduces(const std::vector<std::string>& args) {
  std::vector<std::string> with_json = args;
  with_json.push_back("--json");
  const Outcome first = RunProgram(with_json);
  const std::string line = Get(first.out, ".reproduce");
  ASSERT_THAT(line, StartsWith("fozzy ")) << first.out;
  const Outcome second = RunShell(line + " --json");

  EXPECT_EQ(second.code, first.code) << line;
  EXPECT_NE(Get(first.out, ".findings[].title"), "") << line;
  for (const std::string what : {"kind", "title", "message"}) {
    const std::string path = ".findings[]." + what;
    EXPECT_EQ(Get(second.out, path), Get(first.out, path)) << line;
  }
}

TEST(RunCommandTest, TheReproduceLineGivesTheSameFinding) {
  const TempFolder folder;
  const std::string odd = "it's a $HOME \"dir\"/`x` *.fozzy.json";
  const std::string disk =
      R"({"type":"fs_write","path":"a","data":"1"},
{"type":"memory_alloc","bytes":2097152},
{"type":"fs_read_assert","path":"a","equals":"1"})";
  WriteScenario(odd, kFailing);
  WriteScenario("disk.fozzy.json", disk);
  WriteScenario("slow.fozzy.json", kSlow);

  ExpectReproduces({"run", odd, "--det"});
  ExpectReproduces({"run", odd, "--det", "--record", "it's \"it\".fozzy"});
  ExpectReproduces({"run", "slow.fozzy.json", "--det", "--timeout", "1m"});
  ExpectReproduces({"run", "disk.fozzy.json", "--det", "--faults", "fs.eio=1/1",
                    "--fault-budget", "1"});
  ExpectReproduces({"run", "disk.fozzy.json", "--det", "--mem-limit-mb", "1"});
  ExpectReproduces({"run", "disk.fozzy.json", "--det", "--mem-limit-mb", "5",
                    "--mem-pressure-wave", "3", "--mem-fragmentation-seed",
                    "7"});
  ExpectReproduces({"run", "disk.fozzy.json", "--det", "--leak-budget", "9"});
}

TEST(RunCommandTest, AHostRunIsReproducedFromItsTrace) {
  const TempFolder folder;
  WriteScenario("it's.fozzy.json",
                R"({"type":"proc_spawn","cmd":"/bin/false","expect_exit":0})");
  ExpectReproduces({"run", "it's.fozzy.json", "--proc-backend", "host",
                    "--record", "it's a trace.fozzy"});
}

TEST(RunCommandTest, WhatCannotBeWrittenIsAnErrorThatLeavesNothing) {
  const TempFolder folder;
  WriteScenarios();
  ASSERT_TRUE(WriteFile("file", "").ok());
  ASSERT_TRUE(MakeFolders("folder").ok());
  ASSERT_TRUE(WriteFile("base.toml", "base_dir = \"file/x\"").ok());
  ASSERT_EQ(mkdir(".fozzy", 0777), 0);
  ASSERT_EQ(mkdir(".fozzy/runs", 0777), 0);
  const std::vector<std::string> before = FilesBelow(".");
  for (const std::string flags :
       {"--config base.toml", "--record file/a.fozzy", "--record none/a.fozzy",
        "--record folder", "--record folder --record-collision overwrite",
        "--record base.toml --record-collision error", "--record ''",
        "--record /proc/a.fozzy"}) {
    const Outcome outcome =
        RunProgram("run fail.fozzy.json --det --json " + flags);
    EXPECT_EQ(outcome.code, kExitUsage) << flags << outcome.out;
    EXPECT_EQ(Get(outcome.out, ".status"), "error") << flags;
  }

  EXPECT_EQ(FilesBelow("."), before);
}

TEST(RunCommandTest, ARunThatCannotBeLoggedStillSaysWhatItFound) {
  const TempFolder folder;
  WriteScenarios();
  ASSERT_TRUE(MakeFolders(".fozzy/runs.jsonl").ok());

  const Outcome outcome = RunProgram("run fail.fozzy.json --det --json");

  EXPECT_EQ(outcome.code, kExitFinding);
  EXPECT_EQ(Get(outcome.out, ".status"), "fail");
  EXPECT_THAT(Get(outcome.out, ".warnings[]"),
              HasSubstr("the report could not be kept"));
  EXPECT_EQ(RunProgram("run pass.fozzy.json --det").code, kExitUsage);
  EXPECT_THAT(FilesBelow(".fozzy"),
              ElementsAre(".fozzy/runs.jsonl/", ".fozzy/runs/"));
}

TEST(RunCommandTest, ReportersWriteTheirFiles) {
  const TempFolder folder;
  WriteScenarios();
  for (const auto& [reporter, name] :
       std::vector<std::pair<std::string, std::string>>{
           {"junit", "/junit.xml"}, {"html", "/report.html"}}) {
    const std::string out =
        RunProgram("run fail.fozzy.json --det --json --reporter " + reporter)
            .out;
    const std::string file = Get(out, ".identity.artifactsDir") + name;
    EXPECT_THAT(*ReadFile(file), HasSubstr("get_kv_assert")) << reporter;
  }
}

TEST(RunCommandTest, PresetsAreForDistributedScenarios) {
  const TempFolder folder;
  WriteScenario("tests/a.fozzy.json", kPassing);
  for (const std::string line : {"run tests/a.fozzy.json", "test"}) {
    const Outcome outcome =
        RunProgram(line + " --det --faults partition-first-two");
    EXPECT_EQ(outcome.code, kExitUsage) << line;
    EXPECT_THAT(outcome.err,
                HasSubstr("fault preset partition-first-two is for "
                          "distributed scenarios"));
  }
  ASSERT_TRUE(WriteFile("tests/b.fozzy.json", kReplicas).ok());
  EXPECT_EQ(RunProgram("test --det --faults none").code, kExitOk);
  EXPECT_EQ(RunProgram("test --det --faults heal-first-two").code, kExitOk);
}

TEST(RunCommandTest, ATraceIsNoScenario) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kPassing);
  RunProgram("run a.fozzy.json --det --record a.fozzy");
  ASSERT_TRUE(WriteFile("other.json", *ReadFile("a.fozzy")).ok());
  ASSERT_TRUE(
      WriteFile("old.fozzy", R"({"format":"fozzy-trace","version":4})").ok());
  for (const std::string command : {"run", "explore", "validate"}) {
    for (const std::string path : {"a.fozzy", "other.json", "old.fozzy"}) {
      const Outcome outcome = RunProgram(command + " " + path);
      EXPECT_EQ(outcome.code, kExitUsage);
      EXPECT_EQ(outcome.err, "fozzy: " + path +
                                 " is a trace, expected a scenario; to " +
                                 "repeat it: fozzy replay " + path + "\n");
    }
  }
  ASSERT_TRUE(WriteFile("named.fozzy", *ReadFile("a.fozzy.json")).ok());
  EXPECT_EQ(RunProgram("run named.fozzy --det").code, kExitOk)
      << "a scenario may have any name";
}

}  // namespace
}  // namespace fozzy

// `fozzy replay` and `fozzy ci` as a user sees them.
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/testing/run_program.h"
#include "cli/testing/sample_scenarios.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/testing/edit.h"
#include "trace/verify.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Records pass.fozzy, fail.fozzy and slow.fozzy, which timed out.
void Record() {
  WriteScenario("pass.fozzy.json", kPassing);
  WriteScenario("fail.fozzy.json", kFailing);
  WriteScenario("slow.fozzy.json", kSlow);
  ASSERT_EQ(RunProgram("run pass.fozzy.json --det --record pass.fozzy").code,
            kExitOk);
  ASSERT_EQ(RunProgram("run fail.fozzy.json --det --record fail.fozzy").code,
            kExitFinding);
  ASSERT_EQ(RunProgram("run slow.fozzy.json --det --timeout 30s --record "
                       "slow.fozzy")
                .code,
            kExitTimeout);
}

TEST(ReplayCommandTest, TheOutcomeIsThatOfTheRecording) {
  const TempFolder folder;
  Record();
  const std::vector<std::pair<std::string, int>> codes = {
      {"pass", kExitOk}, {"fail", kExitFinding}, {"slow", kExitTimeout}};
  for (const auto& [name, code] : codes) {
    const Outcome outcome = RunProgram("replay " + name + ".fozzy --json");
    EXPECT_EQ(outcome.code, code) << name;
    EXPECT_EQ(Get(outcome.out, ".mode"), "replay");
    EXPECT_EQ(Get(outcome.out, ".identity.tracePath"), name + ".fozzy");
    EXPECT_THAT(outcome.out, Not(HasSubstr("drift"))) << name;
    EXPECT_EQ(RunProgram("ci " + name + ".fozzy").code, kExitOk) << name;
  }
}

struct Edit {
  std::string what;
  std::function<void(EditableTrace&)> change;
  std::string said;  // where they part, and what was recorded there
};

// The records of fail.fozzy: a step, the user's event, a step, the draw, a
// step, the finding.
const std::vector<Edit> kEdits = {
    {"decision changed",
     [](EditableTrace& trace) { trace.records[3].decision.answer ^= 1; },
     "record 5 (step 2): recorded "},
    {"decision gone",
     [](EditableTrace& trace) {
       trace.records.erase(trace.records.begin() + 3);
     },
     "record 3 (step 1): recorded "},
    {"event changed",
     [](EditableTrace& trace) { trace.records[1].texts[0] = "other"; },
     "record 1 (step 0): recorded @0ms user step=0 name=other, replayed "},
    {"time of an event changed",
     [](EditableTrace& trace) { trace.records[1].time = 1; },
     "record 1 (step 0): recorded @1ms user"},
    {"event gone", [](EditableTrace& trace) { trace.records.pop_back(); },
     "record 5 (step 2): recorded the end"},
    {"event added",
     [](EditableTrace& trace) { trace.records.push_back(trace.records[1]); },
     "recorded @0ms user step=0 name=begin, replayed the end"},
    {"status changed",
     [](EditableTrace& trace) { trace.footer.status = "pass"; },
     "recorded status pass, replayed status fail"},
    {"finding changed",
     [](EditableTrace& trace) { trace.footer.findings[0].title = "other"; },
     "assertion/other"},
    {"finding gone",
     [](EditableTrace& trace) { trace.footer.findings.clear(); },
     "recorded findings []"},
    {"virtual time changed",
     [](EditableTrace& trace) { trace.footer.virtual_time = 5; },
     "recorded virtual time 5, replayed virtual time 0"},
};

TEST(ReplayCommandTest, EveryEditedTraceDriftsWithTheFirstDifferenceNamed) {
  const TempFolder folder;
  Record();
  for (const Edit& edit : kEdits) {
    absl::StatusOr<EditableTrace> trace = LoadTrace("fail.fozzy");
    ASSERT_TRUE(trace.ok());
    ASSERT_EQ(trace->records.size(), 6u);
    edit.change(*trace);
    ASSERT_TRUE(SaveTrace(*trace, "edited.fozzy").ok());
    ASSERT_TRUE(VerifyTrace("edited.fozzy")->ok) << "checksums are right";

    const Outcome replay = RunProgram("replay edited.fozzy --json");
    EXPECT_EQ(replay.code, kExitFinding) << edit.what;
    EXPECT_EQ(Get(replay.out, ".status"), "fail") << edit.what;
    EXPECT_EQ(Get(replay.out, ".findings[0].title"), "replay_drift")
        << edit.what;
    EXPECT_THAT(Get(replay.out, ".findings[0].message"), HasSubstr(edit.said))
        << edit.what;
    const Outcome ci = RunProgram("ci edited.fozzy --json");
    EXPECT_EQ(ci.code, kExitFinding) << edit.what;
    EXPECT_EQ(Get(ci.out, ".ok"), "false") << edit.what;
    EXPECT_THAT(ci.out, HasSubstr("record ")) << edit.what;
  }
}

TEST(ReplayCommandTest, APassThatWasMadeAFailureDrifts) {
  const TempFolder folder;
  Record();
  absl::StatusOr<EditableTrace> trace = LoadTrace("pass.fozzy");
  ASSERT_TRUE(trace.ok());
  trace->footer.status = "fail";
  ASSERT_TRUE(SaveTrace(*trace, "edited.fozzy").ok());

  EXPECT_EQ(RunProgram("replay edited.fozzy").code, kExitFinding);
  const Outcome ci = RunProgram("ci edited.fozzy --json");
  EXPECT_THAT(Get(ci.out, ".checks[].detail"),
              HasSubstr("expected=fail got=pass"));
}

TEST(ReplayCommandTest, APartialTraceIsReplayedAsFarAsItGoes) {
  const TempFolder folder;
  Record();
  const std::string whole = *ReadFile("fail.fozzy");
  ASSERT_TRUE(
      WriteFile("cut.fozzy.partial", whole.substr(0, whole.size() - 20)).ok());
  const Outcome replay = RunProgram("replay cut.fozzy.partial --json");

  EXPECT_EQ(replay.code, kExitFinding);
  EXPECT_THAT(Get(replay.out, ".warnings[0]"), HasSubstr("has no end"));
  EXPECT_EQ(Get(replay.out, ".findings[0].title"), "get_kv_assert");
  const Outcome ci = RunProgram("ci cut.fozzy.partial --json");
  EXPECT_NE(ci.code, kExitOk);
  EXPECT_THAT(Get(ci.out, ".checks[0].detail"), HasSubstr("complete=false"));
}

TEST(ReplayCommandTest, WhatCannotBeReadExitsWithTwo) {
  const TempFolder folder;
  Record();
  const std::string whole = *ReadFile("fail.fozzy");
  ASSERT_TRUE(WriteFile("short.fozzy", whole.substr(0, 30)).ok());
  ASSERT_TRUE(WriteFile("empty.fozzy", "").ok());
  ASSERT_TRUE(
      WriteFile("json.fozzy", R"({"format":"fozzy-trace","version":4})").ok());
  for (const std::string command : {"replay", "ci"}) {
    for (const std::string path :
         {"short.fozzy", "empty.fozzy", "json.fozzy", "none.fozzy", "."}) {
      const Outcome outcome = RunProgram({command, path, "--json"});
      EXPECT_EQ(outcome.code, kExitUsage) << command << path << outcome.out;
      EXPECT_NE(Get(outcome.out, "."), "no JSON") << command << path;
    }
    EXPECT_THAT(RunProgram({command, "json.fozzy"}).err,
                HasSubstr("record the scenario again"));
  }
  EXPECT_THAT(RunProgram("test json.fozzy").out,
              HasSubstr("record the scenario again"));
}

TEST(ReplayCommandTest, SelectorsFindTheTraceOfARun) {
  const TempFolder folder;
  WriteScenario("pass.fozzy.json", kPassing);
  WriteScenario("fail.fozzy.json", kFailing);
  const std::string failed = Get(
      RunProgram("run fail.fozzy.json --det --json").out, ".identity.runId");
  RunProgram("run pass.fozzy.json --det --record mine.fozzy");

  EXPECT_EQ(RunProgram("replay latest").code, kExitOk);
  RunProgram("run pass.fozzy.json --det");
  EXPECT_THAT(RunProgram("replay latest").err, HasSubstr("kept no trace"));
  for (const std::string& selector :
       {std::string("last-fail"), failed, failed.substr(0, 13)}) {
    const Outcome outcome = RunProgram({"replay", selector, "--json"});
    EXPECT_EQ(outcome.code, kExitFinding) << selector;
    EXPECT_EQ(Get(outcome.out, ".identity.tracePath"),
              ".fozzy/runs/" + failed + "/trace.fozzy");
  }
}

TEST(ReplayCommandTest, StepPrintsEachRecordAndUntilTheFirstOnes) {
  const TempFolder folder;
  Record();
  EXPECT_THAT(RunProgram("replay fail.fozzy --step").out,
              HasSubstr("@0ms step step=0 type=trace_event\n"
                        "@0ms user step=0 name=begin\n"
                        "@0ms step step=1 type=rand_u64\n"
                        "decision random answer="));
  const std::string until = RunProgram("replay slow.fozzy --until 1s").out;
  EXPECT_THAT(until, HasSubstr("@0ms step"));
  EXPECT_THAT(until, Not(HasSubstr("@60000ms")));
}

TEST(ReplayCommandTest, WithJsonThereIsOneDocumentWhateverIsPrinted) {
  const TempFolder folder;
  Record();
  for (const std::string flags :
       {"--step", "--until 1s", "--step --until 1s --dump-events",
        "--dump-events", "--strict", "--reporter junit"}) {
    const Outcome outcome = RunProgram("replay fail.fozzy --json " + flags);
    EXPECT_EQ(Get(outcome.out, ".status"), "fail") << flags << outcome.out;
  }
}

TEST(ReplayCommandTest, DumpEventsWritesTheEventsOfAPassToo) {
  const TempFolder folder;
  Record();
  const auto events_of = [](const std::string& line) {
    const std::string out = RunProgram(line + " --json").out;
    return Get(out, ".identity.artifactsDir") + "/events.json";
  };

  EXPECT_FALSE(Exists(events_of("replay pass.fozzy")));
  const std::string path = events_of("replay pass.fozzy --dump-events");
  ASSERT_TRUE(Exists(path));
  EXPECT_EQ(Get(*ReadFile(path), ".[].name"), "step\nuser\nstep\nstep");
}

TEST(ReplayCommandTest, CiSaysWhichChecksHold) {
  const TempFolder folder;
  Record();
  const Outcome outcome = RunProgram("ci pass.fozzy --json");

  EXPECT_EQ(Get(outcome.out, ".schemaVersion"), "fozzy.ci_report.v1");
  EXPECT_EQ(Get(outcome.out, ".ok"), "true");
  EXPECT_EQ(Get(outcome.out, ".checks[0].name"), "trace_verify");
  EXPECT_THAT(Get(outcome.out, ".checks[0].detail"),
              HasSubstr("checksum_present=true checksum_valid=true"));
  EXPECT_THAT(Get(outcome.out, ".checks[].detail"),
              HasSubstr("expected=pass got=pass"));
}

TEST(ReplayCommandTest, NothingIsTouchedButTheReport) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json",
                R"({"type":"fs_write","path":"made.txt","data":"1"},
{"type":"proc_spawn","cmd":"/bin/sh","args":["-c","echo 1 >> count"]})");
  RunProgram("run a.fozzy.json --host-backends --record a.fozzy");
  ASSERT_EQ(*ReadFile("count"), "1\n");
  ASSERT_EQ(*ReadFile("made.txt"), "1");
  ASSERT_TRUE(WriteFile("made.txt", "mine").ok());

  EXPECT_EQ(RunProgram("replay a.fozzy").code, kExitOk);
  EXPECT_EQ(*ReadFile("count"), "1\n");
  EXPECT_EQ(*ReadFile("made.txt"), "mine");
}

TEST(ReplayCommandTest, ADamagedTraceIsNamed) {
  const TempFolder folder;
  WriteScenario("a.fozzy.json", kPassing);
  RunProgram("run a.fozzy.json --det --record a.fozzy");
  const std::string whole = *ReadFile("a.fozzy");
  for (const size_t at : {size_t{0}, whole.size() / 2, whole.size() - 9}) {
    std::string damaged = whole;
    damaged[at] ^= 4;
    ASSERT_TRUE(WriteFile("a.fozzy", damaged).ok());
    EXPECT_THAT(RunProgram("replay a.fozzy").err, HasSubstr("fozzy: a.fozzy: "))
        << at;
    const Outcome ci = RunProgram("ci a.fozzy");
    EXPECT_THAT(ci.out + ci.err, HasSubstr("a.fozzy: ")) << at;
  }
}

}  // namespace
}  // namespace fozzy

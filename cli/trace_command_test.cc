// `fozzy trace verify|show|diff|stat` as a user sees them.
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

using ::testing::HasSubstr;
using ::testing::StartsWith;

// Records a.fozzy.
void Record() {
  WriteScenario("a.fozzy.json", kPassing);
  ASSERT_EQ(RunProgram("run a.fozzy.json --det --seed 7 --record a.fozzy").code,
            kExitOk);
}

TEST(TraceCommandTest, ASoundTraceVerifies) {
  const TempFolder folder;
  Record();
  const Outcome outcome = RunProgram("trace verify a.fozzy --strict --json");

  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_EQ(Get(outcome.out, ".ok"), "true");
  EXPECT_EQ(Get(outcome.out, ".path"), "a.fozzy");
  EXPECT_EQ(Get(outcome.out, ".checksumPresent"), "true");
  EXPECT_EQ(Get(outcome.out, ".checksumValid"), "true");
  EXPECT_EQ(Get(outcome.out, ".warnings"), "");
}

TEST(TraceCommandTest, EveryFlippedBitIsFound) {
  const TempFolder folder;
  Record();
  const std::string whole = *ReadFile("a.fozzy");
  for (size_t at = 0; at < whole.size(); at += 7) {
    std::string damaged = whole;
    damaged[at] ^= static_cast<char>(1 << (at % 8));
    ASSERT_TRUE(WriteFile("b.fozzy", damaged).ok());
    const Outcome outcome = RunProgram("trace verify b.fozzy --json");
    EXPECT_EQ(outcome.code, kExitUsage) << at;
    EXPECT_NE(Get(outcome.out, "."), "no JSON") << at;
    EXPECT_NE(Get(outcome.out, ".ok"), "true") << at;
  }
}

TEST(TraceCommandTest, EveryCutIsFound) {
  const TempFolder folder;
  Record();
  const std::string whole = *ReadFile("a.fozzy");
  for (size_t size = 0; size < whole.size(); size += 11) {
    ASSERT_TRUE(WriteFile("b.fozzy", whole.substr(0, size)).ok());
    EXPECT_EQ(RunProgram("trace verify b.fozzy").code, kExitUsage) << size;
  }
}

TEST(TraceCommandTest, AnIncompleteTraceSaysSoAndNamesItsLastStep) {
  const TempFolder folder;
  Record();
  const std::string whole = *ReadFile("a.fozzy");
  ASSERT_TRUE(
      WriteFile("a.fozzy.partial", whole.substr(0, whole.size() - 20)).ok());
  const Outcome outcome = RunProgram("trace verify a.fozzy.partial --json");

  EXPECT_EQ(outcome.code, kExitUsage);
  EXPECT_EQ(Get(outcome.out, ".ok"), "false");
  EXPECT_EQ(Get(outcome.out, ".complete"), "false");
  EXPECT_EQ(Get(outcome.out, ".checksumValid"), "true");
  EXPECT_EQ(Get(outcome.out, ".lastStep"), "2");
  EXPECT_EQ(RunProgram("trace verify a.fozzy.partial --unsafe").code,
            kExitUsage);
  EXPECT_EQ(RunProgram("trace show a.fozzy.partial").out,
            RunProgram("trace show a.fozzy").out);
}

// A trace of the established tool; the checksum is the BLAKE3-256 of the rest
// and comes from that tool's format, not from us.
constexpr char kEstablished[] =
    R"({"format":"fozzy-trace","version":4,"engine":{"version":"0.1.0"},)"
    R"("mode":"run","scenario_path":null,"scenario":null,)"
    R"("decisions":[{"kind":"rand_u64","value":7}],"events":[],)"
    R"("summary":{"status":"pass","mode":"run",)"
    R"("identity":{"runId":"58f96a8b-4dfa-496f-8632-3b141bf66ae7","seed":7},)"
    R"("startedAt":"2026-11-21T06:26:13.495830229Z",)"
    R"("finishedAt":"2026-11-21T06:26:13.495889266Z",)"
    R"("durationMs":1,"durationNs":1000000})";

TEST(TraceCommandTest, AMissingChecksumOfAnEstablishedTraceIsAViolation) {
  const TempFolder folder;
  ASSERT_TRUE(WriteFile("none.fozzy", absl::StrCat(kEstablished, "}")).ok());
  ASSERT_TRUE(
      WriteFile("wrong.fozzy", absl::StrCat(kEstablished, ",\"checksum\":\"",
                                            std::string(64, '0'), "\"}"))
          .ok());

  EXPECT_EQ(RunProgram("trace verify none.fozzy").code, kExitUsage);
  EXPECT_EQ(RunProgram("trace verify none.fozzy --strict").code, kExitUsage);
  const Outcome lenient = RunProgram("trace verify none.fozzy --unsafe --json");
  EXPECT_EQ(lenient.code, kExitOk);
  EXPECT_EQ(Get(lenient.out, ".checksumPresent"), "false");
  EXPECT_THAT(Get(lenient.out, ".warnings[0]"), HasSubstr("checksum"));
  for (const std::string flag : {"--strict", "--unsafe"}) {
    EXPECT_EQ(RunProgram({"trace", "verify", "wrong.fozzy", flag}).code,
              kExitUsage);
  }
  EXPECT_THAT(RunProgram("trace show none.fozzy").out,
              HasSubstr("rand_u64 value=7"));
}

TEST(TraceCommandTest, AnEstablishedTraceWithItsChecksumVerifies) {
  const std::string path =
      "../scenarios/established_trace_fuzz_corpus/run.json";
  for (const std::string flag : {"--strict", "--unsafe"}) {
    const Outcome outcome =
        RunProgram({"trace", "verify", path, flag, "--json"});
    EXPECT_EQ(outcome.code, kExitOk) << outcome.out;
    EXPECT_EQ(Get(outcome.out, ".checksumValid"), "true");
    EXPECT_EQ(Get(outcome.out, ".version"), "4");
  }
}

TEST(TraceCommandTest, ShowPrintsTheRecordsThatAreAskedFor) {
  const TempFolder folder;
  Record();
  EXPECT_EQ(RunProgram("trace show a.fozzy").out,
            "0  @0ms step step=0 type=trace_event\n"
            "1  @0ms user step=0 name=begin\n"
            "2  @0ms step step=1 type=rand_u64\n"
            "3  decision random answer=877555679359244567\n"
            "4  @0ms step step=2 type=sleep\n");
  EXPECT_THAT(RunProgram("trace show a.fozzy --from 3 --count 1").out,
              StartsWith("3  decision"));
  EXPECT_EQ(Get(RunProgram("trace show a.fozzy --kind step --json").out,
                ".[].record"),
            "0\n2\n4");
  EXPECT_EQ(Get(RunProgram("trace show a.fozzy --from 99 --json").out, "."),
            "[]");
}

TEST(TraceCommandTest, DiffNamesTheFirstDifference) {
  const TempFolder folder;
  Record();
  RunProgram("run a.fozzy.json --det --seed 8 --record b.fozzy");
  RunProgram("run a.fozzy.json --det --seed 7 --record c.fozzy");

  EXPECT_EQ(RunProgram("trace diff a.fozzy c.fozzy").code, kExitOk);
  const Outcome outcome = RunProgram("trace diff a.fozzy b.fozzy --json");
  EXPECT_EQ(outcome.code, kExitFinding);
  EXPECT_EQ(Get(outcome.out, ".same"), "false");
  EXPECT_EQ(Get(outcome.out, ".record"), "3");
  EXPECT_THAT(Get(outcome.out, ".left"), HasSubstr("877555679359244567"));
  EXPECT_EQ(RunProgram("trace diff a.fozzy none.fozzy").code, kExitUsage);
}

TEST(TraceCommandTest, StatCounts) {
  const TempFolder folder;
  Record();
  const Outcome outcome = RunProgram("trace stat a.fozzy --json");

  EXPECT_EQ(Get(outcome.out, ".complete"), "true");
  EXPECT_EQ(Get(outcome.out, ".fileBytes"),
            absl::StrCat(ReadFile("a.fozzy")->size()));
  EXPECT_EQ(Get(outcome.out, ".decisions"), "1");
  EXPECT_EQ(Get(outcome.out, ".events"), "4");
  EXPECT_EQ(RunProgram("trace stat none.fozzy").code, kExitUsage);
}

TEST(TraceCommandTest, TwoRecordingsOfOneRunAreIdenticalFiles) {
  const TempFolder folder;
  Record();
  RunProgram("run a.fozzy.json --det --seed 7 --record elsewhere.fozzy");
  EXPECT_EQ(*ReadFile("a.fozzy"), *ReadFile("elsewhere.fozzy"));
}

}  // namespace
}  // namespace fozzy

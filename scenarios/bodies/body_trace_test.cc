#include "scenarios/bodies/body_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "trace/testing/temp_folder.h"
#include "trace/verify.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

BodyTrace Sample() {
  BodyTrace trace;
  trace.body = {"my_tests", "0123abcd", "Queue.Push"};
  trace.config.seed = 7;
  trace.config.strategy = "pct:3";
  trace.config.simulation.memory_model = MemoryModelKind::kSc;
  trace.tool_version = "0.1.0";
  BodyRecording& recording = trace.recording;
  recording.decisions = {{ChoiceKind::kTask, TaskId{0}, 1},
                         {ChoiceKind::kReadsFrom, TaskId{2}, 3},
                         {ChoiceKind::kTask, TaskId{3}, 0}};
  recording.log = {{0, TaskId{0}, 0, "first"},
                   {2, TaskId{3}, 1'500, "a\nb"},
                   {3, TaskId{0}, 2'000, ""}};
  recording.finding = Finding{FindingKind::kDataRace, "queue.cc:7",
                              "task 1 and task 2", std::nullopt, "{\"a\":1}"};
  recording.ops_digest = "00ff";
  recording.points = 40;
  recording.time_ns = 2'000;
  return trace;
}

std::string Write(const BodyTrace& trace, const std::string& path) {
  TraceWriter::Options target;
  target.path = path;
  const auto written = WriteBodyTrace(std::move(target), trace);
  EXPECT_TRUE(written.ok()) << written.status();
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(BodyTraceTest, ATraceIsReadBackAsWritten) {
  const std::string path = TempPath("a.fozzy");
  Write(Sample(), path);

  const auto read = ReadBodyTrace(path);

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->body, Sample().body);
  EXPECT_TRUE(read->config == Sample().config);
  EXPECT_EQ(read->recording.log, Sample().recording.log);
  EXPECT_EQ(read->recording.finding, Sample().recording.finding);
  EXPECT_EQ(DifferenceOf(read->recording, Sample().recording), "");
  EXPECT_TRUE(IsBodyTraceFile(path));
  EXPECT_FALSE(IsBodyTraceFile(path + ".none"));
}

TEST(BodyTraceTest, TheSameRunGivesTheSameBytesAndVerifies) {
  const std::string folder = TempPath("");
  const std::string bytes = Write(Sample(), TempPath("a.fozzy"));

  EXPECT_EQ(bytes, Write(Sample(), TempPath("b.fozzy")));
  const auto report = VerifyTraceBytes(bytes);
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->ok) << report->problem;
  EXPECT_EQ(report->counts.decisions, 3u);
  EXPECT_EQ(report->counts.events, 3u);
  EXPECT_THAT(bytes, Not(HasSubstr(folder)));
}

TEST(BodyTraceTest, ATraceCutAnywhereIsAnError) {
  const std::string bytes = Write(Sample(), TempPath("a.fozzy"));
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(ReadBodyTraceBytes(bytes.substr(0, size)).ok()) << size;
  }
}

TEST(BodyTraceTest, AFlippedBitAnywhereIsAnError) {
  const std::string bytes = Write(Sample(), TempPath("a.fozzy"));
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(ReadBodyTraceBytes(damaged).ok()) << bit;
  }
}

TEST(BodyTraceTest, TheTraceOfAScenarioIsNoneOfABody) {
  const std::string path = TempPath("a.fozzy");
  TraceWriter::Options options;
  options.path = path;
  TraceWriter writer(std::move(options));
  ASSERT_TRUE(writer.Finish({}).ok());

  EXPECT_FALSE(IsBodyTraceFile(path));
  EXPECT_TRUE(absl::IsFailedPrecondition(ReadBodyTrace(path).status()));
}

}  // namespace
}  // namespace fozzy

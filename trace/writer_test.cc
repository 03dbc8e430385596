#include "trace/writer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/reader.h"
#include "trace/testing/allocation_meter.h"
#include "trace/testing/craft.h"
#include "trace/testing/sample.h"
#include "trace/testing/temp_folder.h"
#include "trace/verify.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

std::string PathOf(const std::string& name) {
  return TempPath(name + ".fozzy");
}

bool Exists(const std::string& path) {
  struct stat file = {};
  return ::lstat(path.c_str(), &file) == 0;
}

TraceWriter::Options OptionsOf(const std::string& path) {
  TraceWriter::Options options;
  options.path = path;
  options.scenario = "{}";
  return options;
}

// Tells `writer` of `count` steps that do not compress well.
void WriteSteps(TraceWriter& writer, uint64_t count) {
  NumberSequence numbers;
  const std::string_view type[] = {"sleep"};
  for (uint64_t i = 0; i < count; ++i) {
    const uint64_t step[] = {numbers.Next()};
    writer.OnEvent({EventKind::kStep, i, step, type});
  }
}

// More than fill one chunk.
constexpr uint64_t kManySteps = 10'000;

TEST(TraceWriterTest, EveryKindOfRecordIsReadBack) {
  const std::string path = PathOf("all");
  const EditableTrace sample = SampleTrace();

  ASSERT_TRUE(SaveTrace(sample, path).ok());
  const auto loaded = LoadTrace(path);

  ASSERT_TRUE(loaded.ok()) << loaded.status();
  ASSERT_EQ(loaded->records.size(), sample.records.size());
  for (size_t i = 0; i < sample.records.size(); ++i) {
    EXPECT_EQ(loaded->records[i], sample.records[i]) << "record " << i;
  }
  EXPECT_EQ(loaded->scenario, sample.scenario);
  EXPECT_EQ(loaded->header.settings, sample.header.settings);
  EXPECT_EQ(loaded->header.seed, sample.header.seed);
  EXPECT_EQ(loaded->footer.findings, sample.footer.findings);
  EXPECT_EQ(loaded->footer.results, sample.footer.results);
  EXPECT_EQ(loaded->footer.status, "fail");
}

TEST(TraceWriterTest, ManyChunksAreReadBack) {
  const std::string path = PathOf("many");
  const EditableTrace trace = LongTrace(60'000);

  ASSERT_TRUE(SaveTrace(trace, path).ok());
  const auto loaded = LoadTrace(path);

  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_GT(loaded->footer.index.size(), 3u);
  EXPECT_TRUE(loaded->records == trace.records);
}

TEST(TraceWriterTest, AScenarioOfSeveralSectionsIsReadBack) {
  const std::string path = PathOf("scenario");
  EditableTrace trace = SampleTrace();
  NumberSequence numbers;
  while (trace.scenario.size() < 2'500'000) {
    trace.scenario += std::to_string(numbers.Next());
  }

  ASSERT_TRUE(SaveTrace(trace, path).ok());
  const auto loaded = LoadTrace(path);

  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_TRUE(loaded->scenario == trace.scenario);
}

TEST(TraceWriterTest, TheSameCallsGiveTheSameBytes) {
  const EditableTrace trace = LongTrace(20'000);

  ASSERT_TRUE(SaveTrace(trace, PathOf("once")).ok());
  ASSERT_TRUE(SaveTrace(trace, PathOf("again")).ok());

  EXPECT_TRUE(ReadFileOrDie(PathOf("once")) == ReadFileOrDie(PathOf("again")));
}

TEST(TraceWriterTest, NothingTouchesTheDiskBeforeAChunkIsFull) {
  const std::string path = PathOf("lazy");
  TraceWriter writer(OptionsOf(path));

  WriteSteps(writer, 100);
  EXPECT_FALSE(Exists(path + ".partial"));
  WriteSteps(writer, kManySteps);

  EXPECT_TRUE(Exists(path + ".partial"));
  EXPECT_FALSE(Exists(path));
}

TEST(TraceWriterTest, AWriterThatIsNotFinishedLeavesNothing) {
  const std::string path = PathOf("dropped");
  {
    TraceWriter writer(OptionsOf(path));
    WriteSteps(writer, kManySteps);
    ASSERT_TRUE(Exists(path + ".partial"));
  }

  EXPECT_FALSE(Exists(path + ".partial"));
  EXPECT_FALSE(Exists(path));
}

TEST(TraceWriterTest, AKilledWriterLeavesWhatItSpilled) {
  const std::string path = PathOf("killed");
  const pid_t child = ::fork();
  if (child == 0) {
    TraceWriter writer(OptionsOf(path));
    WriteSteps(writer, kManySteps);
    ::_exit(0);
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);

  const auto report = VerifyTrace(path + ".partial");

  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->is_partial);
  EXPECT_FALSE(report->ok);
  EXPECT_EQ(report->problem, "");
  EXPECT_GT(report->counts.events, 1000u);
  EXPECT_LT(report->counts.events, kManySteps);
  EXPECT_FALSE(Exists(path));
}

// Returns PATH.1, PATH.2, ...
TraceWriter::NextPath Numbered(const std::string& path) {
  return [path, last = 0]() mutable -> absl::StatusOr<std::string> {
    return path + "." + std::to_string(++last);
  };
}

TEST(TraceWriterTest, WritersOfOnePathAtOnceFindPathsOfTheirOwn) {
  const std::string path = PathOf("shared");
  WriteFileOrDie(path + ".1", "theirs");
  std::vector<std::unique_ptr<TraceWriter>> writers;
  for (int i = 0; i < 4; ++i) {
    TraceWriter::Options options = OptionsOf(path);
    options.replaces = false;
    options.next_path = Numbered(path);
    writers.push_back(std::make_unique<TraceWriter>(options));
    // The first two have their partial files open while all others write.
    if (i < 2) WriteSteps(*writers.back(), kManySteps);
  }
  std::vector<std::string> paths;
  for (auto writer = writers.rbegin(); writer != writers.rend(); ++writer) {
    ASSERT_TRUE((*writer)->Finish({}).ok());
    paths.push_back((*writer)->path());
    EXPECT_TRUE(LoadTrace(paths.back()).ok()) << paths.back();
  }

  std::sort(paths.begin(), paths.end());
  EXPECT_EQ(std::unique(paths.begin(), paths.end()), paths.end());
  EXPECT_EQ(ReadFileOrDie(path + ".1"), "theirs");
  for (const std::string& name : paths) EXPECT_FALSE(Exists(name + ".partial"));
}

TEST(TraceWriterTest, WithoutAnotherPathWhatIsThereStays) {
  const std::string path = PathOf("kept");
  TraceWriter::Options options = OptionsOf(path);
  options.replaces = false;
  TraceWriter writer(options);
  WriteSteps(writer, kManySteps);
  WriteFileOrDie(path, "theirs");

  EXPECT_EQ(writer.Finish({}).code(), absl::StatusCode::kAlreadyExists);

  EXPECT_EQ(ReadFileOrDie(path), "theirs");
  EXPECT_FALSE(Exists(path + ".partial"));
}

TEST(TraceWriterTest, WhatAKilledWriterLeftIsReplaced) {
  const std::string path = PathOf("stale");
  WriteFileOrDie(path + ".partial", std::string(100'000, 'x'));
  WriteFileOrDie(path, "an older trace");

  ASSERT_TRUE(SaveTrace(SampleTrace(), path).ok());

  EXPECT_TRUE(VerifyTrace(path)->ok);
  EXPECT_FALSE(Exists(path + ".partial"));
}

TEST(TraceWriterTest, OfTwoWritersOfOneTraceTheFirstWins) {
  const std::string path = PathOf("two");
  TraceWriter first(OptionsOf(path));
  TraceWriter second(OptionsOf(path));

  WriteSteps(first, kManySteps);
  WriteSteps(second, 2 * kManySteps);
  const absl::Status refused = second.Finish({});
  WriteSteps(first, kManySteps);
  TraceFooter footer;
  footer.status = "pass";
  const absl::Status accepted = first.Finish(footer);

  EXPECT_EQ(refused.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_THAT(std::string(refused.message()), HasSubstr(path + ".partial"));
  ASSERT_TRUE(accepted.ok()) << accepted;
  EXPECT_EQ(LoadTrace(path)->records.size(), 2 * kManySteps);
}

// Short traces, so that writers meet while one gives the file its name.
TEST(TraceWriterTest, OfManyWritersAtOnceEachIsWholeOrRefused) {
  const std::string path = PathOf("race");
  const EditableTrace trace = LongTrace(20);
  constexpr int kWriters = 6;
  pid_t children[kWriters];
  for (pid_t& child : children) {
    child = ::fork();
    if (child != 0) continue;
    for (int round = 0; round < 1'000; ++round) {
      const absl::Status status = SaveTrace(trace, path);
      if (!status.ok() && !absl::IsAlreadyExists(status)) ::_exit(1);
      if (status.ok() && !VerifyTrace(path)->ok) ::_exit(2);
    }
    ::_exit(0);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }

  EXPECT_TRUE(VerifyTrace(path)->ok);
  EXPECT_FALSE(Exists(path + ".partial"));
}

TEST(TraceWriterTest, AMissingFolderIsReportedWithThePath) {
  const std::string path = TempPath("no/such/folder/a.fozzy");

  const absl::Status status = SaveTrace(SampleTrace(), path);

  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(status.message()), HasSubstr(path));
}

TEST(TraceWriterTest, AFolderInTheWayIsReportedAndNothingIsLeft) {
  const std::string path = PathOf("folder");
  ::mkdir(path.c_str(), 0755);

  TraceWriter writer(OptionsOf(path));
  WriteSteps(writer, kManySteps);
  const absl::Status status = writer.Finish({});

  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(path));
  EXPECT_FALSE(Exists(path + ".partial"));
}

TEST(TraceWriterTest, AFolderInTheWayOfThePartialFileIsReported) {
  const std::string path = PathOf("partial_folder");
  ::mkdir((path + ".partial").c_str(), 0755);

  const absl::Status status = SaveTrace(SampleTrace(), path);

  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(path + ".partial"));
  EXPECT_TRUE(Exists(path + ".partial"));
}

TEST(TraceWriterTest, ALinkInTheWayIsNotFollowed) {
  const std::string path = PathOf("link");
  const std::string target = PathOf("link_target");
  WriteFileOrDie(target, "precious");
  ASSERT_EQ(::symlink(target.c_str(), (path + ".partial").c_str()), 0);

  const absl::Status status = SaveTrace(SampleTrace(), path);

  EXPECT_FALSE(status.ok());
  EXPECT_EQ(ReadFileOrDie(target), "precious");
  ::unlink((path + ".partial").c_str());
}

// A limit on the size of files, which acts like a disk that is full.
TEST(TraceWriterTest, AFullDiskIsReportedWithThePathAndNothingIsLeft) {
  const std::string path = PathOf("full");
  rlimit before = {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  EditableTrace trace = SampleTrace();
  trace.scenario = std::string(200'000, 's');
  for (const rlim_t limit : {rlim_t{0}, rlim_t{10}, rlim_t{100'000}}) {
    const rlimit small = {limit, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const absl::Status status = SaveTrace(trace, path);
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);

    EXPECT_FALSE(status.ok()) << limit;
    EXPECT_THAT(std::string(status.message()), HasSubstr(path)) << limit;
    EXPECT_FALSE(Exists(path)) << limit;
    EXPECT_FALSE(Exists(path + ".partial")) << limit;
  }
}

TEST(TraceWriterTest, ARecordTooLargeIsAnErrorOfTheRecording) {
  const std::string path = PathOf("large");
  TraceWriter writer(OptionsOf(path));

  writer.OnObservation(
      {ObservationKind::kProcess, {}, {std::string(kRecordSizeMax, 'x')}});

  EXPECT_EQ(writer.Finish({}).code(), absl::StatusCode::kResourceExhausted);
  EXPECT_FALSE(Exists(path));
}

TEST(TraceWriterTest, RecordsLargerThanAChunkAreReadBack) {
  const std::string path = PathOf("big");
  EditableTrace trace = SampleTrace();
  const std::string text(300'000, 'x');
  const EditableRecord step = MakeEvent(EventKind::kStep, 1, {1}, {"sleep"});
  trace.records = {
      step,
      MakeObservation({ObservationKind::kProcess, {1}, {text, "", text}}),
      step,
      MakeEvent(EventKind::kClientPut, 2, {1}, {"n", "k", text}),
      MakeEvent(EventKind::kClientGet, 3, {1}, {"n", "k", text}),
      step,
  };

  ASSERT_TRUE(SaveTrace(trace, path).ok());

  EXPECT_TRUE(LoadTrace(path)->records == trace.records);
}

TEST(TraceWriterTest, AMillionStepsTakeLittleMemory) {
  TraceWriter writer(OptionsOf(PathOf("memory")));
  StartMeter();

  WriteSteps(writer, 1'000'000);
  const absl::Status status = writer.Finish({});

  EXPECT_TRUE(status.ok()) << status;
  EXPECT_LT(PeakBytes(), size_t{1} << 20);
  ::unlink(PathOf("memory").c_str());
}

TEST(TraceWriterTest, RecordingDoesNotAllocateOnceItHasSpilled) {
  TraceWriter writer(OptionsOf(PathOf("steady")));
  WriteSteps(writer, 5 * kManySteps);
  StartMeter();

  WriteSteps(writer, 5 * kManySteps);

  EXPECT_EQ(PeakBytes(), 0u);
}

}  // namespace
}  // namespace fozzy

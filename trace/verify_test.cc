#include "trace/verify.h"

#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/base/run_digest.h"
#include "trace/reader.h"
#include "trace/testing/craft.h"
#include "trace/testing/sample.h"
#include "trace/testing/temp_folder.h"
#include "trace/writer.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

std::string PathOf(const std::string& name) {
  return TempPath(name + ".fozzy");
}

TEST(VerifyTest, ASoundTraceIsOk) {
  const std::string path = PathOf("sound");
  const EditableTrace trace = LongTrace(20'000);
  ASSERT_TRUE(SaveTrace(trace, path).ok());

  const auto report = VerifyTrace(path);

  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_TRUE(report->ok) << report->problem;
  EXPECT_FALSE(report->is_partial);
  EXPECT_EQ(report->version, kTraceVersion);
  EXPECT_EQ(report->counts.total(), trace.records.size());
  EXPECT_EQ(report->last_step, 19'999u);
  EXPECT_TRUE(report->warnings.empty());
}

// Writes `records` behind a footer with the run digest of others.
absl::Status Forge(const std::vector<EditableRecord>& records,
                   const TraceDigest& digest, const std::string& path) {
  TraceWriter::Options options;
  options.path = path;
  TraceWriter writer(options);
  for (const EditableRecord& record : records) {
    if (record.kind == TraceRecordKind::kDecision) {
      writer.OnDecision(record.decision);
    } else if (record.kind == TraceRecordKind::kObservation) {
      writer.OnObservation(record.observation);
    } else {
      const std::vector<std::string_view> texts(record.texts.begin(),
                                                record.texts.end());
      writer.OnEvent({record.event, record.time, record.numbers, texts});
    }
  }
  TraceFooter footer;
  footer.run_digest = digest;
  return writer.Finish(footer);
}

TEST(VerifyTest, AnyEditWithTheOldRunDigestIsFound) {
  const std::string path = PathOf("forged");
  EditableTrace trace = SampleTrace();
  ASSERT_TRUE(SaveTrace(trace, path).ok());
  const TraceDigest digest = LoadTrace(path)->footer.run_digest;
  ASSERT_TRUE(Forge(trace.records, digest, path).ok());
  ASSERT_TRUE(VerifyTrace(path)->ok);
  for (size_t i = 0; i < trace.records.size(); i += 7) {
    EditableTrace edited = trace;
    EditableRecord& record = edited.records[i];
    record.decision.answer ^= 1;
    record.time ^= 1;
    record.observation.numbers.push_back(1);
    ASSERT_TRUE(Forge(edited.records, digest, path).ok());

    const auto report = VerifyTrace(path);

    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_FALSE(report->ok) << i;
    EXPECT_THAT(report->problem, HasSubstr("run digest")) << i;
  }
}

TEST(VerifyTest, TheRunDigestIsThatOfTheFieldsInOrder) {
  const std::string path = PathOf("digest");
  EditableTrace trace = SampleTrace();
  trace.records = {
      MakeDecision({ChoiceKind::kDrop, TaskId{}, 1}),
      MakeEvent(EventKind::kUser, 9, {2}, {"x"}),
      MakeObservation({ObservationKind::kHttp, {3}, {"y"}}),
  };
  ASSERT_TRUE(SaveTrace(trace, path).ok());
  // One number and one text: their counts are mixed with the kind.
  constexpr uint64_t kOneEach = (uint64_t{1} << 16) + (uint64_t{1} << 40);
  Digest digest;
  for (const uint64_t number : {uint64_t{3}, uint64_t{1}}) digest.Mix(number);
  for (const uint64_t number : {0x101 + kOneEach, uint64_t{9}, uint64_t{2}}) {
    digest.Mix(number);
  }
  digest.Mix("x");
  for (const uint64_t number : {0x202 + kOneEach, uint64_t{3}}) {
    digest.Mix(number);
  }
  digest.Mix("y");

  EXPECT_EQ(VerifyTrace(path)->run_digest,
            (TraceDigest{digest.low(), digest.high()}));
}

TEST(VerifyTest, APartialTraceIsNeitherOkNorDamaged) {
  const std::string path = PathOf("partial");
  ASSERT_TRUE(SaveTrace(LongTrace(30'000), path).ok());
  const std::string bytes = ReadFileOrDie(path);
  WriteFileOrDie(path, {bytes.data(), bytes.size() / 2});

  const auto report = VerifyTrace(path);

  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_FALSE(report->ok);
  EXPECT_TRUE(report->is_partial);
  EXPECT_EQ(report->problem, "");
  EXPECT_GT(report->last_step, 1000u);
  EXPECT_EQ(report->warnings.size(), 2u);
}

TEST(VerifyTest, WhatCannotBeOpenedIsAnError) {
  EXPECT_EQ(VerifyTrace(PathOf("none")).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(VerifyTrace(TempPath("")).status().code(),
            absl::StatusCode::kInvalidArgument);
  WriteFileOrDie(PathOf("newer"), FileCrafter::Bare(9).bytes());
  EXPECT_EQ(VerifyTrace(PathOf("newer")).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(VerifyTest, WhatIsNoTraceIsDamaged) {
  WriteFileOrDie(PathOf("text"), "{\"format\": \"fozzy-trace\"}");

  const auto report = VerifyTrace(PathOf("text"));

  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_FALSE(report->ok);
  EXPECT_NE(report->problem, "");
  EXPECT_EQ(report->version, 0u);
}

TEST(VerifyTest, AWriterKilledBeforeItsFirstByteLeftAPartial) {
  const std::string path = PathOf("empty") + ".partial";
  std::ofstream(path).close();

  const auto report = VerifyTrace(path);

  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_FALSE(report->ok);
  EXPECT_TRUE(report->is_partial);
  EXPECT_EQ(report->problem, "");
}

}  // namespace
}  // namespace fozzy

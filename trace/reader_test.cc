#include "trace/reader.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/messages.h"
#include "trace/scenario_digest.h"
#include "trace/testing/craft.h"
#include "trace/testing/sample.h"
#include "trace/testing/temp_folder.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

// One step.
const std::string kOneRecord("\x0a\0", 2);

// Reads all of `bytes` and returns what stopped it.
absl::Status ReadAll(const std::string& bytes) {
  const auto reader = TraceReader::FromBytes(bytes);
  if (!reader.ok()) return reader.status();
  TraceRecord record;
  while (true) {
    const auto is_there = (*reader)->Next(record);
    if (!is_there.ok()) return is_there.status();
    if (!*is_there) return absl::OkStatus();
  }
}

std::string ErrorOf(const FileCrafter& file) {
  const absl::Status status = ReadAll(file.bytes());
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  return std::string(status.message());
}

TraceFooter FooterOf(const FileCrafter& file, uint64_t events) {
  TraceFooter footer;
  footer.counts.events = events;
  if (events > 0) footer.index = {{file.bytes().size(), 0}};
  return footer;
}

std::string BytesOf(const EditableTrace& trace) {
  const std::string path = TempPath("reader_test.fozzy");
  EXPECT_TRUE(SaveTrace(trace, path).ok());
  return ReadFileOrDie(path);
}

TEST(TraceReaderTest, RecordsKnowTheirPlaces) {
  const std::string bytes = BytesOf(LongTrace(30'000));
  const auto reader = TraceReader::FromBytes(bytes);
  ASSERT_TRUE(reader.ok()) << reader.status();
  TraceRecord record;
  uint64_t count = 0;
  uint64_t offset = 0;
  uint64_t chunk = 0;
  while (*(*reader)->Next(record)) {
    ASSERT_EQ(record.position.record, count++);
    ASSERT_GE(record.position.offset, offset);
    ASSERT_GE(record.position.chunk, chunk);
    offset = record.position.offset;
    chunk = record.position.chunk;
  }

  EXPECT_GT(chunk, 2u);
  EXPECT_EQ(count, (*reader)->counts().total());
  for (const TraceIndexEntry& entry : (*reader)->footer().index) {
    EXPECT_LE(entry.offset, offset);
    EXPECT_LT(entry.first_record, count);
  }
}

TEST(TraceReaderTest, TheScenarioCanBeReadOrPassedOver) {
  EditableTrace trace = SampleTrace();
  trace.scenario = std::string(1'500'000, 's');
  const std::string bytes = BytesOf(trace);
  const auto reader = TraceReader::FromBytes(bytes);
  ASSERT_TRUE(reader.ok()) << reader.status();

  EXPECT_EQ((*reader)->header().scenario_digest,
            ScenarioDigest(trace.scenario));
  EXPECT_EQ(*(*reader)->ReadScenario(), trace.scenario);
  TraceRecord record;
  EXPECT_TRUE(*(*reader)->Next(record));
  EXPECT_TRUE(ReadAll(bytes).ok());
}

TEST(TraceReaderTest, APartialTraceIsReadUpToItsLastWholeChunk) {
  const EditableTrace trace = LongTrace(30'000);
  const std::string whole = BytesOf(trace);
  const auto full = TraceReader::FromBytes(whole);
  TraceRecord record;
  while (*(*full)->Next(record)) continue;
  const TraceIndexEntry third = (*full)->footer().index[2];
  for (const uint64_t more : {0u, 1u, 20u, 1000u}) {
    const std::string cut = whole.substr(0, third.offset + more);
    const auto reader = TraceReader::FromBytes(cut);
    ASSERT_TRUE(reader.ok()) << reader.status();
    uint64_t count = 0;
    while (*(*reader)->Next(record)) ++count;

    EXPECT_EQ(count, third.first_record) << more;
    EXPECT_FALSE((*reader)->is_complete()) << more;
    EXPECT_EQ((*reader)->is_torn(), more > 0) << more;
  }
}

TEST(TraceReaderTest, AnErrorStays) {
  FileCrafter file;
  file.Add(SectionKind::kRecords, "no record");
  const auto reader = TraceReader::FromBytes(file.bytes());
  ASSERT_TRUE(reader.ok()) << reader.status();
  TraceRecord record;

  const absl::Status first = (*reader)->Next(record).status();
  const absl::Status second = (*reader)->Next(record).status();

  EXPECT_EQ(first.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(first, second);
  EXPECT_THAT(std::string(first.message()),
              HasSubstr("chunk 1 (records) at byte"));
  EXPECT_THAT(std::string(first.message()), HasSubstr("record 0: found"));
}

TEST(TraceReaderTest, ACraftedTraceThatIsRightIsRead) {
  FileCrafter file;
  const TraceFooter footer = FooterOf(file, 2);
  file.Add(SectionKind::kRecords, kOneRecord + kOneRecord).AddEnd(footer);

  EXPECT_TRUE(ReadAll(file.bytes()).ok()) << ReadAll(file.bytes());
}

TEST(TraceReaderTest, SectionsOutOfOrderAreRefused) {
  const std::string header = EncodeHeader({});
  EXPECT_THAT(ErrorOf(FileCrafter().Add(SectionKind::kHeader, header)),
              HasSubstr("expected records or the footer"));
  EXPECT_THAT(ErrorOf(FileCrafter().Add(SectionKind::kScenario, "{}")),
              HasSubstr("expected records or the footer"));
  EXPECT_THAT(ErrorOf(FileCrafter()
                          .Add(SectionKind::kAnswers, "")
                          .Add(SectionKind::kAnswers, "")),
              HasSubstr("expected records"));
  EXPECT_THAT(ErrorOf(FileCrafter().Add(SectionKind::kAnswers, "").AddEnd({})),
              HasSubstr("expected records"));
  EXPECT_THAT(ErrorOf(FileCrafter::Bare(kTraceVersion)
                          .Add(SectionKind::kRecords, kOneRecord)),
              HasSubstr("expected the header"));
}

TEST(TraceReaderTest, AScenarioOfAnotherSizeThanTheHeaderSaysIsRefused) {
  TraceHeader header;
  header.scenario_size = 3;
  header.scenario_digest = ScenarioDigest("abc");
  const std::string bytes = EncodeHeader(header);
  const FileCrafter start =
      FileCrafter::Bare(kTraceVersion).Add(SectionKind::kHeader, bytes);
  for (const char* const text : {"", "ab", "abcd", "abd"}) {
    EXPECT_THAT(ErrorOf(FileCrafter(start).Add(SectionKind::kScenario, text)),
                HasSubstr("expected"))
        << text;
  }
  EXPECT_TRUE(
      ReadAll(FileCrafter(start).Add(SectionKind::kScenario, "abc").bytes())
          .ok());
}

TEST(TraceReaderTest, ATraceThatEndsWithinItsScenarioIsPartialWithoutRecords) {
  TraceHeader header;
  header.scenario_size = 3;
  header.scenario_digest = ScenarioDigest("abc");
  const std::string bytes = FileCrafter::Bare(kTraceVersion)
                                .Add(SectionKind::kHeader, EncodeHeader(header))
                                .Add(SectionKind::kScenario, "abc")
                                .bytes();
  const absl::string_view cut(bytes.data(), bytes.size() - 1);
  TraceRecord record;

  auto reader = TraceReader::FromBytes(cut);
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_FALSE(*(*reader)->Next(record));
  EXPECT_FALSE(*(*reader)->Next(record));
  EXPECT_FALSE((*reader)->is_complete());
  EXPECT_TRUE((*reader)->is_torn());

  auto with_scenario = TraceReader::FromBytes(cut);
  ASSERT_TRUE(with_scenario.ok());
  EXPECT_TRUE(absl::IsDataLoss((*with_scenario)->ReadScenario().status()));
  EXPECT_FALSE((*with_scenario)->Next(record).ok()) << "an error stays";
}

TEST(TraceReaderTest, AHeaderOfAnotherVersionThanThePreambleIsRefused) {
  TraceHeader header;
  header.format_version = kTraceVersion + 1;

  EXPECT_THAT(ErrorOf(FileCrafter::Bare(kTraceVersion)
                          .Add(SectionKind::kHeader, EncodeHeader(header))),
              HasSubstr("format version 2"));
}

TEST(TraceReaderTest, AScenarioSaidToBeHugeIsRefused) {
  TraceHeader header;
  header.scenario_size = ~uint64_t{0};

  EXPECT_THAT(ErrorOf(FileCrafter::Bare(kTraceVersion)
                          .Add(SectionKind::kHeader, EncodeHeader(header))),
              HasSubstr("expected at most"));
}

TEST(TraceReaderTest, AFooterThatDoesNotFitIsRefused) {
  FileCrafter file;
  TraceFooter counts = FooterOf(file, 2);
  TraceFooter index = FooterOf(file, 1);
  index.index[0].first_record = 1;
  file.Add(SectionKind::kRecords, kOneRecord);

  EXPECT_THAT(ErrorOf(FileCrafter(file).AddEnd(counts)), HasSubstr("events"));
  EXPECT_THAT(ErrorOf(FileCrafter(file).AddEnd(index)), HasSubstr("index"));
}

// Each chunk is right by itself.
TEST(TraceReaderTest, ChunksLeftOutOrPutInAreFoundByTheFileDigest) {
  FileCrafter file;
  const TraceFooter footer = FooterOf(file, 1);
  FileCrafter empty = file;
  file.Add(SectionKind::kRecords, kOneRecord);
  const size_t end_of_records = file.bytes().size();
  const std::string end = file.AddEnd(footer).bytes().substr(end_of_records);
  empty.Add(SectionKind::kRecords, "");

  const absl::Status status = ReadAll(empty.bytes() + end);

  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("file digest"));
}

TEST(TraceReaderTest, BytesBehindTheEndAreDamage) {
  const std::string bytes = FileCrafter().AddEnd({}).bytes();

  EXPECT_TRUE(ReadAll(bytes).ok());
  for (const size_t more : {1u, 16u, 1000u}) {
    EXPECT_EQ(ReadAll(bytes + std::string(more, '\0')).code(),
              absl::StatusCode::kDataLoss)
        << more;
  }
}

TEST(TraceReaderTest, ManyEmptyChunksAreNoTrouble) {
  FileCrafter file;
  for (int i = 0; i < 10'000; ++i) file.Add(SectionKind::kRecords, "");

  EXPECT_TRUE(ReadAll(file.bytes()).ok());
}

}  // namespace
}  // namespace fozzy

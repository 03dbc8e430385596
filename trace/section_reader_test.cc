#include "trace/section_reader.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "trace/limits.h"
#include "trace/testing/allocation_meter.h"
#include "trace/testing/craft.h"
#include "trace/wire.h"

namespace fozzy {
namespace {

using testing::HasSubstr;

// Reads the header of `bytes`, then returns what the next section gives.
absl::StatusOr<bool> ReadSecond(const std::string& bytes) {
  SectionReader reader(ByteSource::Of(bytes));
  EXPECT_TRUE(reader.ReadPreamble().ok());
  EXPECT_TRUE(reader.Next().ok());
  return reader.Next();
}

std::string ErrorOf(const std::string& bytes) {
  const auto result = ReadSecond(bytes);
  EXPECT_EQ(result.status().code(), absl::StatusCode::kDataLoss);
  return std::string(result.status().message());
}

TEST(SectionReaderTest, SectionsComeInOrderWithTheirPlaces) {
  const FileCrafter file = FileCrafter()
                               .Add(SectionKind::kRecords, "ab")
                               .Add(SectionKind::kAnswers, "c");
  SectionReader reader(ByteSource::Of(file.bytes()));
  ASSERT_TRUE(reader.ReadPreamble().ok());

  ASSERT_TRUE(*reader.Next());
  EXPECT_EQ(reader.position().chunk, 0u);
  EXPECT_EQ(reader.position().offset, kPreambleSize);
  const uint64_t second = reader.end_of_section();
  ASSERT_TRUE(*reader.Next());
  EXPECT_EQ(reader.contents(), "ab");
  EXPECT_EQ(reader.position().chunk, 1u);
  EXPECT_EQ(reader.position().offset, second);
  ASSERT_TRUE(*reader.Next());
  EXPECT_EQ(reader.contents(), "c");
  EXPECT_FALSE(*reader.Next());
  EXPECT_FALSE(reader.is_torn());
}

TEST(SectionReaderTest, AnotherBeginningIsNoTrace) {
  for (const std::string& bytes :
       {std::string(), std::string("{\"format\":\"fozzy-trace\"}"),
        std::string(16, '\0'), std::string(kMagic, 8)}) {
    SectionReader reader(ByteSource::Of(bytes));

    EXPECT_EQ(reader.ReadPreamble().code(), absl::StatusCode::kDataLoss);
  }
}

TEST(SectionReaderTest, ANewerVersionIsNoDamage) {
  const FileCrafter newer = FileCrafter::Bare(kTraceVersion + 1);
  const FileCrafter none = FileCrafter::Bare(0);
  SectionReader reader(ByteSource::Of(newer.bytes()));
  SectionReader none_reader(ByteSource::Of(none.bytes()));

  const absl::Status status = reader.ReadPreamble();

  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("version 2"));
  EXPECT_EQ(none_reader.ReadPreamble().code(), absl::StatusCode::kDataLoss);
}

TEST(SectionReaderTest, DamageIsToldWithItsPlace) {
  FileCrafter file;
  const size_t second = file.bytes().size();
  std::string bytes = file.Add(SectionKind::kRecords, "abcd").bytes();
  bytes.back() ^= 1;

  EXPECT_THAT(ErrorOf(bytes),
              HasSubstr("chunk 1 (records) at byte " + std::to_string(second)));
}

TEST(SectionReaderTest, UnknownKindsAreRefused) {
  for (const uint32_t kind : {0u, 6u, ~0u}) {
    const FileCrafter file =
        FileCrafter().Add(static_cast<SectionKind>(kind), "");

    EXPECT_THAT(ErrorOf(file.bytes()), HasSubstr("expected 1 to 5")) << kind;
  }
}

TEST(SectionReaderTest, OnlyRecordsAreDeflated) {
  const FileCrafter file = FileCrafter().Add(SectionKind::kFooter, "abc", 4);

  EXPECT_THAT(ErrorOf(file.bytes()), HasSubstr("records only"));
}

TEST(SectionReaderTest, BytesThatDoNotInflateAreRefused) {
  const FileCrafter file =
      FileCrafter().Add(SectionKind::kRecords, "abcdefgh", 100);

  EXPECT_THAT(ErrorOf(file.bytes()), HasSubstr("do not inflate"));
}

// Every length is absurd, every checksum right.
TEST(SectionReaderTest, AbsurdLengthsTakeNoMemory) {
  const std::string small(100, 'x');
  const uint64_t sizes[] = {
      0,          99,        101 * 1032, size_t{30} << 20, kChunkSizeMax + 1,
      0x7fffffff, 0xffffffff};
  for (const uint32_t kind : {1u, 2u, 3u, 4u, 5u}) {
    for (const uint64_t raw_size : sizes) {
      const FileCrafter file =
          FileCrafter().Add(static_cast<SectionKind>(kind), small, raw_size);
      StartMeter();
      EXPECT_FALSE(ReadSecond(file.bytes()).ok()) << kind << " " << raw_size;
      EXPECT_LT(PeakBytes(), size_t{1} << 20) << kind << " " << raw_size;
    }
  }
}

TEST(SectionReaderTest, AbsurdStoredLengthsTakeNoMemory) {
  FileCrafter file;
  const size_t second = file.bytes().size();
  file.Add(SectionKind::kRecords, "abcd");
  for (const uint32_t size : {5u, 100'000'000u, 0x7fffffffu, 0xffffffffu}) {
    std::string bytes = file.bytes();
    StoreLittle32(bytes.data() + second + 4, size);
    StartMeter();
    const auto result = ReadSecond(bytes);

    EXPECT_FALSE(result.ok() && *result) << size;
    EXPECT_LT(PeakBytes(), size_t{1} << 20) << size;
  }
}

}  // namespace
}  // namespace fozzy

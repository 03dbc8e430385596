#include "cli/zip.h"

#include <cstdint>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

uint32_t Number(const std::string& text, size_t at, size_t size) {
  uint32_t number = 0;
  for (size_t i = size; i > 0; --i) {
    number = number << 8 | static_cast<unsigned char>(text[at + i - 1]);
  }
  return number;
}

TEST(ZipTest, AnArchiveOfNothingIsItsEndRecord) {
  const std::string archive = Zip().Take();

  EXPECT_EQ(archive, std::string("PK\5\6", 4) + std::string(18, '\0'));
}

TEST(ZipTest, AFileIsStoredWithItsChecksum) {
  Zip zip;
  ASSERT_TRUE(zip.Add("check", "123456789").ok());

  const std::string archive = zip.Take();

  EXPECT_EQ(Number(archive, 0, 4), 0x04034b50u);
  EXPECT_EQ(Number(archive, 8, 2), 0u) << "stored";
  // The check value of CRC-32, which every description of it gives.
  EXPECT_EQ(Number(archive, 14, 4), 0xcbf43926u);
  EXPECT_EQ(Number(archive, 18, 4), 9u);
  EXPECT_EQ(Number(archive, 22, 4), 9u);
  EXPECT_EQ(archive.substr(30, 14), "check123456789");
}

TEST(ZipTest, TheDirectoryPointsToEachFile) {
  Zip zip;
  ASSERT_TRUE(zip.Add("a", "xyz").ok());
  ASSERT_TRUE(zip.Add("b", "").ok());

  const std::string archive = zip.Take();

  const size_t end = archive.size() - 22;
  EXPECT_EQ(Number(archive, end, 4), 0x06054b50u);
  EXPECT_EQ(Number(archive, end + 10, 2), 2u);
  const size_t directory = Number(archive, end + 16, 4);
  EXPECT_EQ(Number(archive, end + 12, 4), end - directory);
  EXPECT_EQ(Number(archive, directory, 4), 0x02014b50u);
  EXPECT_EQ(Number(archive, directory + 42, 4), 0u);
  const size_t second = directory + 46 + 1;
  EXPECT_EQ(Number(archive, second, 4), 0x02014b50u);
  const size_t file = Number(archive, second + 42, 4);
  EXPECT_EQ(Number(archive, file, 4), 0x04034b50u);
  EXPECT_EQ(archive[file + 30], 'b');
}

TEST(ZipTest, ANameThatTheFormatCannotHoldIsAnError) {
  Zip zip;
  EXPECT_TRUE(absl::IsResourceExhausted(zip.Add(std::string(65536, 'a'), "")));
}

}  // namespace
}  // namespace fozzy

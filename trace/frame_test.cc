#include "trace/frame.h"

#include <cstring>
#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

// The check value of CRC-32/ISO-HDLC, https://reveng.sourceforge.io/
TEST(FrameTest, ChecksumIsTheCrc32OfZlib) {
  EXPECT_EQ(Checksum(0, "123456789"), 0xcbf43926u);
  EXPECT_EQ(Checksum(Checksum(0, "1234"), "56789"), 0xcbf43926u);
}

TEST(FrameTest, ASectionHeadIsFourLittleEndianNumbers) {
  const SectionHead head = {SectionKind::kRecords, 0x01020304, 5, 6};

  const SectionHeadBytes bytes = EncodeSectionHead(head);

  EXPECT_EQ(std::string(bytes.data(), 9),
            std::string("\x04\0\0\0\x04\x03\x02\x01\x05", 9));
  const SectionHead back = DecodeSectionHead(bytes);
  EXPECT_EQ(back.kind, head.kind);
  EXPECT_EQ(back.stored_size, head.stored_size);
  EXPECT_EQ(back.raw_size, head.raw_size);
  EXPECT_EQ(back.checksum, head.checksum);
}

TEST(FrameTest, TheChecksumCoversTheHeadAndTheContents) {
  const SectionHead head = {SectionKind::kRecords, 4, 5, 0};
  const uint32_t checksum = ChecksumOf(head, "abcd");

  EXPECT_NE(checksum, ChecksumOf({SectionKind::kFooter, 4, 5, 0}, "abcd"));
  EXPECT_NE(checksum, ChecksumOf({SectionKind::kRecords, 3, 5, 0}, "abcd"));
  EXPECT_NE(checksum, ChecksumOf({SectionKind::kRecords, 4, 4, 0}, "abcd"));
  EXPECT_NE(checksum, ChecksumOf(head, "abce"));
  EXPECT_EQ(checksum, ChecksumOf({SectionKind::kRecords, 4, 5, 9}, "abcd"));
}

TEST(FrameTest, PreamblesOfTwoVersionsDifferInMoreThanTheVersion) {
  const auto one = EncodePreamble(1);
  const auto two = EncodePreamble(2);

  EXPECT_EQ(std::memcmp(one.data(), kMagic, kMagicSize), 0);
  EXPECT_NE(std::memcmp(one.data() + 12, two.data() + 12, 4), 0);
}

}  // namespace
}  // namespace fozzy

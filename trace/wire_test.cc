#include "trace/wire.h"

#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

std::string Varint(uint64_t value) {
  char bytes[kVarintSizeMax];
  char* const end = PutVarint(bytes, value);
  return std::string(bytes, end);
}

TEST(WireTest, NumbersOfAnySizeAreReadBack) {
  for (uint32_t bits = 0; bits < 64; ++bits) {
    for (const uint64_t value : {uint64_t{1} << bits, (uint64_t{1} << bits) - 1,
                                 ~uint64_t{0} >> bits}) {
      const std::string bytes = Varint(value);
      WireReader reader(bytes);
      uint64_t read = 0;

      ASSERT_TRUE(reader.ReadVarint(read)) << value;
      EXPECT_EQ(read, value);
      EXPECT_TRUE(reader.is_at_end());
      EXPECT_EQ(bytes.size(), VarintSize(value));
    }
  }
}

// The example of the encoding guide of protobuf.
TEST(WireTest, VarintsAreThoseOfProtobuf) {
  EXPECT_EQ(Varint(150), "\x96\x01");
}

TEST(WireTest, ACutNumberIsRefused) {
  const std::string bytes = Varint(~uint64_t{0});
  for (size_t size = 0; size < bytes.size(); ++size) {
    WireReader reader(absl::string_view(bytes.data(), size));
    uint64_t read = 0;

    EXPECT_FALSE(reader.ReadVarint(read)) << size;
  }
}

TEST(WireTest, ANumberOfMoreThan64BitsIsRefused) {
  const std::string nine(9, '\xff');
  for (const std::string& bytes :
       {nine + '\x02', nine + '\xff', nine + "\xff\x01"}) {
    WireReader reader(bytes);
    uint64_t read = 0;

    EXPECT_FALSE(reader.ReadVarint(read));
  }
}

TEST(WireTest, SmallDifferencesOfEitherSignAreSmall) {
  EXPECT_EQ(ZigZag(0), 0u);
  EXPECT_EQ(ZigZag(~uint64_t{0}), 1u);
  EXPECT_EQ(ZigZag(1), 2u);
  for (const uint64_t value :
       {uint64_t{0}, uint64_t{5}, ~uint64_t{0}, uint64_t{1} << 63}) {
    EXPECT_EQ(UnZigZag(ZigZag(value)), value);
  }
}

TEST(WireTest, BytesThatReachBeyondTheEndAreRefused) {
  for (const std::string& bytes :
       {std::string("\x03xy"), Varint(~uint64_t{0}) + "xy"}) {
    WireReader reader(bytes);
    absl::string_view read;

    EXPECT_FALSE(reader.ReadBytes(read));
  }
}

TEST(WireTest, GroupsAreRefused) {
  for (const char tag : {'\x0b', '\x0c', '\x0d'}) {
    const std::string bytes(1, tag);
    WireReader reader(bytes);
    uint64_t field = 0;
    WireType type = WireType::kVarint;

    EXPECT_FALSE(reader.ReadTag(field, type));
  }
}

}  // namespace
}  // namespace fozzy

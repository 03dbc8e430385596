#include "cli/time_text.h"

#include <cstdint>
#include <optional>
#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(TimeTextTest, TimestampsAreUtcWithNanoseconds) {
  EXPECT_EQ(TimestampText(0), "1970-01-01T00:00:00.000000000Z");
  // 2000-02-29 is 11016 days after 1970-01-01.
  EXPECT_EQ(TimestampText(int64_t{11016} * 86'400 * 1'000'000'000 + 5),
            "2000-02-29T00:00:00.000000005Z");
  EXPECT_EQ(TimestampText(-1), "1969-12-31T23:59:59.999999999Z");
}

TEST(TimeTextTest, TimestampsAreReadBack) {
  for (const int64_t time :
       {int64_t{0}, int64_t{1'795'242'373'495'830'229}, int64_t{-1}}) {
    EXPECT_EQ(ReadTimestamp(TimestampText(time)), time);
  }
  for (const std::string text :
       {"", "2026-11-21T06:26:13Z", "2026-11-21T06:26:13.495830229",
        "2026-02-30T06:26:13.495830229Z", "2026-11-21T06:26:13.49583022xZ"}) {
    EXPECT_EQ(ReadTimestamp(text), std::nullopt) << text;
  }
}

TEST(TimeTextTest, DurationsHaveTheUnitThatSuitsThem) {
  EXPECT_EQ(DurationText(0), "0 ms");
  EXPECT_EQ(DurationText(1), "1 us");
  EXPECT_EQ(DurationText(59'265), "60 us");
  EXPECT_EQ(DurationText(12'999'999), "12 ms");
  EXPECT_EQ(DurationText(10'000'000'000), "10 s");
  EXPECT_EQ(DurationText(10'540'000'000), "10.5 s");
  EXPECT_EQ(DurationText(200'000'000'000), "3 min 20 s");
}

TEST(TimeTextTest, SecondsHaveSixDecimals) {
  EXPECT_EQ(SecondsText(59'265), "0.000059");
  EXPECT_EQ(SecondsText(12'000'000'001), "12.000000");
}

TEST(TimeTextTest, MicrosHaveThreeDigitsAfterThePointAndReadBack) {
  EXPECT_EQ(MicrosText(0), "0.000");
  EXPECT_EQ(MicrosText(1034), "1.034");
  EXPECT_EQ(MicrosText(12'000'007), "12000.007");
  for (const uint64_t ns : {uint64_t{0}, uint64_t{999}, uint64_t{1'000'000}}) {
    EXPECT_EQ(ReadMicros(MicrosText(ns)), ns);
  }
  for (const char* text : {"", "1", "1.", ".5", "1.0345", "1.03", "-1.000",
                           "1.-34", "18446744073709551616.000"}) {
    EXPECT_FALSE(ReadMicros(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace fozzy

#include "cli/run_id.h"

#include <array>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::MatchesRegex;

TEST(RunIdTest, IsAUuidOfVersionFour) {
  std::array<uint8_t, 16> random;
  for (const int value : {0, 0x5a, 0xff}) {
    random.fill(static_cast<uint8_t>(value));
    EXPECT_THAT(RunIdText(random),
                MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-"
                             "[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  }
}

TEST(RunIdTest, OnlyItsCharactersMakeAPrefix) {
  EXPECT_TRUE(IsRunIdPrefix("58f9-"));
  for (const std::string text : {"", "../58f9", "58F9", "latest", ".",
                                 "58f96a8b-4dfa-496f-8632-3b141bf66ae70"}) {
    EXPECT_FALSE(IsRunIdPrefix(text)) << text;
  }
}

TEST(RunIdTest, ShowsTheRandomBytesInOrder) {
  std::array<uint8_t, 16> random;
  for (size_t i = 0; i < random.size(); ++i) {
    random[i] = static_cast<uint8_t>(i * 0x11);
  }
  EXPECT_EQ(RunIdText(random), "00112233-4455-4677-8899-aabbccddeeff");
}

}  // namespace
}  // namespace fozzy

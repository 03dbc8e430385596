#include "sim/linearizability_memo.h"

#include <gtest/gtest.h>

#include <array>

namespace fozzy {
namespace {

using Words = std::array<uint32_t, 2>;

TEST(ConfigurationMemoTest, KnowsWhatWasInserted) {
  ConfigurationMemo memo(2);

  EXPECT_TRUE(memo.Insert(Words{1, 2}, 7));
  EXPECT_TRUE(memo.Insert(Words{2, 1}, 8));
  EXPECT_FALSE(memo.Insert(Words{1, 2}, 7));

  ASSERT_EQ(memo.size(), 2);
  EXPECT_EQ(memo.At(0)[1], 2);
  EXPECT_EQ(memo.At(1)[1], 1);
}

TEST(ConfigurationMemoTest, EqualDigestsDoNotMakeEqualConfigurations) {
  ConfigurationMemo memo(2);
  for (uint32_t i = 0; i < 300; ++i) {
    EXPECT_TRUE(memo.Insert(Words{i % 20, i / 20}, 0)) << i;
  }
  for (uint32_t i = 0; i < 300; ++i) {
    EXPECT_FALSE(memo.Insert(Words{i % 20, i / 20}, 0)) << i;
  }
  EXPECT_EQ(memo.size(), 300);
}

TEST(ConfigurationMemoTest, AppendedOnesAreNotKnown) {
  ConfigurationMemo memo(2);
  memo.Append(Words{1, 2});
  memo.Append(Words{1, 2});

  EXPECT_TRUE(memo.Insert(Words{1, 2}, 7));
  EXPECT_EQ(memo.size(), 3);
}

TEST(ConfigurationMemoDeathTest, AConfigurationOfAnotherSizeIsABug) {
  ConfigurationMemo memo(3);
  EXPECT_DEATH(memo.Append(Words{1, 2}), "check failed");
}

}  // namespace
}  // namespace fozzy

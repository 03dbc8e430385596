#include "trace/interner.h"

#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(InternerTest, TextsAreNumberedInTheOrderTheyCome) {
  Interner names;
  bool is_new = false;

  EXPECT_EQ(names.Intern("b", is_new), 0u);
  EXPECT_TRUE(is_new);
  EXPECT_EQ(names.Intern("a", is_new), 1u);
  EXPECT_EQ(names.Intern("b", is_new), 0u);
  EXPECT_FALSE(is_new);
}

// Texts of all lengths, some of which differ in one byte or in length only.
TEST(InternerTest, AsManyTextsAsFitAreToldApart) {
  Interner names;
  bool is_new = false;
  for (int round = 0; round < 2; ++round) {
    for (size_t i = 0; i < kNamesMax; ++i) {
      std::string text(i % 40, '\0');
      text += std::to_string(i / 40);
      EXPECT_EQ(names.Intern(text, is_new), i);
      EXPECT_EQ(is_new, round == 0) << i;
    }
  }
  EXPECT_EQ(names.size(), kNamesMax);
}

TEST(InternerTest, EmptyTextsAndZeroBytesAreTexts) {
  Interner names;
  bool is_new = false;

  EXPECT_EQ(names.Intern("", is_new), 0u);
  EXPECT_EQ(names.Intern(std::string_view("\0", 1), is_new), 1u);
  EXPECT_EQ(names.Intern(std::string_view("\0\0", 2), is_new), 2u);
  EXPECT_EQ(names.Intern(std::string_view(), is_new), 0u);
}

TEST(InternerTest, ClearForgetsAll) {
  Interner names;
  bool is_new = false;
  names.Intern("a", is_new);
  names.Intern("b", is_new);

  names.Clear();

  EXPECT_EQ(names.size(), 0u);
  EXPECT_EQ(names.Intern("b", is_new), 0u);
  EXPECT_TRUE(is_new);
}

TEST(InternerDeathTest, OneTextTooManyIsABug) {
  Interner names;
  bool is_new = false;
  for (size_t i = 0; i < kNamesMax; ++i)
    names.Intern(std::to_string(i), is_new);

  EXPECT_DEATH(names.Intern("one more", is_new), "check failed");
}

}  // namespace
}  // namespace fozzy

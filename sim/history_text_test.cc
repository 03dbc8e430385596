#include "fozzy/history_text.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace fozzy {
namespace {

enum class Colour : uint8_t { kRed = 3 };

struct Named {
  std::string Text() const { return "named"; }
};

struct Opaque {};

TEST(HistoryTextTest, ShowsPlainValues) {
  EXPECT_EQ(HistoryText(true), "true");
  EXPECT_EQ(HistoryText(false), "false");
  EXPECT_EQ(HistoryText(-3), "-3");
  EXPECT_EQ(HistoryText(~uint64_t{0}), "18446744073709551615");
  EXPECT_EQ(HistoryText(Colour::kRed), "3");
  EXPECT_EQ(HistoryText(std::string("a b")), "\"a b\"");
  EXPECT_EQ(HistoryText(std::string_view("c")), "\"c\"");
  EXPECT_EQ(HistoryText(Named()), "named");
  EXPECT_EQ(HistoryText(Opaque()), "?");
}

TEST(HistoryTextTest, ShowsWhatContainersHold) {
  EXPECT_EQ(HistoryText(std::deque<int>{1, 2}), "[1, 2]");
  EXPECT_EQ(HistoryText(std::vector<bool>{true, false}), "[true, false]");
  EXPECT_EQ(HistoryText(std::vector<int>{}), "[]");
  EXPECT_EQ(HistoryText(std::map<int, std::string>{{1, "x"}}), "[1: \"x\"]");
  EXPECT_EQ(HistoryText(std::set<std::deque<int>>{{}, {1}}), "[[], [1]]");
}

TEST(HistoryTextTest, ShowsWhatMayBeThereOrOneOfSeveral) {
  using Either = std::variant<std::monostate, bool, std::optional<int>>;
  EXPECT_EQ(HistoryText(std::optional<int>(4)), "4");
  EXPECT_EQ(HistoryText(std::optional<int>()), "nothing");
  EXPECT_EQ(HistoryText(Either()), "done");
  EXPECT_EQ(HistoryText(Either(true)), "true");
  EXPECT_EQ(HistoryText(Either(std::optional<int>(5))), "5");
  EXPECT_EQ(HistoryText(std::vector<Either>{{}, true}), "[done, true]");
}

}  // namespace
}  // namespace fozzy

#include "cli/explore_state.h"

#include <string>

#include "gtest/gtest.h"

namespace fozzy {
namespace {

ExploreState Sample() {
  ExploreState state;
  state.scenario = "0123456789abcdef0123456789abcdef";
  state.seed = ~uint64_t{0};
  state.settings = {{"det", "true"}, {"checker", "a:\"b\""}, {"checker", "c"}};
  state.runs = 7;
  state.deliveries = 28;
  state.digests = {0, 1, 0xfedcba9876543210, ~uint64_t{0}};
  return state;
}

TEST(ExploreStateTest, ReadsWhatItWrites) {
  for (const ExploreState& state : {Sample(), ExploreState()}) {
    const auto read = ReadExploreState(WriteExploreState(state));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, state);
  }
}

TEST(ExploreStateTest, WhatIsCutShortIsNoState) {
  const std::string text = WriteExploreState(Sample());
  for (size_t length = 0; length < text.size(); ++length) {
    EXPECT_EQ(ReadExploreState(text.substr(0, length)).status().code(),
              absl::StatusCode::kDataLoss)
        << length;
  }
}

TEST(ExploreStateTest, WhatDoesNotFitIsNoState) {
  const std::string text = WriteExploreState(Sample());
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string other = text;
    const size_t at = other.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return other.replace(at, from.size(), to);
  };
  for (const std::string& other : {
           changed("explore_state.v1", "explore_state.v2"),
           changed("\"det\":\"true\"", "\"det\":true"),
           changed("\"settings\":{", "\"settings\":[],\"other\":{"),
           changed("fedcba9876543210", "fedcba987654321"),
           changed("fedcba9876543210", "fedcba987654321G"),
           changed("\"runs\":7", "\"runs\":3"),
           changed("\"digests\"", "\"digest\""),
           std::string("[]"),
       }) {
    EXPECT_EQ(ReadExploreState(other).status().code(),
              absl::StatusCode::kDataLoss)
        << other;
  }
}

}  // namespace
}  // namespace fozzy

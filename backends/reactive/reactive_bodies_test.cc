#include "backends/reactive/reactive_bodies.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fozzy {
namespace {

TEST(ReactiveBodiesTest, NamesAreInOrder) {
  const std::span<const ReactiveBody> bodies = ReactiveBodies();
  EXPECT_TRUE(std::is_sorted(
      bodies.begin(), bodies.end(),
      [](const auto& a, const auto& b) { return a.name < b.name; }));
}

// Outside of runs, every choice is the dullest.
TEST(ReactiveBodiesTest, TheCalmestRunsFindNothing) {
  for (const ReactiveBody& body : ReactiveBodies()) body.body();
}

}  // namespace
}  // namespace fozzy

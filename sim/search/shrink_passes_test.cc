#include "sim/search/shrink_passes.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace fozzy {
namespace {

TEST(ShrinkPassesTest, EachIsThereOnceAndSaysWhatItDoes) {
  std::set<std::string> names;
  std::set<void (*)(ShrinkState&)> functions;
  for (const ShrinkPass& pass : ShrinkPasses()) {
    EXPECT_TRUE(names.insert(std::string(pass.name)).second) << pass.name;
    EXPECT_TRUE(functions.insert(pass.run).second) << pass.name;
    EXPECT_FALSE(pass.help.empty()) << pass.name;
  }
}

TEST(ShrinkPassesTest, EachPartOfARunHasPassesOfItsOwn) {
  std::set<ShrinkPart> parts;
  for (const ShrinkPass& pass : ShrinkPasses()) parts.insert(pass.part);
  EXPECT_EQ(parts, (std::set{ShrinkPart::kSchedule, ShrinkPart::kFaults,
                             ShrinkPart::kInput, ShrinkPart::kAll}));
}

TEST(ShrinkPassesTest, FaultsAreDroppedBeforeAnythingElse) {
  EXPECT_EQ(ShrinkPasses().front().name, "drop-faults");
}

}  // namespace
}  // namespace fozzy

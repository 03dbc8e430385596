#include "scenarios/bodies/unmet_properties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(UnmetPropertiesTest, WhatAnySearchMetIsMet) {
  UnmetProperties all;
  all.Add({{"a.cc:1", "full"}, {"a.cc:2", "empty"}});
  all.Add({{"a.cc:2", "empty"}, {"a.cc:3", "late"}});

  EXPECT_THAT(all.Owed(true), ElementsAre(UnmetProperty{"a.cc:2", "empty"}));
}

TEST(UnmetPropertiesTest, SomeTestsOweOnlyWhatTheyCameBy) {
  UnmetProperties all;
  all.Add({{"a.cc:1", "full"}, {"a.cc:2", "empty", true}, {"a.cc:3", "late"}});
  all.Add({{"a.cc:1", "full"}, {"a.cc:2", "empty"}, {"a.cc:3", "late", true}});

  EXPECT_THAT(all.Owed(false),
              ElementsAre(UnmetProperty{"a.cc:2", "empty", true},
                          UnmetProperty{"a.cc:3", "late", true}));
  EXPECT_EQ(all.Owed(true).size(), 3u);
}

TEST(UnmetPropertiesTest, WithoutRunsNothingIsOwed) {
  EXPECT_THAT(UnmetProperties().Owed(true), IsEmpty());
}

TEST(UnmetPropertiesTest, AFindingSaysWhetherItWasTried) {
  const UnmetProperty property = {"a.cc:1", "full", true};
  EXPECT_EQ(TextOf(property), "a.cc:1 \"full\"");
  EXPECT_EQ(Signature(NeverReached(property, 9)), "never_reached/full");
  EXPECT_EQ(NeverReached(property, 9).message,
            "a.cc:1: in 9 runs this never held: full");
  EXPECT_EQ(NeverReached({"a.cc:1", "full"}, 9).message,
            "a.cc:1: in 9 runs this was never come by: full");
}

}  // namespace
}  // namespace fozzy

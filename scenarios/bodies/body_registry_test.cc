#include "scenarios/bodies/body_registry.h"

#include <gtest/gtest.h>

namespace fozzy {
namespace {

TEST(BodyRegistryTest, BodiesAreSortedByNameAndTheFirstOfANameCounts) {
  int runs = 0;
  RegisterBody("B.Second", [] {});
  RegisterBody("A.First", [&runs] { runs += 1; });
  RegisterBody("A.First", [&runs] { runs += 10; });

  ASSERT_EQ(RegisteredBodies().size(), 2u);
  EXPECT_EQ(RegisteredBodies()[0].name, "A.First");
  ASSERT_NE(FindBody("A.First"), nullptr);
  FindBody("A.First")->body();
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(FindBody("A"), nullptr);
  EXPECT_EQ(FindBody("C.Third"), nullptr);
}

TEST(BodyRegistryTest, FiltersAreThoseOfGoogleTest) {
  struct Case {
    absl::string_view filter;
    bool fits;
  };
  for (const Case& expected :
       {Case{"", true}, Case{"*", true}, Case{"Queue.Push", true},
        Case{"Queue", false}, Case{"Queue.*", true}, Case{"*.Push", true},
        Case{"*P?sh", true}, Case{"*P?h", false}, Case{"A.B:Queue.*", true},
        Case{"Queue.*-*.Push", false}, Case{"-*.Push", false},
        Case{"-*.Pop", true}, Case{"*u*u*s*", true},
        Case{"*u*u*u*u*", false}}) {
    EXPECT_EQ(FitsFilter("Queue.Push", expected.filter), expected.fits)
        << expected.filter;
  }
}

}  // namespace
}  // namespace fozzy

#include "backends/alloc/alloc_bodies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "fozzy/explore.h"

namespace fozzy {
namespace {

ExploreReport Search(void (*body)(), uint64_t runs) {
  return Explore({.seed = 3, .runs = runs, .confirms_findings = false}, body);
}

TEST(AllocBodiesTest, NamesAscend) {
  EXPECT_TRUE(std::ranges::is_sorted(AllocBodies(), {}, &AllocBody::name));
  EXPECT_TRUE(std::ranges::is_sorted(AllocMutants(), {}, &AllocMutant::name));
}

class AllocBodyTest : public testing::TestWithParam<AllocBody> {};

TEST_P(AllocBodyTest, NothingIsFound) {
  const ExploreReport report = Search(GetParam().body, 10'000);
  EXPECT_EQ(report.error, "");
  EXPECT_FALSE(report.finding) << report.ToText() << report.schedule;
}

INSTANTIATE_TEST_SUITE_P(Bodies, AllocBodyTest,
                         testing::ValuesIn(AllocBodies().begin(),
                                           AllocBodies().end()),
                         [](const auto& tested) {
                           return std::string(tested.param.name);
                         });

class AllocMutantTest : public testing::TestWithParam<AllocMutant> {};

TEST_P(AllocMutantTest, IsKilledUnlessItIsRight) {
  const AllocMutant& mutant = GetParam();
  const ExploreReport report = Search(mutant.body, 20'000);
  ASSERT_EQ(report.error, "");
  EXPECT_EQ(report.finding.has_value(), mutant.is_wrong)
      << mutant.name << ": " << report.ToText();
}

INSTANTIATE_TEST_SUITE_P(Mutants, AllocMutantTest,
                         testing::ValuesIn(AllocMutants().begin(),
                                           AllocMutants().end()),
                         [](const auto& tested) {
                           return std::string(tested.param.name);
                         });

}  // namespace
}  // namespace fozzy

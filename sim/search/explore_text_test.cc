#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fozzy/explore.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

ExploreReport Passed() {
  ExploreReport report;
  report.name = "queue";
  report.strategy = "dfs";
  report.seed = 7;
  report.runs = 3;
  report.distinct = 2;
  return report;
}

TEST(ExploreTextTest, AnErrorIsAllThereIsToSay) {
  ExploreReport report = Passed();
  report.error = "no such strategy";

  EXPECT_EQ(report.ToText(), "queue: no such strategy\n");
}

TEST(ExploreTextTest, ASearchWithoutFindingSaysHowFarItWent) {
  ExploreReport report = Passed();
  EXPECT_EQ(report.ToText(),
            "queue: nothing found in 3 runs, 2 of them different "
            "(dfs, seed 7)\n");

  report.abandoned = 1;
  report.is_exhaustive = true;
  EXPECT_THAT(report.ToText(),
              HasSubstr("1 given up, and there are no others"));
}

TEST(ExploreTextTest, OnlyPropertiesThatShouldHaveHeldAreMissed) {
  ExploreReport report = Passed();
  PropertySum missed;
  missed.text = "is full";
  missed.place = "queue.cc:12";
  PropertySum held = missed;
  held.text = "is empty";
  held.held = 1;
  PropertySum unreachable = missed;
  unreachable.text = "is lost";
  unreachable.kind = PropertyKind::kUnreachable;
  report.properties = {missed, held, unreachable};

  EXPECT_THAT(report.ToText(),
              HasSubstr("  never held: is full (queue.cc:12)\n"));
  EXPECT_THAT(report.ToText(), Not(HasSubstr("is empty")));
  EXPECT_THAT(report.ToText(), Not(HasSubstr("is lost")));
}

TEST(ExploreTextTest, AFindingComesWithItsRunAndSchedule) {
  ExploreReport report = Passed();
  Finding finding;
  finding.kind = FindingKind::kDeadlock;
  finding.message = "two wait";
  report.finding = finding;
  report.finding_run = 2;
  report.decisions.resize(4);
  report.schedule = "the table\n";

  EXPECT_EQ(report.ToText(),
            "queue: deadlock: two wait\n"
            "  in run 2 (dfs, seed 7), 4 decisions\n"
            "the table\n");
}

}  // namespace
}  // namespace fozzy

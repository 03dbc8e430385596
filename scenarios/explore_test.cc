// Many schedules of one distributed scenario.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "scenarios/scenario_subject.h"
#include "scenarios/schedule.h"
#include "scenarios/testing/scenario_run.h"
#include "sim/core/list_strategy.h"
#include "sim/search/search_tally.h"
#include "sim/search/search_worker.h"

namespace fozzy {
namespace {

constexpr char kPuts[] =
    R"("node_count":3,"steps":[
      {"type":"client_put","node":"n0","key":"x","value":"1"},
      {"type":"client_put","node":"n1","key":"x","value":"2"}],
    "invariants":[{"type":"kv_all_equal","key":"x"}])";

// Fails in about one of ten runs.
constexpr char kRare[] =
    R"("system":"kv-lww-bug","node_count":3,"steps":[
      {"type":"client_put","node":"n0","key":"x","value":"1"},
      {"type":"client_put","node":"n1","key":"y","value":"1"},
      {"type":"partition","a":"n0","b":"n1"},
      {"type":"client_put","node":"n0","key":"x","value":"2"},
      {"type":"heal","a":"n0","b":"n1"}],
    "invariants":[{"type":"kv_all_equal","key":"x"}])";

bool Never() { return false; }

// One worker with all that it needs.
class Explorer {
 public:
  Explorer(const Scenario& scenario, const RunConfig& config)
      : subject_(*ScenarioSubject::Make(scenario, config)),
        schedule_(ScenarioVariant::kDistributed, config) {}

  SearchBlock Explore(const SearchRange& range,
                      absl::FunctionRef<bool()> is_stopped) {
    return SearchWorker(*subject_, schedule_).Run(range, is_stopped, {});
  }

 private:
  const std::unique_ptr<ScenarioSubject> subject_;
  ScheduleStrategy schedule_;
};

struct Exploration {
  explicit Exploration(absl::string_view members,
                       const std::string& schedule = "random")
      : scenario(ParseOrDie(FileOfCluster(members))), config(DetConfig()) {
    config.schedule = schedule;
  }

  // Returns the tally of runs 0 to `runs` - 1, run in blocks of `size`, each
  // by another worker.
  SearchTally Tally(uint64_t runs, uint64_t size) const {
    SearchTally tally;
    while (tally.runs() < runs && !tally.is_over()) {
      Explorer explorer(scenario, config);
      const uint64_t count = std::min(size, runs - tally.runs());
      tally.Add(explorer.Explore({tally.runs(), count}, Never));
    }
    return tally;
  }

  const Scenario scenario;
  RunConfig config;
};

TEST(ExploreTest, WhatIsFoundDoesNotDependOnHowTheRunsAreSplit) {
  for (const absl::string_view members : {kPuts, kRare}) {
    const Exploration exploration(members);
    const SearchTally whole = exploration.Tally(200, 200);
    for (const uint64_t size : {1u, 7u, 64u}) {
      const SearchTally split = exploration.Tally(200, size);
      EXPECT_EQ(split.runs(), whole.runs());
      EXPECT_EQ(split.points(), whole.points());
      EXPECT_EQ(split.digests().Sorted(), whole.digests().Sorted());
      ASSERT_EQ(split.found().has_value(), whole.found().has_value());
      if (!whole.found()) continue;
      EXPECT_EQ(split.found()->run, whole.found()->run);
      EXPECT_EQ(split.found()->decisions, whole.found()->decisions);
    }
  }
}

TEST(ExploreTest, StopsAtTheFirstFindingAndHandsOverItsDecisions) {
  const Exploration exploration(kRare);
  const SearchTally tally = exploration.Tally(1000, 100);
  ASSERT_TRUE(tally.found().has_value());
  EXPECT_EQ(tally.runs(), tally.found()->run + 1);
  EXPECT_FALSE(tally.is_exhaustive());

  ListStrategy again({tally.found()->decisions});
  again.Begin(0);
  ScenarioRunOptions options;
  options.config = exploration.config;
  options.strategy = &again;
  const ScenarioRun run = RunParsed(exploration.scenario, options);
  ASSERT_EQ(run.report.findings.size(), 1u);
  EXPECT_EQ(run.report.findings[0].title, "kv_all_equal");
  EXPECT_EQ(run.heard.decisions, tally.found()->decisions);
}

TEST(ExploreTest, CountsDifferentSchedules) {
  // Both nodes tell two others.
  const Exploration exploration(kPuts);
  const SearchTally some = exploration.Tally(10, 10);
  const SearchTally many = exploration.Tally(5000, 1000);
  EXPECT_EQ(many.runs(), 5000u);
  EXPECT_GT(many.points(), 4 * 5000u - 1);
  EXPECT_LE(some.digests().count(), 10u);
  // 4 messages, 2 of which may come before the second step: how many ways
  // there are to go is counted by hand.  None before: 24.  One before, then
  // the step: 2 * 3! = 12.  Both: 2 * 2! = 4.
  EXPECT_EQ(many.digests().count(), 40u);
}

TEST(ExploreTest, AnExhaustiveSearchEndsAndSaysSo) {
  // The number is that of the test above.
  const Exploration exploration(kPuts, "exhaustive");
  const SearchTally tally = exploration.Tally(1000, 1000);
  EXPECT_EQ(tally.runs(), 40u);
  EXPECT_EQ(tally.digests().count(), 40u);
  EXPECT_TRUE(tally.is_exhaustive());
  EXPECT_FALSE(exploration.Tally(39, 39).is_exhaustive());
}

TEST(ExploreTest, OtherSchedulesReachWhatRandomOnesDo) {
  for (const std::string schedule :
       {"pct:3", "pos", "surw", "urw", "portfolio", "preempt:2", "feedback"}) {
    const SearchTally tally = Exploration(kPuts, schedule).Tally(3000, 3000);
    EXPECT_GT(tally.digests().count(), 12u) << schedule;
    EXPECT_LE(tally.digests().count(), 40u) << schedule;
    const SearchTally rare = Exploration(kRare, schedule).Tally(3000, 3000);
    EXPECT_TRUE(rare.found().has_value()) << schedule;
  }
}

TEST(ExploreTest, OtherSchedulesDoNotDependOnHowTheRunsAreSplit) {
  for (const std::string schedule : {"pct:3", "pos", "surw", "portfolio"}) {
    const Exploration exploration(kPuts, schedule);
    const SearchTally whole = exploration.Tally(200, 200);
    const SearchTally split = exploration.Tally(200, 7);
    EXPECT_EQ(split.points(), whole.points()) << schedule;
    EXPECT_EQ(split.digests().Sorted(), whole.digests().Sorted()) << schedule;
  }
}

TEST(ExploreTest, AScheduleThatIsOneRunIsRunOnce) {
  for (const std::string schedule : {"fifo", "dfs"}) {
    const SearchTally tally = Exploration(kPuts, schedule).Tally(100, 10);
    EXPECT_EQ(tally.runs(), 1u) << schedule;
    EXPECT_FALSE(tally.is_exhaustive()) << schedule;
  }
}

TEST(ExploreTest, WithNothingOpenOneRunIsAllThereIs) {
  const SearchTally tally = Exploration(R"("node_count":1,"steps":[
        {"type":"client_put","node":"n0","key":"x","value":"1"}])")
                                .Tally(100, 10);
  EXPECT_EQ(tally.runs(), 1u);
  EXPECT_TRUE(tally.is_exhaustive());
}

TEST(ExploreTest, AStoppedWorkerHandsOverWhatItHas) {
  const Exploration exploration(kPuts);
  Explorer explorer(exploration.scenario, exploration.config);
  int asked = 0;
  const SearchBlock block =
      explorer.Explore({5, 100}, [&] { return ++asked == 3; });
  EXPECT_EQ(block.first, 5u);
  EXPECT_EQ(block.runs, 3u);
  EXPECT_FALSE(block.is_exhausted);
}

TEST(ExploreTest, GoesOnWhereAnotherOneStopped) {
  const Exploration exploration(kPuts);
  const SearchTally whole = exploration.Tally(100, 10);
  const SearchTally part = exploration.Tally(60, 10);
  SearchTally rest;
  rest.Add({.runs = part.runs(),
            .points = part.points(),
            .digests = part.digests().Sorted()});
  Explorer explorer(exploration.scenario, exploration.config);
  rest.Add(explorer.Explore({60, 40}, Never));
  EXPECT_FALSE(rest.is_over());
  EXPECT_EQ(rest.runs(), whole.runs());
  EXPECT_EQ(rest.points(), whole.points());
  EXPECT_EQ(rest.digests().Sorted(), whole.digests().Sorted());
}

}  // namespace
}  // namespace fozzy

#include "cli/explore_jobs.h"

#include <string>
#include <utility>

#include "backends/host/host_clock.h"
#include "gtest/gtest.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/scenario_subject.h"
#include "scenarios/schedule.h"
#include "sim/base/check.h"
#include "sim/search/search_worker.h"

namespace fozzy {
namespace {

// Returns a scenario of which one run of a hundred or so fails.
std::string SourceOf(const std::string& system) {
  std::string steps;
  for (const char* key : {"a", "b", "c"}) {
    steps += std::string(R"({"type":"client_put","node":"n2","key":")") + key +
             R"(","value":"1"},)";
  }
  return R"({"version":1,"name":"t","distributed":{"system":")" + system +
         R"(","node_count":3,"steps":[)" + steps +
         R"({"type":"client_put","node":"n0","key":"x","value":"1"},
            {"type":"tick","duration":"1ms"},{"type":"tick","duration":"1ms"},
            {"type":"tick","duration":"1ms"},{"type":"tick","duration":"1ms"},
            {"type":"partition","a":"n0","b":"n1"},
            {"type":"client_put","node":"n0","key":"x","value":"2"},
            {"type":"heal","a":"n0","b":"n1"}],
          "invariants":[{"type":"kv_all_equal","key":"x"}]}})";
}

struct Workplace {
  explicit Workplace(const std::string& system) {
    outcome = ParseScenario("t", SourceOf(system), ScenarioTables());
    FOZZY_CHECK(outcome.scenario.has_value());
    config.is_det = true;
    config.seed = 5;
    config.schedule = "random";
    jobs.scenario = &*outcome.scenario;
    jobs.config = &config;
  }

  SearchTally Run(uint64_t runs, uint64_t threads) {
    jobs.runs = runs;
    jobs.jobs = threads;
    SearchTally tally;
    Explore(jobs, tally, [] {});
    return tally;
  }

  RunConfig config;
  ParseOutcome outcome;
  ExploreJobs jobs;
};

void ExpectSame(const SearchTally& a, const SearchTally& b) {
  EXPECT_EQ(a.runs(), b.runs());
  EXPECT_EQ(a.points(), b.points());
  EXPECT_EQ(a.digests().Sorted(), b.digests().Sorted());
  ASSERT_EQ(a.found().has_value(), b.found().has_value());
  if (!a.found()) return;
  EXPECT_EQ(a.found()->run, b.found()->run);
  EXPECT_EQ(a.found()->decisions, b.found()->decisions);
}

TEST(ExploreJobsTest, TheTallyDoesNotDependOnTheNumberOfThreads) {
  for (const std::string system : {"kv", "kv-lww-bug"}) {
    Workplace workplace(system);
    const SearchTally one = workplace.Run(3000, 1);
    EXPECT_EQ(one.found().has_value(), system != "kv");
    for (const uint64_t threads : {2u, 5u, 16u}) {
      ExpectSame(workplace.Run(3000, threads), one);
    }
  }
}

TEST(ExploreJobsTest, TheFindingIsThatOfTheLowestRun) {
  Workplace workplace("kv-lww-bug");
  for (uint64_t seed = 0; seed < 20; ++seed) {
    workplace.config.seed = seed;
    const SearchTally tally = workplace.Run(3000, 4);
    ASSERT_TRUE(tally.found().has_value()) << seed;
    const auto subject =
        *ScenarioSubject::Make(*workplace.outcome.scenario, workplace.config);
    ScheduleStrategy schedule(ScenarioVariant::kDistributed, workplace.config);
    const SearchBlock alone = SearchWorker(*subject, schedule)
                                  .Run({0, 3000}, [] { return false; }, {});
    EXPECT_EQ(tally.found()->run, alone.runs - 1) << seed;
    EXPECT_EQ(tally.runs(), alone.runs) << seed;
  }
}

TEST(ExploreJobsTest, EveryRunIsDoneOnceWhateverTheirNumber) {
  Workplace workplace("kv");
  for (const uint64_t runs : {1u, 2u, 3u, 17u, 511u, 1000u}) {
    EXPECT_EQ(workplace.Run(runs, 3).runs(), runs);
  }
}

TEST(ExploreJobsTest, GoesOnWhereTheTallyStands) {
  Workplace workplace("kv");
  const SearchTally whole = workplace.Run(1000, 2);
  SearchTally tally = workplace.Run(400, 2);
  workplace.jobs.runs = 1000;
  Explore(workplace.jobs, tally, [] {});
  ExpectSame(tally, whole);
  Explore(workplace.jobs, tally, [] {});
  EXPECT_EQ(tally.runs(), 1000u) << "nothing is left";
}

TEST(ExploreJobsTest, ADeadlineEndsItAndWhatIsTalliedHasNoGap) {
  Workplace workplace("kv");
  workplace.jobs.runs = ~uint64_t{0};
  workplace.jobs.jobs = 3;
  workplace.jobs.deadline_ns = 0;  // over before it began
  SearchTally none;
  Explore(workplace.jobs, none, [] {});
  EXPECT_EQ(none.runs(), 0u);

  // Whenever it comes, what is tallied is what so many runs come to.
  workplace.jobs.deadline_ns = MonotonicNs() + 20'000'000;
  SearchTally some;
  Explore(workplace.jobs, some, [] {});
  workplace.jobs.deadline_ns = ~uint64_t{0};
  ExpectSame(workplace.Run(some.runs(), 1), some);
}

}  // namespace
}  // namespace fozzy

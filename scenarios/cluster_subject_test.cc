#include "scenarios/cluster_subject.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "scenarios/run_scenario.h"
#include "scenarios/testing/scenario_run.h"
#include "sim/core/list_strategy.h"
#include "sim/core/newest_strategy.h"
#include "sim/core/seeded_strategy.h"
#include "trace/testing/allocation_meter.h"

namespace fozzy {
namespace {

// Two writes of one node, the second behind a partition: the scenario that
// kv-lww-bug is planted for.
constexpr char kHealed[] =
    R"("node_count":3,"steps":[
      {"type":"client_put","node":"n0","key":"x","value":"1"},
      {"type":"partition","a":"n0","b":"n1"},
      {"type":"client_put","node":"n0","key":"x","value":"2"},
      {"type":"heal","a":"n0","b":"n1"}],
    "invariants":[{"type":"kv_all_equal","key":"x"}])";

// A bit of everything.
constexpr char kBusy[] =
    R"("nodes":["c","a","b"],"steps":[
      {"type":"client_put","node":"a","key":"x","value":"1"},
      {"type":"partition","a":"b","b":"a"},
      {"type":"client_put","node":"b","key":"x","value":"a longer value"},
      {"type":"crash","node":"c"},
      {"type":"client_put","node":"a","key":"y","value":"1"},
      {"type":"client_put","node":"c","key":"y","value":"3"},
      {"type":"tick","duration":"5ms"},
      {"type":"heal","a":"a","b":"b"},
      {"type":"client_get_assert","node":"b","key":"y","equals":"1"},
      {"type":"restart","node":"c"},
      {"type":"client_put","node":"c","key":"x","value":"3"}],
    "invariants":[{"type":"kv_all_equal","key":"x"},
      {"type":"kv_node_equals","node":"c","key":"x","equals":"3"}])";

std::string FileOf(absl::string_view members, absl::string_view system) {
  return FileOfCluster(absl::StrCat(R"("system":")", system, R"(",)", members));
}

// A scenario that is run again and again.
struct Campaign {
  explicit Campaign(const std::string& source)
      : scenario(ParseOrDie(source)),
        config(DetConfig()),
        plan(*PlanCluster(scenario, config)),
        subject(plan, config) {}

  ClusterOutcome RunWith(Strategy& strategy, RunSink* sink = nullptr) {
    Run run({&strategy, sink, nullptr});
    return subject.RunOnce(run);
  }

  const Scenario scenario;
  const RunConfig config;
  const ClusterPlan plan;
  ClusterSubject subject;
};

// Returns the first of `runs` random runs that fails.
std::optional<uint64_t> FirstFailure(Campaign& campaign, uint64_t runs) {
  SeededStrategy strategy({.seed = 1});
  for (uint64_t i = 0; i < runs; ++i) {
    strategy.Begin(i);
    if (campaign.RunWith(strategy).status != RunStatus::kPass) return i;
  }
  return std::nullopt;
}

// The same object, used again, against a new one every time.
TEST(ClusterSubjectTest, ARunDoesNotDependOnThoseBefore) {
  for (const std::string system : {"kv", "kv-lww-bug"}) {
    Campaign campaign(FileOf(kBusy, system));
    SeededStrategy strategy({.seed = 1});
    uint64_t failures = 0;
    for (uint64_t i = 0; i < 300; ++i) {
      strategy.Begin(i);
      const ClusterOutcome outcome = campaign.RunWith(strategy);
      const RunReport again = campaign.subject.Report();

      strategy.Begin(i);
      ScenarioRunOptions options;
      options.strategy = &strategy;
      const ScenarioRun alone = RunParsed(campaign.scenario, options);
      ASSERT_EQ(outcome.digest, alone.report.digest) << "run " << i;
      EXPECT_EQ(outcome.status, alone.report.status) << "run " << i;
      EXPECT_EQ(outcome.deliveries,
                alone.EventsOf(EventKind::kReplicate).size());
      EXPECT_EQ(again.digest, alone.report.digest) << "run " << i;
      EXPECT_EQ(again.findings, alone.report.findings) << "run " << i;
      EXPECT_EQ(again.virtual_time, alone.report.virtual_time);
      EXPECT_EQ(again.steps, alone.report.steps);
      failures += outcome.status == RunStatus::kPass ? 0 : 1;
    }
    EXPECT_GT(failures, 10u) << system;
    EXPECT_LT(failures, 290u) << system;
  }
}

TEST(ClusterSubjectTest, TheDigestIsTheSameWhetherSomebodyListensOrNot) {
  Campaign campaign(FileOf(kBusy, "kv"));
  RecordingSink sink;
  CalmStrategy calm;
  EXPECT_EQ(campaign.RunWith(calm).digest,
            campaign.RunWith(calm, &sink).digest);
  EXPECT_FALSE(sink.events.empty());
}

TEST(ClusterSubjectTest, RunsThatFindNothingAllocateNothing) {
  Campaign campaign(FileOf(kHealed, "kv"));
  FirstFailure(campaign, 500);  // until all buffers are as large as needed
  StartMeter();
  FirstFailure(campaign, 500);
  EXPECT_EQ(PeakBytes(), 0u);
}

TEST(ClusterSubjectTest, ThePlantedBugIsFoundByRandomSchedules) {
  Campaign campaign(FileOf(kHealed, "kv-lww-bug"));
  ASSERT_TRUE(FirstFailure(campaign, 3000).has_value());
  const RunReport report = campaign.subject.Report();
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(Signature(report.findings[0]), "invariant/kv_all_equal");
}

TEST(ClusterSubjectTest, TheCorrectSystemNeverFails) {
  Campaign campaign(FileOf(kHealed, "kv"));
  EXPECT_EQ(FirstFailure(campaign, 20'000), std::nullopt);
}

// With no delivery before the script is over, what arrives last of a node is
// its last write.
TEST(ClusterSubjectTest, ThePlantedBugIsNotFoundByTheCalmSchedule) {
  for (const absl::string_view members : {kHealed, kBusy}) {
    CalmStrategy calm;
    Campaign correct(FileOf(members, "kv"));
    Campaign broken(FileOf(members, "kv-lww-bug"));
    EXPECT_EQ(broken.RunWith(calm).status, correct.RunWith(calm).status);
    EXPECT_EQ(broken.subject.Report().findings,
              correct.subject.Report().findings);
  }
}

TEST(ClusterSubjectTest, ThePlantedBugNeedsThePartition) {
  constexpr char kConnected[] =
      R"("node_count":3,"steps":[
        {"type":"client_put","node":"n0","key":"x","value":"1"},
        {"type":"client_put","node":"n0","key":"x","value":"2"},
        {"type":"heal","a":"n0","b":"n1"}],
      "invariants":[{"type":"kv_all_equal","key":"x"}])";
  Campaign campaign(FileOf(kConnected, "kv-lww-bug"));
  EXPECT_EQ(FirstFailure(campaign, 3000), std::nullopt);
}

}  // namespace
}  // namespace fozzy

// The scenarios of scenarios/suite in a world where things go wrong: whatever
// fails, a run ends, and its recording gives the same run.
#include <gtest/gtest.h>

#include <string>

#include "scenarios/testing/recorded_run.h"
#include "scenarios/testing/scenario_run.h"
#include "scenarios/testing/suite.h"
#include "sim/fault_plan.h"

namespace fozzy {
namespace {

constexpr uint64_t kSeeds = 20;

// How the runs of one site went.
struct Tally {
  uint64_t struck = 0;  // runs with a fault
  uint64_t spared = 0;  // runs that asked and had none
};

// Runs `file` with `site` at odds of 1/2 and, if anything was asked, records
// and replays it.
void RunUnderFaults(const SuiteScenario& file, const std::string& site,
                    uint64_t seed, Tally& tally) {
  ScenarioRunOptions options;
  options.config = FaultyConfig({site});
  options.config.seed = seed;
  const ScenarioRun run = RunParsed(file.scenario, options);
  const size_t faults = run.EventsOf(EventKind::kFault).size();
  bool was_asked = false;
  for (const Decision& decision : run.heard.decisions) {
    was_asked = was_asked || decision.kind == ChoiceKind::kFault;
  }
  EXPECT_LE(faults, options.config.fault_budget);
  if (!was_asked) return;
  ++(faults > 0 ? tally.struck : tally.spared);

  const std::string path = testing::TempDir() + "suite_faults_test.fozzy";
  EXPECT_EQ(RecordRun(file.scenario, options, path).digest, run.report.digest);
  EXPECT_EQ(DriftOf(path), "");
}

TEST(SuiteFaultsTest, EveryScenarioEndsAndReplaysUnderEveryFault) {
  const std::vector<SuiteScenario> files = LoadSuite("suite");
  for (const FaultSiteInfo& site : kFaultSites) {
    Tally tally;
    for (const SuiteScenario& file : files) {
      for (uint64_t seed = 0; seed < kSeeds; ++seed) {
        SCOPED_TRACE(file.path + " with " + std::string(site.name) +
                     " and seed " + std::to_string(seed));
        RunUnderFaults(file, std::string(site.name), seed, tally);
      }
    }
    EXPECT_GT(tally.struck, 0u) << site.name;
    EXPECT_GT(tally.spared, 0u) << site.name;
  }
}

TEST(SuiteFaultsTest, EveryScenarioEndsAndReplaysUnderAllFaultsAtOnce) {
  std::vector<std::string> sites;
  for (const FaultSiteInfo& site : kFaultSites) {
    sites.emplace_back(site.name);
  }
  const std::string path = testing::TempDir() + "suite_all_faults_test.fozzy";
  for (const SuiteScenario& file : LoadSuite("suite")) {
    for (uint64_t seed = 0; seed < kSeeds; ++seed) {
      SCOPED_TRACE(file.path + " with seed " + std::to_string(seed));
      ScenarioRunOptions options;
      options.config = FaultyConfig(sites, /*budget=*/1000);
      options.config.seed = seed;
      RecordRun(file.scenario, options, path);
      EXPECT_EQ(DriftOf(path), "");
    }
  }
}

}  // namespace
}  // namespace fozzy

// The scenarios of scenarios/suite: together they use everything there is, and
// each comes to what expected.json says, every time.
#include "scenarios/testing/suite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "scenarios/run_scenario.h"
#include "scenarios/testing/recorded_run.h"
#include "scenarios/testing/scenario_run.h"
#include "trace/testing/craft.h"

namespace fozzy {
namespace {

using testing::IsEmpty;

constexpr char kSuite[] = "suite";

void CollectTypes(StepTable table, std::span<const Step> steps,
                  std::set<std::string>& types) {
  for (const Step& step : steps) {
    const StepSpec& spec = table[step.type];
    types.insert(std::string(spec.name));
    for (size_t i = 0; i < spec.fields.size(); ++i) {
      if (spec.fields[i].type != FieldType::kSteps) continue;
      CollectTypes(table, step.steps(i), types);
    }
  }
}

// Returns the types of `table` that are not in `used`.
std::vector<std::string> Missing(StepTable table,
                                 const std::set<std::string>& used) {
  std::vector<std::string> missing;
  for (const StepSpec& spec : table) {
    std::string name(spec.name);
    if (used.count(name) == 0) missing.push_back(std::move(name));
  }
  return missing;
}

TEST(SuiteTest, UsesEveryTypeOfStepAndInvariant) {
  const ParseTables tables = ScenarioTables();
  std::set<std::string> steps;
  std::set<std::string> distributed;
  std::set<std::string> invariants;
  for (const SuiteScenario& file : LoadSuite(kSuite)) {
    const Distributed& cluster = file.scenario.distributed();
    CollectTypes(tables.steps, file.scenario.steps(), steps);
    CollectTypes(tables.distributed_steps, cluster.steps, distributed);
    CollectTypes(tables.invariants, cluster.invariants, invariants);
  }
  EXPECT_THAT(Missing(tables.steps, steps), IsEmpty());
  EXPECT_THAT(Missing(tables.distributed_steps, distributed), IsEmpty());
  EXPECT_THAT(Missing(tables.invariants, invariants), IsEmpty());
}

TEST(SuiteTest, CarriesOutEveryTypeOfStep) {
  std::set<std::string> carried_out;
  for (const SuiteScenario& file : LoadSuite(kSuite)) {
    for (const HeardEvent& event :
         RunParsed(file.scenario).EventsOf(EventKind::kStep)) {
      carried_out.insert(event.texts.at(0));
    }
  }
  EXPECT_THAT(Missing(ScenarioTables().steps, carried_out), IsEmpty());
}

TEST(SuiteTest, IsNamedAfterItsFilesAndWrittenWithoutAComplaint) {
  for (const SuiteScenario& file : LoadSuite(kSuite)) {
    const std::string name(file.scenario.name());
    EXPECT_THAT(absl::StrCat("/", file.path),
                testing::EndsWith(absl::StrCat("/", name, ".fozzy.json")));
    EXPECT_TRUE(file.scenario.warnings().empty()) << file.path;
  }
}

TEST(SuiteTest, EveryFileIsExpectedToComeToSomethingAndEveryEntryHasAFile) {
  std::vector<std::string> files;
  std::vector<std::string> entries;
  for (const SuiteScenario& file : LoadSuite(kSuite)) {
    files.push_back(file.path);
  }
  for (const SuiteExpectation& expected : LoadExpectations(kSuite)) {
    entries.push_back(expected.path);
    const bool is_failing = expected.path.starts_with("failing/");
    EXPECT_EQ(is_failing, !expected.kind.empty()) << expected.path;
  }
  EXPECT_GE(files.size(), 25u);
  EXPECT_THAT(entries, testing::UnorderedElementsAreArray(files));
}

uint64_t FigureOf(const MemorySummary& memory, const std::string& name) {
  if (name == "allocCount") return memory.alloc_count;
  if (name == "freeCount") return memory.free_count;
  if (name == "failedAllocCount") return memory.failed_alloc_count;
  if (name == "inUseBytes") return memory.in_use_bytes;
  if (name == "peakBytes") return memory.peak_bytes;
  if (name == "leakedBytes") return memory.leaked_bytes;
  EXPECT_EQ(name, "leakedAllocs");
  return memory.leaked_allocs;
}

void ExpectFinding(const SuiteExpectation& expected, const RunReport& report) {
  if (expected.kind.empty()) {
    EXPECT_THAT(report.findings, IsEmpty());
    return;
  }
  ASSERT_EQ(report.findings.size(), 1u);
  const Finding& finding = report.findings[0];
  EXPECT_EQ(FindingKindName(finding.kind), expected.kind);
  EXPECT_EQ(finding.title, expected.title);
  EXPECT_EQ(expected.message.value_or(finding.message), finding.message);
}

void ExpectRun(const SuiteExpectation& expected, const ScenarioRun& run) {
  EXPECT_EQ(std::string(RunStatusName(run.report.status)), expected.status);
  EXPECT_EQ(static_cast<uint64_t>(ExitCodeOf(run.report.status)),
            expected.exit_code);
  ExpectFinding(expected, run.report);
  if (expected.virtual_time) {
    EXPECT_EQ(run.report.virtual_time, *expected.virtual_time);
  }
  if (expected.random_numbers) {
    std::vector<uint64_t> drawn;
    for (const Decision& decision : run.heard.decisions) {
      if (decision.kind == ChoiceKind::kRandom) {
        drawn.push_back(decision.answer);
      }
    }
    EXPECT_EQ(drawn, *expected.random_numbers);
  }
  for (const auto& [name, value] : expected.memory) {
    ASSERT_TRUE(run.report.memory.has_value());
    EXPECT_EQ(FigureOf(*run.report.memory, name), value) << name;
  }
}

TEST(SuiteTest, EveryScenarioComesToWhatIsExpectedOfIt) {
  const std::vector<SuiteScenario> files = LoadSuite(kSuite);
  for (const SuiteExpectation& expected : LoadExpectations(kSuite)) {
    SCOPED_TRACE(expected.path);
    for (const SuiteScenario& file : files) {
      if (file.path != expected.path) continue;
      ExpectRun(expected, RunParsed(file.scenario));
    }
  }
}

// What a scenario says must not hang on the seed it is run with.
TEST(SuiteTest, EveryScenarioComesToTheSameUnderEverySeed) {
  for (const SuiteScenario& file : LoadSuite(kSuite)) {
    const std::string outcome = OutcomeOf(RunParsed(file.scenario));
    for (uint64_t seed = 0; seed < 50; ++seed) {
      ScenarioRunOptions options;
      options.config.seed = seed;
      EXPECT_EQ(OutcomeOf(RunParsed(file.scenario, options)), outcome)
          << file.path << " with seed " << seed;
    }
  }
}

TEST(SuiteTest, EveryScenarioRunTwiceHasTheSameDigestAndTheSameFile) {
  const std::string first = testing::TempDir() + "suite_test_first.fozzy";
  const std::string second = testing::TempDir() + "suite_test_second.fozzy";
  for (const SuiteScenario& file : LoadSuite(kSuite)) {
    EXPECT_EQ(RecordRun(file.scenario, {}, first).digest,
              RecordRun(file.scenario, {}, second).digest)
        << file.path;
    EXPECT_EQ(ReadFileOrDie(first), ReadFileOrDie(second)) << file.path;
    EXPECT_EQ(DriftOf(first), "") << file.path;
  }
}

TEST(SuiteTest, EveryOrderOfEventsInAClusterReplays) {
  const std::string path = testing::TempDir() + "suite_test_orders.fozzy";
  uint64_t runs = 0;
  for (const SuiteScenario& file : LoadSuite(kSuite)) {
    if (file.scenario.variant() != ScenarioVariant::kDistributed) continue;
    std::set<uint64_t> digests;
    for (uint64_t seed = 0; seed < 50; ++seed) {
      ScenarioRunOptions options;
      options.config.schedule = "random";
      options.config.seed = seed;
      digests.insert(RecordRun(file.scenario, options, path).digest.low());
      EXPECT_EQ(DriftOf(path), "") << file.path << " with seed " << seed;
    }
    runs += digests.size();
  }
  EXPECT_GT(runs, 50u);  // different ones
}

}  // namespace
}  // namespace fozzy

#include "scenarios/compare.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"

namespace fozzy {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

Scenario Parse(const std::string& body) {
  ParseOutcome outcome = ParseScenario(
      "s.fozzy.json", absl::StrCat(R"({"version":1,"name":"s",)", body, "}"),
      ScenarioTables());
  EXPECT_TRUE(outcome.scenario) << outcome.problems[0].Message();
  return *std::move(outcome.scenario);
}

Scenario ParseSteps(const std::string& steps) {
  return Parse(absl::StrCat(R"("steps":[)", steps, "]"));
}

// Processes that all print `out` and exit with 0.
class PrintingProc final : public Proc {
 public:
  explicit PrintingProc(std::string out) : out_(std::move(out)) {}
  ProcResult Spawn(const ProcRequest&) override {
    ProcResult result;
    result.out = out_;
    return result;
  }

 private:
  std::string out_;
};

class StoppedWall final : public Wall {
 public:
  Millis Elapsed() override { return 0; }
  void Sleep(Millis) override {}
};

// Compares two hosts whose processes print `left` and `right`.
Comparison ComparePrinting(const std::string& left, const std::string& right,
                           const std::string& steps) {
  PrintingProc procs[] = {PrintingProc(left), PrintingProc(right)};
  StoppedWall wall;
  RunConfig config;
  config.is_det = true;
  config.has_host_proc = true;
  Host hosts[2];
  for (int i = 0; i < 2; ++i) {
    hosts[i].proc = &procs[i];
    hosts[i].wall = &wall;
  }
  return *CompareRuns(ParseSteps(steps), {&config, hosts[0]},
                      {&config, hosts[1]});
}

constexpr char kSave[] =
    R"({"type":"proc_spawn","cmd":"x","save_stdout_as":"k"})";

TEST(CompareTest, NamesTheFirstStepThatDiffers) {
  const std::string steps =
      absl::StrCat(R"({"type":"set_kv","key":"a","value":"b"},)", kSave,
                   R"(,{"type":"get_kv_assert","key":"k","equals":"x"})");

  const Comparison comparison = ComparePrinting("x", "y", steps);

  EXPECT_EQ(comparison.steps, 1u);
  ASSERT_TRUE(comparison.difference);
  EXPECT_EQ(comparison.difference->step, 1u);
  EXPECT_EQ(comparison.difference->left, R"(ok, exit code 0, key "k" = "x")");
  EXPECT_EQ(comparison.difference->right, R"(ok, exit code 0, key "k" = "y")");
  EXPECT_FALSE(ComparePrinting("x", "x", steps).difference);
  EXPECT_EQ(ComparePrinting("x", "x", steps).steps, 3u);
}

TEST(CompareTest, LooksIntoNestedSteps) {
  const std::string steps =
      absl::StrCat(R"({"type":"assert_throws","steps":[)", kSave,
                   R"(,{"type":"get_kv_assert","key":"k","equals":"none"}]})");

  const Comparison comparison = ComparePrinting("x", "y", steps);

  ASSERT_TRUE(comparison.difference);
  EXPECT_EQ(comparison.difference->step, 1u);
}

TEST(CompareTest, OutputThatNobodyLooksAtMayDiffer) {
  EXPECT_FALSE(ComparePrinting("x", "y", R"({"type":"proc_spawn","cmd":"x"})")
                   .difference);
}

TEST(CompareTest, SaysWhereLongTextsPart) {
  const std::string same(5000, 's');

  const Comparison comparison = ComparePrinting(same + "x", same + "y", kSave);

  ASSERT_TRUE(comparison.difference);
  EXPECT_THAT(comparison.difference->left,
              EndsWith("(they differ from byte 5000 on)"));
  EXPECT_LT(comparison.difference->left.size(), 400u);
}

TEST(CompareTest, ComparesHowARunEnds) {
  const Scenario scenario = ParseSteps(
      R"({"type":"memory_alloc","bytes":9},{"type":"sleep","duration":"1ms"})");
  RunConfig strict;
  strict.is_det = true;
  RunConfig lax = strict;
  lax.memory.leak_budget = 100;
  RunConfig brief = lax;
  brief.timeout = 1;

  const Comparison leak = *CompareRuns(scenario, {&strict, {}}, {&lax, {}});
  const Comparison late = *CompareRuns(scenario, {&lax, {}}, {&brief, {}});

  ASSERT_TRUE(leak.difference);
  EXPECT_EQ(leak.difference->step, std::nullopt);
  EXPECT_THAT(leak.difference->left, HasSubstr("checker/memory_leak"));
  EXPECT_EQ(leak.difference->right, "ok");
  ASSERT_TRUE(late.difference);
  EXPECT_EQ(late.difference->step, 1u);
  EXPECT_THAT(late.difference->right, HasSubstr("hang/timeout"));
}

TEST(CompareTest, RefusesDistributedScenarios) {
  const Scenario scenario = Parse(
      R"("distributed":{"node_count":2,"steps":[{"type":"tick","duration":"1ms"}]})");
  const RunConfig config;

  const auto comparison = CompareRuns(scenario, {&config, {}}, {&config, {}});

  EXPECT_EQ(comparison.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(CompareTest, TellsWhatAScenarioActsOn) {
  EXPECT_EQ(BackendsUsedBy(ParseSteps(R"({"type":"rand_u64"})")), BackendUse());
  EXPECT_EQ(BackendsUsedBy(ParseSteps(kSave)),
            (BackendUse{true, false, false}));
  EXPECT_EQ(BackendsUsedBy(ParseSteps(
                R"({"type":"assert_throws","steps":[{"type":"assert_rejects",)"
                R"("steps":[{"type":"fs_snapshot","name":"s"}]}]},)"
                R"({"type":"http_request","method":"GET","path":"/"})")),
            (BackendUse{false, true, true}));
}

}  // namespace
}  // namespace fozzy

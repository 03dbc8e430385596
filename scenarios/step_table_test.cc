#include "scenarios/step_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

// What must have run before the example of a step can pass; empty for most.
std::string Before(absl::string_view type) {
  if (type == "assert_eventually_kv" || type == "get_kv_assert") {
    return R"({"type":"set_kv","key":"k","value":"v"},)";
  }
  if (type == "memory_free") {
    return R"({"type":"memory_alloc","bytes":64,"key":"a"},)";
  }
  const std::string send =
      R"({"type":"net_send","from":"n0","to":"n1","payload":"hello"},)";
  if (type == "net_deliver_one") return send;
  if (type == "net_recv_assert") {
    return send + R"({"type":"net_deliver_one"},)";
  }
  if (type == "fs_read_assert") {
    return R"({"type":"fs_write","path":"a.txt","data":"text"},)";
  }
  if (type == "fs_restore") return R"({"type":"fs_snapshot","name":"before"},)";
  if (type == "http_request") {
    return R"({"type":"http_when","method":"GET","path":"/health",
               "status":200},)";
  }
  if (type == "proc_spawn") {
    return R"({"type":"proc_when","cmd":"/bin/echo","args":["hi"],
               "exit_code":0},)";
  }
  return "";
}

// What may have to run after it.
std::string After(absl::string_view type) {
  if (type == "memory_alloc") {
    return R"(,{"type":"memory_free","alloc_id":1})";
  }
  if (type == "http_when" || type == "proc_when") {
    return R"(,{"type":"assert_ok","value":true})";
  }
  return "";
}

TEST(StepTableTest, EveryExampleIsUnderstoodWithoutAnyComplaint) {
  for (const StepSpec& spec : Steps()) {
    const ParseOutcome outcome =
        ParseScenario("t.fozzy.json",
                      FileOfSteps(absl::StrCat(Before(spec.name), spec.example,
                                               After(spec.name))),
                      ScenarioTables());
    ASSERT_TRUE(outcome.scenario.has_value()) << std::string(spec.name);
    EXPECT_TRUE(outcome.problems.empty()) << std::string(spec.name);
  }
}

TEST(StepTableTest, EveryExamplePassesButThoseThatAreThereToFail) {
  for (const StepSpec& spec : Steps()) {
    const ScenarioRun run = RunSteps(
        absl::StrCat(Before(spec.name), spec.example, After(spec.name)));
    const bool must_fail = spec.name == "fail" || spec.name == "panic";
    EXPECT_EQ(run.report.status,
              must_fail ? RunStatus::kFail : RunStatus::kPass)
        << std::string(spec.name) << ": " << OutcomeOf(run);
  }
}

TEST(StepTableTest, EveryExampleIsOfItsOwnType) {
  for (const StepSpec& spec : Steps()) {
    EXPECT_TRUE(absl::StartsWith(spec.example,
                                 absl::StrCat(R"({"type":")", spec.name, "\"")))
        << std::string(spec.name);
  }
}

TEST(StepTableTest, EveryTypeSaysWhatItDoesAndCanBeRun) {
  for (const StepSpec& spec : Steps()) {
    EXPECT_FALSE(spec.help.empty()) << std::string(spec.name);
    EXPECT_NE(spec.run, nullptr) << std::string(spec.name);
  }
}

TEST(StepTableTest, NoTypeHasTwoFieldsOfOneName) {
  for (const StepTable table : {Steps(), ScenarioTables().distributed_steps,
                                ScenarioTables().invariants}) {
    for (const StepSpec& spec : table) {
      std::set<std::string> names = {"type"};
      for (const FieldSpec& field : spec.fields) {
        EXPECT_TRUE(names.insert(std::string(field.name)).second)
            << std::string(spec.name) << "." << std::string(field.name);
      }
    }
  }
}

TEST(StepTableTest, AMissingRequiredFieldIsRefusedByName) {
  for (const StepSpec& spec : Steps()) {
    for (const FieldSpec& field : spec.fields) {
      if (field.presence != Presence::kRequired) continue;
      const ParseOutcome outcome = ParseScenario(
          "t.fozzy.json",
          FileOfSteps(absl::StrCat(R"({"type":")", spec.name, "\"}")),
          ScenarioTables());
      EXPECT_FALSE(outcome.scenario.has_value()) << std::string(spec.name);
      ASSERT_FALSE(outcome.problems.empty());
      EXPECT_EQ(outcome.problems[0].field, std::string(field.name));
      break;  // the first is named
    }
  }
}

}  // namespace
}  // namespace fozzy

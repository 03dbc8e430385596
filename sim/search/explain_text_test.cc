#include <gtest/gtest.h>

#include "sim/search/explain.h"

namespace fozzy {
namespace {

Op OpOf(OpKind kind, uint32_t site, uint32_t task) {
  return {.kind = kind, .object = 4, .site = site, .task = {task}};
}

Explanation Example() {
  Explanation explanation = {.samples = 64, .decisions = 12};
  explanation.beginnings = {{0, 3}, {6, 60}, {12, 64}};
  explanation.inevitable_from = 7;
  explanation.critical = 6;
  explanation.critical_decision = {ChoiceKind::kTask, {2}, 1};
  explanation.failures_before = 20;
  explanation.failures_after = 64;
  explanation.ops.then = OpOf(OpKind::kStore, 31, 3);
  explanation.ops.left_done = OpOf(OpKind::kLoad, 21, 2);
  explanation.ops.left_next = OpOf(OpKind::kStore, 22, 2);
  explanation.ops.other = explanation.ops.then;
  explanation.ops.left = explanation.ops.left_next;
  return explanation;
}

TEST(ExplainTextTest, ShowsTheBeginningsAndTheOpsAround) {
  EXPECT_EQ(ExplanationText(Example()),
            "decisions kept   failed of 64\n"
            "             0           3\n"
            "             6          60\n"
            "            12          64\n"
            "inevitable after 7 of 12 decisions\n"
            "what counts most: decision 6 of 12, task of task 2 = 1: "
            "20 -> 64 of 64 fail\n"
            "  task 2 had done: load of object 4 at site 21\n"
            "  task 3 did: store of object 4 at site 31\n"
            "  task 2 was yet to do: store of object 4 at site 22\n"
            "  these meet: store of object 4 at site 31 (task 3), before "
            "store of object 4 at site 22 (task 2)\n");
}

TEST(ExplainTextTest, NamesSitesAsTheCallerDoes) {
  Explanation explanation = Example();
  explanation.ops = {};
  explanation.ops.then = Op{.kind = OpKind::kRead,
                            .object = 4,
                            .offset = 8,
                            .size = 2,
                            .site = 7,
                            .task = {3}};
  const std::string text = ExplanationText(explanation, [](uint32_t site) {
    return "queue.cc:" + std::to_string(site);
  });
  EXPECT_NE(text.find("  task 3 did: read of object 4+8 at queue.cc:7\n"),
            std::string::npos)
      << text;
}

TEST(ExplainTextTest, NamesTasksAsTheCallerDoesAndPlainMemoryByItself) {
  Explanation explanation = Example();
  explanation.ops = {};
  explanation.ops.then =
      Op{.kind = OpKind::kWrite, .object = 0x80000003, .task = {3}};
  const std::string text = ExplanationText(explanation, {}, [](TaskId task) {
    return "reader " + std::to_string(task.value);
  });
  EXPECT_NE(text.find("task of reader 2 = 1"), std::string::npos) << text;
  EXPECT_NE(text.find("  reader 3 did: write of var 3 at site 0\n"),
            std::string::npos)
      << text;
}

TEST(ExplainTextTest, SaysSoIfNoDecisionCounts) {
  Explanation explanation = {.samples = 8, .decisions = 0};
  explanation.beginnings = {{0, 8}};
  EXPECT_EQ(ExplanationText(explanation),
            "decisions kept   failed of 8\n"
            "             0           8\n"
            "inevitable after 0 of 0 decisions\n"
            "no single decision makes it more likely\n");
}

}  // namespace
}  // namespace fozzy

#include "backends/virtual/rules.h"

#include "gtest/gtest.h"

namespace fozzy {
namespace {

ProcRule RuleFor(std::string cmd, int32_t exit_code,
                 std::optional<uint64_t> times = std::nullopt) {
  ProcRule rule;
  rule.cmd = std::move(cmd);
  rule.exit_code = exit_code;
  rule.times = times;
  return rule;
}

// Returns the exit code of the rule that answers `cmd`, or -1.
int32_t Answer(Rules<ProcRule>& rules, const std::string& cmd) {
  const ProcRequest request = {cmd, {}, 0};
  const ProcRule* rule = rules.Take(
      [&](const ProcRule& candidate) { return candidate.Fits(request); });
  return rule == nullptr ? -1 : rule->exit_code;
}

TEST(RulesTest, TheFirstRuleThatFitsAndIsNotUsedUpAnswers) {
  UndoLog undo;
  Rules<ProcRule> rules(undo);
  rules.Add(RuleFor("a", 1, 0));
  rules.Add(RuleFor("a", 2, 1));
  rules.Add(RuleFor("a", 3));
  rules.Add(RuleFor("b", 4, 1));

  EXPECT_EQ(Answer(rules, "a"), 2);
  EXPECT_EQ(Answer(rules, "a"), 3);
  EXPECT_EQ(Answer(rules, "b"), 4);
  EXPECT_EQ(Answer(rules, "b"), -1);
}

TEST(RulesTest, RollingBackForgetsRulesAndGivesTimesBack) {
  UndoLog undo;
  Rules<ProcRule> rules(undo);
  rules.Add(RuleFor("a", 1, 1));

  const size_t mark = undo.Open();
  rules.Add(RuleFor("b", 2));
  EXPECT_EQ(Answer(rules, "a"), 1);
  EXPECT_EQ(Answer(rules, "b"), 2);
  undo.RollBack(mark);

  EXPECT_EQ(Answer(rules, "b"), -1);
  EXPECT_EQ(Answer(rules, "a"), 1);
  EXPECT_EQ(Answer(rules, "a"), -1);
}

TEST(RulesTest, ArgumentsAreTheWholeList) {
  ProcRule rule = RuleFor("a", 0);
  rule.args = {"x", "y"};

  EXPECT_TRUE(rule.Fits({"a", {"x", "y"}, 0}));
  EXPECT_FALSE(rule.Fits({"a", {"x"}, 0}));
  EXPECT_FALSE(rule.Fits({"a", {"y", "x"}, 0}));
}

}  // namespace
}  // namespace fozzy

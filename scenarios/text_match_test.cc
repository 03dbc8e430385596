#include "scenarios/text_match.h"

#include <gtest/gtest.h>

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "scenarios/parse.h"
#include "scenarios/run_scenario.h"
#include "scenarios/steps_proc.h"
#include "scenarios/testing/scenario_run.h"

namespace fozzy {
namespace {

using Text = std::optional<std::string>;

TextMatcher Equals(Text text) { return {std::move(text), {}, {}}; }
TextMatcher Contains(Text text) { return {{}, std::move(text), {}}; }
TextMatcher Regex(Text text) { return {{}, {}, std::move(text)}; }

std::string Wrong(const TextMatcher& matcher, absl::string_view text) {
  return Mismatch(matcher, text).value_or("fits");
}

TEST(MismatchTest, NothingExpectedFitsAnything) {
  EXPECT_EQ(Wrong({}, ""), "fits");
  EXPECT_EQ(Wrong({}, "\xff\n"), "fits");
}

TEST(MismatchTest, EqualsComparesTheWholeText) {
  EXPECT_EQ(Wrong(Equals("ab"), "ab"), "fits");
  EXPECT_EQ(Wrong(Equals("ab"), "ab\n"), R"(expected "ab", got "ab\n")");
  EXPECT_EQ(Wrong(Equals(""), "a"), R"(expected "", got "a")");
}

// D24: a part, or a pattern, is enough if that is all that is asked.
TEST(MismatchTest, ContainsLooksForAPart) {
  EXPECT_EQ(Wrong(Contains("b"), "abc"), "fits");
  EXPECT_EQ(Wrong(Contains(""), ""), "fits");
  EXPECT_EQ(Wrong(Contains("B"), "abc"),
            R"(expected it to contain "B", got "abc")");
}

TEST(MismatchTest, RegexLooksAnywhereUnlessAnchored) {
  EXPECT_EQ(Wrong(Regex("b+"), "abbc"), "fits");
  EXPECT_EQ(Wrong(Regex("^v[0-9]+\\.[0-9]+$"), "v1.20"), "fits");
  EXPECT_EQ(Wrong(Regex("^b"), "abc"),
            R"(expected it to match "^b", got "abc")");
}

TEST(MismatchTest, AllThatIsGivenMustHold) {
  const TextMatcher all = {"abc", "b", "c$"};
  EXPECT_EQ(Wrong(all, "abc"), "fits");
  EXPECT_EQ(Wrong(all, "abd"), R"(expected "abc", got "abd")");
  EXPECT_EQ(Wrong({{}, "b", "c$"}, "abd"),
            R"(expected it to match "c$", got "abd")");
}

TEST(MismatchTest, LongTextsAreShownByTheirBeginning) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(Wrong(Equals("y"), text),
            absl::StrCat(R"(expected "y", got ")", std::string(200, 'x'),
                         R"("... (100000 bytes))"));
}

TEST(MatcherOfTest, TakesTheFieldsThatAreThere) {
  const Scenario scenario = ParseOrDie(FileOfSteps(
      R"({"type":"proc_when","cmd":"c","exit_code":0,
          "stdout_contains":"a","stderr_regex":"b"},
         {"type":"proc_spawn","cmd":"c"})"));
  const Step& step = scenario.steps()[0];
  const TextMatcher out = MatcherOf(
      step,
      {ProcWhen::kStdout, ProcWhen::kStdoutContains, ProcWhen::kStdoutRegex});
  EXPECT_FALSE(out.equals.has_value());
  EXPECT_EQ(out.contains, "a");
  EXPECT_FALSE(out.regex.has_value());
  EXPECT_EQ(MatcherOf(step, {ProcWhen::kStderr, ProcWhen::kStderrContains,
                             ProcWhen::kStderrRegex})
                .regex,
            "b");
}

TEST(CheckPatternTest, APatternThatIsNoneIsRefusedBeforeTheRun) {
  const ParseOutcome outcome = ParseScenario(
      "t.fozzy.json", FileOfSteps(R"({"type":"proc_spawn","cmd":"c",
                      "expect_stdout_regex":"a("})"),
      ScenarioTables());
  EXPECT_FALSE(outcome.scenario.has_value());
  ASSERT_EQ(outcome.problems.size(), 1u);
  EXPECT_EQ(outcome.problems[0].field, "expect_stdout_regex");
  EXPECT_EQ(outcome.problems[0].expected, "a regular expression in RE2 syntax");
}

}  // namespace
}  // namespace fozzy

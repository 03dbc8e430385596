#include "scenarios/established_trace_members.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "scenarios/scenario_arena.h"

namespace fozzy {
namespace {

struct Outcome {
  std::string problem;  // with its position; empty if there is none
  bool is_complete = false;
  std::string text;
  uint64_t number = 0;
  bool has_list = false;
};

// Reads an object with a text "t", maybe a number "n" and maybe a list "l".
Outcome Read(std::string source) {
  ScenarioArena arena;
  std::vector<JsonNode> tape;
  EXPECT_FALSE(ReadJson(source, arena, tape).has_value()) << source;
  TraceMember members[] = {{"t", MemberType::kText, true, {}},
                           {"n", MemberType::kUint, false, {}},
                           {"l", MemberType::kArray, false, {}}};
  ParseLog log;
  MemberReader reader(source, log);
  reader.EnterItem("list", 3);

  Outcome outcome;
  outcome.is_complete = reader.ReadAll(tape[0], members);
  for (const Problem& problem : std::move(log).Take(source)) {
    outcome.problem += problem.Text("f");
  }
  outcome.text = std::string(members[0].text);
  outcome.number = members[1].number;
  outcome.has_list = members[2].is_set;
  return outcome;
}

TEST(EstablishedTraceMembersTest, ReadsWhatIsWantedAndPassesOverTheRest) {
  const Outcome outcome =
      Read(R"({"x":[{"t":1}],"n":18446744073709551615,"t":"a\n","l":[]})");

  EXPECT_EQ(outcome.problem, "");
  EXPECT_TRUE(outcome.is_complete);
  EXPECT_EQ(outcome.text, "a\n");
  EXPECT_EQ(outcome.number, 18446744073709551615U);
  EXPECT_TRUE(outcome.has_list);
}

TEST(EstablishedTraceMembersTest, NullIsAbsentUnlessTheMemberIsRequired) {
  EXPECT_TRUE(Read(R"({"t":"","n":null,"l":null})").is_complete);
  EXPECT_EQ(Read(R"({"t":null})").problem,
            "f:1:6: list[3], field \"t\": found null, expected a string");
}

TEST(EstablishedTraceMembersTest, SaysWhatIsMissingOrThereTwice) {
  EXPECT_EQ(Read("\n {}").problem,
            "f:2:2: list[3], field \"t\": found no such field, expected a "
            "string");
  EXPECT_EQ(Read(R"({"t":"","n":1,"n":2})").problem,
            "f:1:15: list[3], field \"n\": found a second \"n\", expected "
            "only one");
}

TEST(EstablishedTraceMembersTest, SaysWhatIsOfAnotherType) {
  const std::string number =
      "expected an integer from 0 to 18446744073709551615";
  EXPECT_EQ(Read(R"({"t":"","n":-1})").problem,
            "f:1:13: list[3], field \"n\": found -1, a number, " + number);
  EXPECT_EQ(Read(R"({"t":"","n":1.0})").problem,
            "f:1:13: list[3], field \"n\": found 1.0, a number, " + number);
  EXPECT_EQ(Read(R"({"t":"","n":18446744073709551616})").problem,
            "f:1:13: list[3], field \"n\": found 18446744073709551616, a "
            "number, " +
                number);
  EXPECT_EQ(Read(R"({"t":"","l":{}})").problem,
            "f:1:13: list[3], field \"l\": found {}, an object, expected an "
            "array");
  EXPECT_EQ(Read("[]").problem,
            "f:1:1: list[3]: found [], an array, expected an object");
}

TEST(EstablishedTraceMembersTest, OnlyTheFirstProblemIsTold) {
  EXPECT_EQ(Read(R"({"n":"","t":1})").problem,
            "f:1:6: list[3], field \"n\": found \"\", a string, expected an "
            "integer from 0 to 18446744073709551615");
}

}  // namespace
}  // namespace fozzy

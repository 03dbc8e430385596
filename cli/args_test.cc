#include "cli/args.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

int DoNothing(Context&) { return 0; }

constexpr FlagSpec kGlobal[] = {
    {"--json"},
    {"--strict", FlagType::kSwitch, "", "", "--strict-verify"},
    {"--cwd", FlagType::kText, "DIR"},
    {"--help", FlagType::kSwitch, "", "", "-h"}};
constexpr FlagSpec kRunFlags[] = {
    {"--det"},
    {"--seed", FlagType::kU64, "N"},
    {"--timeout", FlagType::kDuration, "DURATION"},
    {"--reporter", FlagType::kChoice, "pretty|junit"},
    {"--flake-run", FlagType::kNotOffered}};
constexpr FlagSpec kShowFlags[] = {{"--count", FlagType::kU64, "N"}};
constexpr FlagGroup kRunGroups[] = {{"Run", kRunFlags}};
constexpr FlagGroup kShowGroups[] = {{"Show", kShowFlags}};
constexpr PositionalSpec kScenario[] = {{"SCENARIO", Arity::kOne, "a file"}};
constexpr PositionalSpec kGlobs[] = {{"GLOB", Arity::kAny, "files"}};
constexpr Command kTable[] = {
    {"doctor", "", "", {}, {}, DoNothing},
    {"run", "", "", kRunGroups, kScenario, DoNothing},
    {"schema", "", "", {}, {}, DoNothing, "steps"},
    {"test", "", "", {}, kGlobs, DoNothing},
    {"trace show", "", "", kShowGroups, kScenario, DoNothing},
    {"trace verify", "", "", {}, kScenario, DoNothing}};
constexpr absl::string_view kNotOffered[] = {"fuzz", "trace pack"};

absl::StatusOr<ParsedArgs> Parse(const std::vector<std::string>& args) {
  return ParseArgs(args, {.commands = kTable,
                          .global = {"Global", kGlobal},
                          .not_offered = kNotOffered});
}

// Returns the message of the error that `args` are, or "" if they are none.
std::string Error(const std::vector<std::string>& args) {
  return std::string(Parse(args).status().message());
}

TEST(ArgsTest, FlagsStandBeforeTheCommandAfterItAndAfterItsWords) {
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{
           {"--json", "--seed", "7", "run", "a.json"},
           {"run", "--json", "--seed", "7", "a.json"},
           {"run", "a.json", "--seed=7", "--json"}}) {
    const absl::StatusOr<ParsedArgs> parsed = Parse(args);

    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(parsed->command()->name, "run");
    EXPECT_EQ(parsed->U64("--seed"), 7u);
    EXPECT_TRUE(parsed->Has("--json"));
    EXPECT_FALSE(parsed->Has("--det"));
    EXPECT_THAT(parsed->positionals(), ElementsAre("a.json"));
  }
}

TEST(ArgsTest, FlagsStandBetweenTheWordsOfACommandAndBetweenPositionals) {
  const auto show = Parse({"trace", "--count", "3", "show", "x"});
  ASSERT_TRUE(show.ok()) << show.status();
  EXPECT_EQ(show->command()->name, "trace show");
  EXPECT_EQ(show->U64("--count"), 3u);

  const auto test = Parse({"test", "a", "--json", "b"});
  ASSERT_TRUE(test.ok()) << test.status();
  EXPECT_THAT(test->positionals(), ElementsAre("a", "b"));
}

TEST(ArgsTest, TwoDashesEndFlags) {
  const auto parsed = Parse({"test", "--json", "--", "--det", "--", "x"});

  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_THAT(parsed->positionals(), ElementsAre("--det", "--", "x"));
}

TEST(ArgsTest, PositionalsAreTakenAsTheyAre) {
  const auto parsed = Parse({"test", "[ab]", "", "-", "++", "x y"});

  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_THAT(parsed->positionals(), ElementsAre("[ab]", "", "-", "++", "x y"));
}

TEST(ArgsTest, ValuesAreTakenAsTheyAre) {
  for (const std::string value : {"", "--json", "[a,b]", "a=b", "--", "'q'"}) {
    for (const std::vector<std::string>& args :
         std::vector<std::vector<std::string>>{{"doctor", "--cwd", value},
                                               {"doctor", "--cwd=" + value}}) {
      const auto parsed = Parse(args);

      ASSERT_TRUE(parsed.ok()) << value << ": " << parsed.status();
      EXPECT_EQ(parsed->Text("--cwd"), value);
      EXPECT_FALSE(parsed->Has("--json"));
    }
  }
}

TEST(ArgsTest, AliasesNameTheSameFlagAndCommand) {
  const auto parsed = Parse({"steps", "--strict-verify", "-h"});

  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->command()->name, "schema");
  EXPECT_TRUE(parsed->Has("--strict"));
  EXPECT_TRUE(parsed->Has("--help"));
}

TEST(ArgsTest, AValueGivenTwiceIsAnErrorASwitchIsNot) {
  EXPECT_EQ(Error({"run", "x", "--seed", "1", "--seed=2"}),
            "--seed is given twice, \"1\" and \"2\"");
  EXPECT_EQ(Error({"run", "x", "--det", "--det"}), "");
}

TEST(ArgsTest, BadValuesSayWhatWasFoundAndExpected) {
  EXPECT_EQ(Error({"run", "x", "--seed", "-1"}),
            "--seed: found \"-1\", expected a number from 0 to 2^64-1");
  EXPECT_EQ(Error({"run", "x", "--reporter", "junti"}),
            "--reporter: found \"junti\", expected one of pretty, junit, did "
            "you mean junit?");
  EXPECT_EQ(Error({"run", "x", "--timeout", "5"}),
            "--timeout: found \"5\", expected a duration such as \"10ms\": "
            "digits, then ms, s, m or h");
  EXPECT_EQ(Error({"run", "x", "--seed"}), "--seed needs a value: N");
  EXPECT_EQ(Error({"run", "x", "--det=no"}),
            "--det takes no value, found \"--det=no\"");
}

TEST(ArgsTest, DurationsAreInMilliseconds) {
  for (const auto& [text, millis] :
       std::vector<std::pair<std::string, uint64_t>>{
           {"0ms", 0},
           {"10ms", 10},
           {" 5s ", 5'000},
           {"2m", 120'000},
           {"1h", 3'600'000},
           {"18446744073709551615h", ~uint64_t{0}}}) {
    const auto parsed = Parse({"run", "x", "--timeout", text});
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(parsed->Duration("--timeout"), millis) << text;
  }
  for (const std::string text :
       {"", "s", "1 s", "1.5s", "-1s", "5us", "1d", "18446744073709551616ms"}) {
    EXPECT_NE(Error({"run", "x", "--timeout=" + text}), "") << text;
  }
}

TEST(ArgsTest, NumbersReachTheEndsOfTheirRange) {
  EXPECT_EQ(
      Parse({"run", "x", "--seed", "18446744073709551615"})->U64("--seed"),
      ~uint64_t{0});
  for (const std::string text :
       {"18446744073709551616", "+1", " 1", "0x10", "1.0"}) {
    EXPECT_NE(Error({"run", "x", "--seed", text}), "") << text;
  }
}

TEST(ArgsTest, UnknownFlagsAreNamedWithTheNearestOne) {
  EXPECT_EQ(Error({"run", "x", "--sed", "7"}),
            "unknown flag --sed of run, did you mean --seed?");
  EXPECT_EQ(Error({"--jsno", "run", "x"}),
            "unknown flag --jsno, did you mean --json?");
  EXPECT_EQ(Error({"run", "x", "--quite-another"}),
            "unknown flag --quite-another of run, see fozzy run --help");
  EXPECT_EQ(Error({"trace", "verify", "x", "--count", "1"}),
            "unknown flag --count of trace verify, see fozzy trace "
            "verify --help");
}

TEST(ArgsTest, UnknownCommandsAreNamedWithTheNearestOne) {
  EXPECT_EQ(Error({"rnu", "x"}), "unknown command rnu, did you mean run?");
  EXPECT_EQ(Error({"verify", "x"}),
            "unknown command verify, did you mean trace verify?");
  EXPECT_EQ(Error({"trace", "explode", "x"}),
            "unknown command trace explode, expected one of trace show, "
            "verify");
  EXPECT_EQ(Error({"frobnicate"}),
            "unknown command frobnicate, see fozzy --help");
}

TEST(ArgsTest, WhatIsNotOfferedSaysSo) {
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{{"fuzz", "x", "--runs", "5"},
                                             {"trace", "pack", "x"},
                                             {"run", "x", "--flake-run", "y"},
                                             {"run", "x", "--flake-run"}}) {
    const absl::Status status = Parse(args).status();
    EXPECT_TRUE(absl::IsUnimplemented(status)) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("is not offered"));
  }
}

TEST(ArgsTest, FozzyLangCommandsAreSentToFozzyc) {
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{{"doctor", "project"},
                                             {"verify", "x.fzy"},
                                             {"build", "x.fzy", "--release"},
                                             {"run", "main.fzy"},
                                             {"fozzyc", "build"}}) {
    EXPECT_THAT(Error(args), HasSubstr("FozzyLang toolchain (fozzyc)"));
  }
  EXPECT_EQ(Error({"doctor", "--cwd", "x.fzy"}), "");
}

TEST(ArgsTest, PositionalsAreCounted) {
  EXPECT_EQ(Error({"run"}), "run needs SCENARIO: a file");
  EXPECT_EQ(Error({"run", "--help"}), "");
  EXPECT_EQ(Error({"run", "a", "b"}),
            "run: unexpected \"b\", expected no more");
  EXPECT_EQ(Error({"doctor", "x"}),
            "doctor: unexpected \"x\", expected flags only");
  EXPECT_EQ(Error({"test"}), "");
}

TEST(ArgsTest, AGroupOrNothingIsNoCommand) {
  const auto nothing = Parse({});
  ASSERT_TRUE(nothing.ok());
  EXPECT_EQ(nothing->command(), nullptr);
  EXPECT_THAT(std::string(nothing->group()), IsEmpty());

  const auto group = Parse({"trace", "--help"});
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_EQ(group->command(), nullptr);
  EXPECT_EQ(group->group(), "trace");
}

TEST(ArgsTest, HasSwitchLooksOnlyBeforeTheEndOfFlags) {
  EXPECT_TRUE(HasSwitch(std::vector<std::string>{"x", "--json"}, "--json"));
  EXPECT_FALSE(
      HasSwitch(std::vector<std::string>{"x", "--", "--json"}, "--json"));
}

TEST(ArgsDeathTest, AskingForAFlagTheCommandHasNotIsOurMistake) {
  const auto parsed = Parse({"doctor"});

  EXPECT_DEATH(parsed->Has("--seed"), "check failed");
}

}  // namespace
}  // namespace fozzy

#include "cli/command_table.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/args.h"
#include "cli/command_lookup.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;

// The words of an example as a shell would split them.
std::vector<std::string> Words(absl::string_view example) {
  std::vector<std::string> words;
  for (absl::string_view word : absl::StrSplit(example, ' ')) {
    if (word == "|") break;
    if (word[0] == '\'') word = word.substr(1, word.size() - 2);
    words.emplace_back(word);
  }
  return words;
}

// The parser sorts words from values before it knows the command, and has to
// try where that is not so.
TEST(CommandTableTest, OnlyMinimizeTakesAValueInSomeCommands) {
  std::map<std::string, bool> is_switch;
  const CommandTable table = Commands();
  for (const Command& command : table.commands) {
    for (const FlagSpec* flag : FlagsOf(table, command)) {
      if (flag->name == "--minimize") continue;
      const bool here = flag->type == FlagType::kSwitch;
      const auto [entry, is_new] =
          is_switch.emplace(std::string(flag->name), here);
      EXPECT_EQ(entry->second, here) << command.name << " " << flag->name;
    }
  }
}

TEST(CommandTableTest, NoCommandHasAFlagTwice) {
  const CommandTable table = Commands();
  for (const Command& command : table.commands) {
    std::map<std::string, int> count;
    for (const FlagSpec* flag : FlagsOf(table, command)) {
      EXPECT_EQ(++count[std::string(flag->name)], 1)
          << command.name << " " << flag->name;
    }
  }
}

TEST(CommandTableTest, EveryExampleParsesAndIsOfItsCommand) {
  const CommandTable table = Commands();
  for (const Command& command : table.commands) {
    for (const absl::string_view example :
         absl::StrSplit(command.examples, '\n')) {
      std::vector<std::string> words = Words(example);
      ASSERT_EQ(words[0], "fozzy") << example;
      words.erase(words.begin());

      const auto parsed = ParseArgs(words, table);

      ASSERT_TRUE(parsed.ok()) << example << ": " << parsed.status();
      EXPECT_EQ(parsed->command(), &command) << example;
    }
  }
}

TEST(CommandTableTest, EveryFlagOfEveryCommandParses) {
  const CommandTable table = Commands();
  for (const Command& command : table.commands) {
    for (const FlagSpec* flag : FlagsOf(table, command)) {
      std::vector<std::string> args = absl::StrSplit(command.name, ' ');
      args.insert(args.end(), command.positionals.size(), "x");
      args.push_back(std::string(flag->name));
      const std::vector<std::string> choices = absl::StrSplit(flag->value, '|');
      if (flag->type == FlagType::kText) args.push_back("x");
      if (flag->type == FlagType::kU64) args.push_back("1");
      if (flag->type == FlagType::kDuration) args.push_back("1s");
      if (flag->type == FlagType::kChoice) args.push_back(choices.back());
      if (flag->type == FlagType::kNotOffered) args.push_back("x");

      const auto parsed = ParseArgs(args, table);

      if (flag->type == FlagType::kNotOffered) {
        EXPECT_TRUE(absl::IsUnimplemented(parsed.status()))
            << command.name << " " << flag->name;
      } else {
        ASSERT_TRUE(parsed.ok()) << parsed.status();
        EXPECT_TRUE(parsed->Has(flag->name)) << command.name << flag->name;
      }
    }
  }
}

TEST(CommandTableTest, EveryCommandHasHelpAndAHandler) {
  for (const Command& command : Commands().commands) {
    EXPECT_FALSE(command.help.empty()) << command.name;
    EXPECT_FALSE(command.examples.empty()) << command.name;
    EXPECT_NE(command.run, nullptr) << command.name;
  }
}

TEST(CommandTableTest, AFlagThatSomeCommandsGiveAValueMayStandAnywhere) {
  const CommandTable table = Commands();
  for (const absl::string_view line :
       {"shrink t --minimize schedule", "shrink --minimize schedule t",
        "--minimize schedule shrink t", "--minimize=schedule shrink t"}) {
    const std::vector<std::string> args = absl::StrSplit(line, ' ');
    const auto parsed = ParseArgs(args, table);
    ASSERT_TRUE(parsed.ok()) << line << ": " << parsed.status();
    EXPECT_EQ(parsed->Text("--minimize"), "schedule") << line;
    EXPECT_THAT(parsed->positionals(), ElementsAre("t")) << line;
  }
  for (const absl::string_view line :
       {"explore s --shrink --minimize", "explore --minimize s",
        "--minimize explore s"}) {
    const std::vector<std::string> args = absl::StrSplit(line, ' ');
    const auto parsed = ParseArgs(args, table);
    ASSERT_TRUE(parsed.ok()) << line << ": " << parsed.status();
    EXPECT_TRUE(parsed->Has("--minimize")) << line;
    EXPECT_THAT(parsed->positionals(), ElementsAre("s")) << line;
  }
  for (const absl::string_view line :
       {"shrink t --minimize", "shrink t --minimize some", "run s --minimize",
        "explore s --minimize=all", "--minimize schedule nonsense"}) {
    const std::vector<std::string> args = absl::StrSplit(line, ' ');
    EXPECT_FALSE(ParseArgs(args, table).ok()) << line;
  }
}

// The lines that nine of ten users of the established tool write.
TEST(CommandTableTest, TheUsualCommandLinesParse) {
  for (const absl::string_view line :
       {"doctor --deep --scenario tests/example.fozzy.json --runs 5 --seed 7 "
        "--json",
        "test --det --strict tests/*.fozzy.json --json",
        "run tests/a.fozzy.json --det --seed 7 --record t.fozzy "
        "--record-collision overwrite --json",
        "trace verify t.fozzy --strict --json", "replay t.fozzy --json",
        "ci t.fozzy --json", "--json --strict-verify ci t.fozzy",
        "run s --proc-backend host --fs-backend=host --http-backend host",
        "explore s --schedule coverage_guided --steps 200 --checker "
        "kv_all_equal:k --faults partition-first-two --mem-track",
        "test --jobs 2 --timeout 2s --filter x --fail-fast --reporter html",
        "run s --mem-limit-mb 1 --mem-fail-after 2 --mem-fragmentation-seed 3 "
        "--mem-pressure-wave 1,2 --fail-on-leak --leak-budget 9 "
        "--mem-artifacts --profile-capture full",
        "replay t --step --until 5s --dump-events"}) {
    const std::vector<std::string> args = absl::StrSplit(line, ' ');
    EXPECT_TRUE(ParseArgs(args, Commands()).ok())
        << line << ParseArgs(args, Commands()).status();
  }
}

TEST(CommandTableTest, CommandsOfTheEstablishedToolThatWeLackSaySo) {
  for (const absl::string_view line :
       {"fuzz scenario:x", "corpus list", "map hotspots", "gate", "full",
        "memory graph", "profile top", "report flaky a b", "artifacts diff a b",
        "artifacts pack latest", "artifacts bundle x"}) {
    const std::vector<std::string> args = absl::StrSplit(line, ' ');
    EXPECT_TRUE(absl::IsUnimplemented(ParseArgs(args, Commands()).status()))
        << line;
  }
}

}  // namespace
}  // namespace fozzy

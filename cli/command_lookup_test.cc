#include "cli/command_lookup.h"

#include <string>
#include <vector>

#include "cli/command_table.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(CommandLookupTest, TheLongestNameWins) {
  const CommandTable table = Commands();
  const auto found = FindCommand(table, {"trace", "show", "a.fozzy"});

  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->command->name, "trace show");
  EXPECT_EQ(found->words, 2u);
}

TEST(CommandLookupTest, AGroupAloneIsNoCommand) {
  const CommandTable table = Commands();
  const std::vector<std::string> words = {"trace"};
  const auto found = FindCommand(table, words);

  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->command, nullptr);
  EXPECT_EQ(found->group, "trace");
  EXPECT_EQ(SecondWords(table, "trace"), "diff, show, stat, verify");
}

TEST(CommandLookupTest, UnknownAndNotOfferedDiffer) {
  EXPECT_EQ(FindCommand(Commands(), {"nonsense"}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FindCommand(Commands(), {"fuzz", "x"}).status().code(),
            absl::StatusCode::kUnimplemented);
}

TEST(CommandLookupTest, FlagsAreFoundByNameAndAliasInTheirCommand) {
  const CommandTable table = Commands();
  const Command* run = FindCommand(table, {"run"})->command;
  const Command* env = FindCommand(table, {"env"})->command;

  EXPECT_EQ(FindFlag(table, run, "--det")->name, "--det");
  EXPECT_EQ(FindFlag(table, run, "--strict-verify")->name, "--strict");
  EXPECT_EQ(FindFlag(table, env, "--det"), nullptr);
  EXPECT_EQ(FindFlag(table, nullptr, "--det")->name, "--det");
  EXPECT_EQ(FindFlag(table, nullptr, "--de"), nullptr);
}

}  // namespace
}  // namespace fozzy

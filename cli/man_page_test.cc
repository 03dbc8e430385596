#include "cli/man_page.h"

#include <string>

#include "absl/strings/str_split.h"
#include "cli/command_table.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ManPageTest, EveryPageBeginsAsMandbWantsIt) {
  for (const Command& command : Commands().commands) {
    const std::string page = CommandManPage(command, "1.0");
    EXPECT_THAT(page, StartsWith(".TH FOZZY\\-")) << command.name;
    EXPECT_THAT(page, HasSubstr("\n.SH NAME\nfozzy\\-")) << command.name;
  }
  EXPECT_THAT(MainManPage(Commands(), "1.0"), StartsWith(".TH FOZZY 1 "));
}

TEST(ManPageTest, NoLineIsTakenForARequestByMistake) {
  constexpr PositionalSpec kPositionals[] = {
      {"X", Arity::kOne, ".hidden 'and' \\quoted"}};
  const Command command = {.name = "x",
                           .help = "'x'",
                           .examples = ".x",
                           .positionals = kPositionals};

  const std::string page = CommandManPage(command, "1.0");

  EXPECT_THAT(page, HasSubstr("\n\\&.hidden 'and' \\equoted\n"));
  EXPECT_THAT(page, HasSubstr("\n\\&.x\n"));
  EXPECT_THAT(page, HasSubstr("fozzy\\-x \\- \\&'x'\n"));
}

TEST(ManPageTest, ThePageOfFozzyNamesEveryCommand) {
  const std::string page = MainManPage(Commands(), "1.0");
  for (const Command& command : Commands().commands) {
    if (command.is_hidden) continue;
    const std::vector<std::string> words = absl::StrSplit(command.name, ' ');
    EXPECT_THAT(page, HasSubstr("fozzy\\-" + words[0])) << command.name;
  }
}

}  // namespace
}  // namespace fozzy

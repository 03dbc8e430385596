#include "cli/shell_word.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "cli/testing/run_program.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(ShellWordTest, PlainWordsStayAsTheyAre) {
  for (const std::string word : {"a", "tests/a-b_c.fozzy.json", "--seed=7",
                                 "fs.eio=1/50,net.drop=1/20", "a:b@c%d+e"}) {
    EXPECT_EQ(ShellWord(word), word);
  }
}

TEST(ShellWordTest, APathIsNeverAFlag) {
  EXPECT_EQ(PathWord("-x.fozzy"), "./-x.fozzy");
  EXPECT_EQ(PathWord("a-x.fozzy"), "a-x.fozzy");
  EXPECT_EQ(PathWord("-a b"), "'./-a b'");
}

TEST(ShellWordTest, AllElseIsQuoted) {
  EXPECT_EQ(ShellWord(""), "''");
  EXPECT_EQ(ShellWord("a b"), "'a b'");
  EXPECT_EQ(ShellWord("it's"), R"('it'\''s')");
  EXPECT_EQ(ShellWord("~root"), "'~root'");
}

TEST(ShellWordTest, AShellReadsBackEveryByte) {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  for (const std::string& word :
       {all, std::string("'"), std::string("''"), std::string("$HOME `id` \\"),
        std::string("a\nb\n"), std::string("*"), std::string("-n")}) {
    const Outcome outcome =
        RunShell(absl::StrCat("printf '%s.' ", ShellWord(word)));
    EXPECT_EQ(outcome.out, word + ".") << word;
    EXPECT_EQ(outcome.code, 0);
  }
}

}  // namespace
}  // namespace fozzy

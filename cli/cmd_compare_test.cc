#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "backends/host/fd.h"
#include "backends/host/testing/temp_folder.h"
#include "cli/args.h"
#include "cli/command_table.h"
#include "cli/dispatch.h"
#include "cli/json_document.h"
#include "cli/output.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
};

std::string ContentOf(int file) {
  std::string content(static_cast<size_t>(lseek(file, 0, SEEK_END)), '\0');
  FOZZY_CHECK(pread(file, content.data(), content.size(), 0) ==
              static_cast<ssize_t>(content.size()));
  return content;
}

// Sets where temporary files go, and sets it back.
class TemporaryFiles {
 public:
  explicit TemporaryFiles(const std::string& folder) {
    if (const char* before = getenv("TMPDIR")) before_ = before;
    setenv("TMPDIR", folder.c_str(), /*overwrite=*/1);
  }
  TemporaryFiles(const TemporaryFiles&) = delete;
  TemporaryFiles& operator=(const TemporaryFiles&) = delete;
  ~TemporaryFiles() {
    unsetenv("TMPDIR");
    if (!before_.empty()) setenv("TMPDIR", before_.c_str(), /*overwrite=*/1);
  }

 private:
  std::string before_;
};

// Compares a scenario of `steps`, one a line, in a folder for temporary files
// that is empty afterwards.
Outcome Compare(const std::string& steps, std::vector<std::string> flags = {}) {
  const TempFolder files;
  const TempFolder temporary;
  const TemporaryFiles setting(temporary.path());
  files.AddFile(
      "s.fozzy.json",
      absl::StrCat("{\"version\":1,\"name\":\"s\",\"steps\":[\n", steps, "]}"));
  flags.insert(flags.begin(), {"compare", files.At("s.fozzy.json")});
  const Fd out(memfd_create("out", MFD_CLOEXEC));
  const Fd err(memfd_create("err", MFD_CLOEXEC));
  Output output({.out = out.get(),
                 .err = err.get(),
                 .is_json = HasSwitch(flags, "--json")});
  Outcome outcome;
  outcome.exit_code = Dispatch(flags, Commands(), output);
  outcome.out = ContentOf(out.get());
  outcome.err = ContentOf(err.get());
  EXPECT_THAT(temporary.List(), ElementsAre());
  EXPECT_THAT(files.List(), ElementsAre("s.fozzy.json"));
  return outcome;
}

constexpr char kWrite[] =
    R"({"type":"fs_write","path":"d/f","data":"x"},
       {"type":"fs_read_assert","path":"d/f","equals":"x"})";

// The rule lies: echo prints "truth".
constexpr char kLie[] =
    R"({"type":"proc_when","cmd":"/bin/echo","args":["truth"],"exit_code":0,"stdout":"lie\n"},
 {"type":"proc_spawn","cmd":"/bin/echo","args":["truth"]})";

TEST(CmdCompareTest, SaysThatNothingDiffers) {
  const Outcome text = Compare(kWrite);
  EXPECT_EQ(text.exit_code, 0);
  EXPECT_THAT(text.out, StartsWith("same: "));
  EXPECT_THAT(text.out, HasSubstr("2 steps"));

  const Outcome json = Compare(kWrite, {"--json", "--seed", "7"});
  EXPECT_EQ(json.exit_code, 0);
  const auto document = JsonDocument::Parse(json.out);
  ASSERT_TRUE(document.ok()) << document.status();
  const JsonNode& root = document->root();
  EXPECT_EQ(document->Raw(*MemberOf(root, "same")), "true");
  EXPECT_EQ(UintMember(root, *document, "seed"), 7u);
  EXPECT_THAT(TextMember(root, "scenario"), HasSubstr("/s.fozzy.json"));
  EXPECT_EQ(MemberOf(root, "firstDifference"), nullptr);
}

TEST(CmdCompareTest, NamesTheFirstStepThatDiffers) {
  const Outcome text = Compare(kLie, {"--backends", "virtual,host"});
  EXPECT_EQ(text.exit_code, 1);
  EXPECT_THAT(text.out, StartsWith("different: "));
  EXPECT_THAT(text.out, HasSubstr("/s.fozzy.json:3:2 (step 1)\n"));
  EXPECT_THAT(text.out, HasSubstr("virtual: ok, exit code 0\n"));
  EXPECT_THAT(text.out, HasSubstr("host:    assertion/proc_stdout: "));

  const Outcome json = Compare(kLie, {"--json"});
  EXPECT_EQ(json.exit_code, 1);
  const auto document = JsonDocument::Parse(json.out);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->Raw(*MemberOf(document->root(), "same")), "false");
  const JsonNode* difference = MemberOf(document->root(), "firstDifference");
  ASSERT_NE(difference, nullptr);
  EXPECT_EQ(UintMember(*difference, *document, "step"), 1u);
  const JsonNode* location = MemberOf(*difference, "location");
  ASSERT_NE(location, nullptr);
  EXPECT_EQ(UintMember(*location, *document, "line"), 3u);
  EXPECT_EQ(UintMember(*location, *document, "col"), 2u);
  EXPECT_EQ(TextMember(*difference, "virtual"), "ok, exit code 0");
  EXPECT_THAT(TextMember(*difference, "host"),
              StartsWith("assertion/proc_stdout: "));
}

TEST(CmdCompareTest, ProcessesThatHangAreADifference) {
  const Outcome outcome = Compare(
      R"({"type":"proc_when","cmd":"/bin/sleep","args":["30"],"exit_code":0},)"
      R"({"type":"proc_spawn","cmd":"/bin/sleep","args":["30"]})",
      {"--timeout", "100ms"});

  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("host:    hang/timeout: "));
}

TEST(CmdCompareTest, RefusesWhatItCannotCompare) {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"--backends", "host,virtual"},
       "found --backends \"host,virtual\", expected virtual,host"},
      {{"--backends", "virtual"},
       "found --backends \"virtual\", expected virtual,host"},
      {{"--perf-fastpath"}, "--perf-fastpath is not offered"},
  };
  for (const auto& [flags, message] : cases) {
    const Outcome outcome = Compare(kWrite, flags);
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_THAT(outcome.err, HasSubstr(message));
  }
  EXPECT_EQ(Compare("{}").exit_code, 2);
}

}  // namespace
}  // namespace fozzy

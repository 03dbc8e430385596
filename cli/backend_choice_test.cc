#include "cli/backend_choice.h"

#include <string>

#include "cli/command_table.h"
#include "cli/testing/run_fozzy.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

TEST(BackendChoiceTest, TheMostSpecificDecides) {
  ConfigFile config;
  config.fs_backend = "host";
  const CommandTable table = Commands();
  const auto choose = [&](const std::string& line) {
    return ChooseBackends(*ParseArgs(SplitWords(line), table), config);
  };

  EXPECT_TRUE(choose("env").has_host_fs);
  EXPECT_FALSE(choose("env").has_host_proc);
  EXPECT_FALSE(choose("env --fs-backend virtual").has_host_fs);
  EXPECT_TRUE(choose("env --host-backends").has_host_http);
  EXPECT_FALSE(
      choose("env --host-backends --proc-backend scripted").has_host_proc);
}

}  // namespace
}  // namespace fozzy

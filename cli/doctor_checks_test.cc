#include "cli/doctor_checks.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "cli/args.h"
#include "cli/command_table.h"
#include "cli/output.h"
#include "cli/testing/fozzy_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Returns the check `name` of a fozzy whose runs are kept in `base_dir`.
DoctorCheck CheckNamed(absl::string_view name, const std::string& base_dir,
                       std::vector<std::string> args = {}) {
  args.insert(args.begin(), "doctor");
  const CommandTable table = Commands();
  const auto parsed = ParseArgs(args, table);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  ConfigFile config;
  config.base_dir = base_dir;
  Output output({});
  const Context context{*parsed, table, config, output};
  for (const DoctorCheck& check : CheckInstallation(context)) {
    if (check.name == name) return check;
  }
  ADD_FAILURE() << "there is no check " << name;
  return {};
}

TEST(DoctorChecksTest, AFolderThatCanBeMadeIsFine) {
  const FozzyFolder folder;

  const DoctorCheck check = CheckNamed("base_dir", folder.PathOf("a/b/c"));

  EXPECT_EQ(check.outcome, DoctorCheck::Outcome::kOk) << check.detail;
  EXPECT_THAT(check.hint, IsEmpty());
  EXPECT_THAT(folder.Names(), IsEmpty());
}

TEST(DoctorChecksTest, AFolderBelowAFileIsBroken) {
  const FozzyFolder folder;
  folder.Write("a", "");

  for (const char* name : {"a", "a/b"}) {
    const DoctorCheck check = CheckNamed("base_dir", folder.PathOf(name));

    EXPECT_EQ(check.outcome, DoctorCheck::Outcome::kBroken) << name;
    EXPECT_THAT(check.detail, HasSubstr("/a: ")) << name;
    EXPECT_THAT(check.hint, Not(IsEmpty())) << name;
  }
}

TEST(DoctorChecksTest, TheConfigurationFileInUseIsNamed) {
  const FozzyFolder folder;
  folder.Write("other.toml", "");
  const std::string path = folder.PathOf("other.toml");

  const DoctorCheck check = CheckNamed("config", ".", {"--config", path});

  EXPECT_EQ(check.detail, path);
}

TEST(DoctorChecksTest, WhatOneCanDoWithoutIsNeverBroken) {
  for (const char* name : {"libcurl", "pin_library"}) {
    const DoctorCheck check = CheckNamed(name, ".");

    EXPECT_NE(check.outcome, DoctorCheck::Outcome::kBroken) << name;
    EXPECT_EQ(check.outcome == DoctorCheck::Outcome::kAbsent,
              absl::StrContains(check.detail, "not found"))
        << name;
  }
}

}  // namespace
}  // namespace fozzy

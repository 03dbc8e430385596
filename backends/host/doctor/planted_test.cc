// Programs with one known cause of nondeterminism each, run for real: the cause
// must be named.
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "backends/host/doctor/cause.h"
#include "backends/host/doctor/run_root.h"
#include "backends/host/doctor/spawn_disturbed.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

constexpr int kRepeats = 3;

struct Planted {
  const char* name;  // of the program, or with ".sh" of the script
  const char* cause;
};

std::vector<std::string> CommandOf(absl::string_view name) {
  if (name.find(".sh") != absl::string_view::npos) {
    return {"/bin/sh", absl::StrCat(FOZZY_PLANTED_SCRIPTS, name)};
  }
  return {absl::StrCat(FOZZY_PLANTED_PROGRAMS, "planted_", name)};
}

// Finds the cause of differences between runs of `argv`, in folders of files.
std::string CauseFor(const std::vector<std::string>& argv) {
  const absl::StatusOr<RunRoot> root = RunRoot::Make();
  if (!root.ok()) return root.status().ToString();
  DisturbedProgram program;
  program.argv = argv;
  program.environment = HostEnvironment();
  program.model = FOZZY_PLANTED_SCRIPTS;
  program.limit_ms = 10'000;
  const RunOnce run = [&](const Disturbance& disturbance,
                          PinSet pins) -> absl::StatusOr<std::string> {
    const absl::StatusOr<ProcessOutcome> outcome =
        SpawnDisturbed(program, disturbance, {pins, FOZZY_PIN_LIBRARY}, *root);
    if (!outcome.ok()) return outcome.status();
    EXPECT_EQ(outcome->exit, 0) << outcome->err;
    EXPECT_EQ(outcome->err, "");
    return outcome->out;
  };
  CauseOptions options;
  options.disturb.folder = true;
  const absl::StatusOr<Cause> cause = CauseOf(run, options);
  return cause.ok() ? CauseName(*cause) : cause.status().ToString();
}

bool ShowsFileOrder() { return access("/dev/shm", W_OK) == 0; }

class PlantedTest : public testing::TestWithParam<Planted> {};

TEST_P(PlantedTest, IsAttributedToItsCauseEveryTime) {
  const Planted& planted = GetParam();
  if (std::string(planted.cause) == "directory_order" && !ShowsFileOrder()) {
    GTEST_SKIP() << "no file system here shows in which order files were made";
  }
  for (int i = 0; i < kRepeats; ++i) {
    EXPECT_EQ(CauseFor(CommandOf(planted.name)), planted.cause)
        << planted.name << ", round " << i;
  }
}

constexpr Planted kPlanted[] = {
    {"address_layout", "address_layout"},
    {"clock", "clock"},
    {"clock.sh", "clock"},
    {"clock_and_pid.sh", "clock and pid"},
    {"deterministic", "none"},
    {"deterministic.sh", "none"},
    {"directory_order", "directory_order"},
    {"directory_order.sh", "directory_order"},
    {"environment.sh", "environment"},
    {"environment_folder", "environment"},
    {"environment_size", "environment"},
    {"environment_zone", "environment"},
    {"pid", "pid"},
    {"pid.sh", "pid"},
    {"random.sh", "random"},
    {"random_call", "random"},
    {"random_device", "random"},
    {"random_file", "random"},
    {"unknown", "unknown"},
};

std::string NameOf(const testing::TestParamInfo<Planted>& tested) {
  std::string name = tested.param.name;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Causes, PlantedTest, testing::ValuesIn(kPlanted),
                         NameOf);

}  // namespace
}  // namespace fozzy

// The audit as users have it: the program itself, on programs with one known
// cause of nondeterminism each, and on what has none.
#include "cli/doctor_audit.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cli/testing/fozzy_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Audits scenarios in a folder of a few files, with real processes.
class DoctorAuditTest : public testing::Test {
 protected:
  DoctorAuditTest() {
    for (const char* name : {"c", "a", "d", "b"}) folder_.Write(name, "");
  }

  ProcResult Audit(const std::string& scenario,
                   const std::vector<std::string>& more = {}) {
    folder_.Write("s.fozzy.json", scenario);
    std::vector<std::string> args = {"doctor",         "--deep",
                                     "--scenario",     "s.fozzy.json",
                                     "--proc-backend", "host"};
    args.insert(args.end(), more.begin(), more.end());
    return folder_.Run(args);
  }

  FozzyFolder folder_;
};

// Returns a scenario whose second step runs the program or script `name`.
std::string Spawning(absl::string_view name) {
  const std::string command =
      absl::EndsWith(name, ".sh")
          ? absl::StrCat(R"("cmd": "/bin/sh", "args": [")",
                         FOZZY_PLANTED_SCRIPTS, name, "\"]")
          : absl::StrCat(R"("cmd": ")", FOZZY_PLANTED_PROGRAMS, "planted_",
                         name, "\"");
  return StepsScenario(
      {R"({"type": "trace_event", "name": "begin"})",
       absl::StrCat(R"({"type": "proc_spawn", )", command, "}")});
}

struct Planted {
  const char* name;
  const char* cause;
  // Found by preloading a library, which a fozzy with sanitizers refuses.
  bool is_preloaded = true;
};

class DoctorPlantedTest : public DoctorAuditTest,
                          public testing::WithParamInterface<Planted> {};

TEST_P(DoctorPlantedTest, TheCauseAndTheStepAreNamed) {
  const Planted& planted = GetParam();
  const char* cause =
      FOZZY_IS_SANITIZED && planted.is_preloaded ? "unknown" : planted.cause;

  const ProcResult result = Audit(Spawning(planted.name), {"--json"});

  EXPECT_EQ(result.exit_code, 2) << result.err;
  EXPECT_THAT(result.out, HasSubstr(R"("ok": false)"));
  EXPECT_THAT(result.out, HasSubstr(R"("consistent": false)"));
  EXPECT_THAT(result.out, HasSubstr(R"("code": "nondeterminism")"));
  EXPECT_THAT(result.out,
              HasSubstr(absl::StrCat(R"("cause": ")", cause, "\"")));
  EXPECT_THAT(result.out, HasSubstr(R"("step": 1,)"));
  EXPECT_THAT(result.out, HasSubstr(R"("left": "observation process)"));
  EXPECT_THAT(result.out, HasSubstr(R"("right": "observation process)"));
}

// The order of files cannot be made to differ on every file system.
std::vector<Planted> PlantedHere() {
  std::vector<Planted> planted = {
      {"address_layout", "address_layout", false},
      {"clock", "clock"},
      {"clock.sh", "clock"},
      {"clock_and_pid.sh", "clock and pid"},
      {"environment_folder", "environment", false},
      {"environment_zone", "environment", false},
      {"pid", "pid"},
      {"random_call", "random"},
      {"random_device", "random"},
      {"unknown", "unknown"},
  };
  if (access("/dev/shm", W_OK) == 0) {
    planted.push_back({"directory_order", "directory_order"});
  }
  return planted;
}

std::string NameOf(const testing::TestParamInfo<Planted>& tested) {
  std::string name = tested.param.name;
  if (absl::EndsWith(name, ".sh")) name.replace(name.size() - 3, 3, "_sh");
  return name;
}

INSTANTIATE_TEST_SUITE_P(Causes, DoctorPlantedTest,
                         testing::ValuesIn(PlantedHere()), NameOf);

TEST_F(DoctorAuditTest, ProgramsThatRepeatRaiseNoAlarm) {
  for (const char* name : {"deterministic", "deterministic.sh"}) {
    const ProcResult result = Audit(Spawning(name), {"--json"});

    EXPECT_EQ(result.exit_code, 0) << name << result.out << result.err;
    EXPECT_THAT(result.out, HasSubstr(R"("issues": [])")) << name;
    EXPECT_THAT(result.out, HasSubstr(R"("consistent": true)")) << name;
  }
}

TEST_F(DoctorAuditTest, ThePartOfTheEnvironmentIsNamed) {
  const ProcResult zone = Audit(Spawning("environment_zone"));
  const ProcResult place = Audit(Spawning("environment_folder"));
  const ProcResult mask = Audit(Spawning("environment.sh"));

  EXPECT_THAT(zone.out, HasSubstr("cause: environment (time_zone)"));
  EXPECT_THAT(zone.out, HasSubstr("s.fozzy.json:2:1, proc_spawn"));
  EXPECT_THAT(place.out, HasSubstr("cause: environment (folder)"));
  EXPECT_THAT(mask.out, HasSubstr("cause: environment (umask)"));
}

TEST_F(DoctorAuditTest, RunsWorkInCopiesOfTheFolderAndLeaveNothing) {
  const std::string scenario =
      StepsScenario({R"({"type": "proc_spawn", "cmd": "/bin/sh",
                         "args": ["-c", "ls; touch new"],
                         "expect_stdout": "a\nb\nc\nd\ns.fozzy.json\n"})"});

  const ProcResult result = Audit(scenario, {"--json"});

  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_THAT(result.out, HasSubstr(R"("working_directory": "copied")"));
  EXPECT_THAT(folder_.Names(), ElementsAre("a", "b", "c", "d", "s.fozzy.json"));
}

TEST_F(DoctorAuditTest, RunsInAFolderTooLargeToCopyShareIt) {
  ASSERT_EQ(truncate(folder_.PathOf("a").c_str(), 64 << 20), 0);

  const ProcResult result = Audit(Spawning("address_layout"));
  const ProcResult calm = Audit(Spawning("deterministic"));

  EXPECT_THAT(result.out, HasSubstr("cause: address_layout"));
  EXPECT_THAT(result.err, HasSubstr("too large to copy"));
  EXPECT_EQ(calm.exit_code, 0) << calm.out;
}

// Three runs at once would all start within the same second.
TEST_F(DoctorAuditTest, AClockThatShowsSecondsIsFound) {
  const ProcResult result = Audit(StepsScenario(
      {R"({"type": "proc_spawn", "cmd": "/bin/date", "args": ["+%s"]})"}));

  EXPECT_EQ(result.exit_code, 2) << result.out;
  EXPECT_THAT(result.out, HasSubstr(FOZZY_IS_SANITIZED ? "cause: unknown"
                                                       : "cause: clock"));
}

}  // namespace
}  // namespace fozzy

// The doctor as users have it: the program itself, on programs with one known
// cause of nondeterminism each, and on scenarios that have none.
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "backends/host/host_proc.h"
#include "cli/file.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Millis kLimit = 60'000;

// Works in a folder of its own with a few files.
class DoctorTest : public testing::Test {
 protected:
  DoctorTest() : path_(testing::TempDir() + "doctor-XXXXXX") {
    EXPECT_NE(mkdtemp(path_.data()), nullptr);
    for (const char* name : {"c", "a", "d", "b"}) Write(name, "");
  }
  ~DoctorTest() override { std::filesystem::remove_all(path_); }

  void Write(const std::string& name, const std::string& text) {
    ASSERT_TRUE(WriteFile(absl::StrCat(path_, "/", name), text).ok());
  }

  // Runs `fozzy doctor ARGS` there.
  ProcResult Doctor(std::vector<std::string> args,
                    std::vector<std::string> variables = {}) {
    args.insert(args.begin(), "doctor");
    HostProcOptions options;
    options.cwd = path_;
    options.env = std::move(variables);
    ProcResult result = HostProc(options).Spawn({FOZZY_PROGRAM, args, kLimit});
    EXPECT_EQ(result.end, ProcResult::End::kExited) << result.reason;
    return result;
  }

  // Audits `scenario` and returns what is said of it.
  ProcResult Audit(const std::string& scenario,
                   std::vector<std::string> args = {}) {
    Write("s.fozzy.json", scenario);
    args.insert(args.begin(), {"--deep", "--scenario", "s.fozzy.json"});
    return Doctor(std::move(args));
  }

  std::string path_;
};

// A scenario of these steps.
std::string Steps(const std::vector<std::string>& steps) {
  return absl::StrCat(R"({"version": 1, "name": "s", "steps": [)",
                      absl::StrJoin(steps, ",\n"), "]}");
}

// A scenario whose second step runs the program or script `name`.
std::string Spawning(absl::string_view name) {
  std::string command = absl::StrCat(R"("cmd": ")", FOZZY_PLANTED_PROGRAMS,
                                     "planted_", name, "\"");
  if (absl::EndsWith(name, ".sh")) {
    command = absl::StrCat(R"("cmd": "/bin/sh", "args": [")",
                           FOZZY_PLANTED_SCRIPTS, name, "\"]");
  }
  return Steps({R"({"type": "trace_event", "name": "begin"})",
                absl::StrCat(R"({"type": "proc_spawn", )", command, "}")});
}

struct Planted {
  const char* name;
  const char* cause;
  // Found by preloading a library, which a fozzy with sanitizers refuses.
  bool is_preloaded = true;
};

class DoctorPlantedTest : public DoctorTest,
                          public testing::WithParamInterface<Planted> {};

TEST_P(DoctorPlantedTest, NamesTheCauseAndTheStep) {
  const Planted& planted = GetParam();
  const bool is_hidden = FOZZY_IS_SANITIZED && planted.is_preloaded;
  if (absl::string_view(planted.cause) == "directory_order" &&
      access("/dev/shm", W_OK) != 0) {
    GTEST_SKIP() << "no file system here shows in which order files were made";
  }

  const ProcResult result =
      Audit(Spawning(planted.name), {"--proc-backend", "host", "--json"});

  EXPECT_EQ(result.exit_code, 2) << result.err;
  EXPECT_THAT(result.out, HasSubstr(R"("ok": false)"));
  EXPECT_THAT(result.out, HasSubstr(R"("consistent": false)"));
  EXPECT_THAT(result.out, HasSubstr(R"("code": "nondeterminism")"));
  EXPECT_THAT(result.out, HasSubstr(absl::StrCat(
                              R"("cause": ")",
                              is_hidden ? "unknown" : planted.cause, "\"")));
  EXPECT_THAT(result.out, HasSubstr(R"("step": 1,)"));
  EXPECT_THAT(result.out, HasSubstr(R"("left": "observation process)"));
  EXPECT_THAT(result.out, HasSubstr(R"("right": "observation process)"));
}

constexpr Planted kPlanted[] = {
    {"address_layout", "address_layout", false},
    {"clock", "clock"},
    {"clock.sh", "clock"},
    {"clock_and_pid.sh", "clock and pid"},
    {"directory_order", "directory_order"},
    {"environment_folder", "environment", false},
    {"environment_zone", "environment", false},
    {"pid", "pid"},
    {"random_call", "random"},
    {"random_device", "random"},
    {"unknown", "unknown"},
};

std::string NameOf(const testing::TestParamInfo<Planted>& tested) {
  std::string name = tested.param.name;
  if (absl::EndsWith(name, ".sh")) name.replace(name.size() - 3, 3, "_sh");
  return name;
}

INSTANTIATE_TEST_SUITE_P(Causes, DoctorPlantedTest, testing::ValuesIn(kPlanted),
                         NameOf);

TEST_F(DoctorTest, ProgramsThatRepeatRaiseNoAlarm) {
  for (const char* name : {"deterministic", "deterministic.sh"}) {
    const ProcResult result =
        Audit(Spawning(name), {"--proc-backend", "host", "--json"});

    EXPECT_EQ(result.exit_code, 0) << name << result.out << result.err;
    EXPECT_THAT(result.out, HasSubstr(R"("issues": [])")) << name;
    EXPECT_THAT(result.out, HasSubstr(R"("consistent": true)")) << name;
  }
}

TEST_F(DoctorTest, VirtualScenariosRaiseNoAlarm) {
  const std::vector<std::string> scenarios = {
      Steps({R"({"type": "rand_u64"})", R"({"type": "sleep",
             "duration": "1h"})"}),
      Steps({R"({"type": "fs_write", "path": "a", "data": "x"})",
             R"({"type": "fs_read_assert", "path": "a", "equals": "x"})"}),
      Steps({R"({"type": "net_set_reorder", "enabled": true})",
             R"({"type": "net_send", "from": "a", "to": "b",
                 "payload": "1"})",
             R"({"type": "net_send", "from": "a", "to": "b",
                 "payload": "2"})",
             R"({"type": "net_deliver_one"})"}),
      Steps({R"({"type": "assert_eq_int", "a": 1, "b": 2})"}),
      R"({"version": 1, "name": "d", "distributed": {
          "node_count": 3,
          "steps": [{"type": "client_put", "node": "n0", "key": "k",
                     "value": "v"},
                    {"type": "tick", "duration": "5ms"}],
          "invariants": [{"type": "kv_all_equal", "key": "k"}]}})",
  };
  for (const std::string& scenario : scenarios) {
    const ProcResult result = Audit(scenario, {"--json"});

    EXPECT_EQ(result.exit_code, 0) << scenario << result.out << result.err;
    EXPECT_THAT(result.out, HasSubstr(R"("ok": true)")) << scenario;
  }
}

TEST_F(DoctorTest, TheSeedAndTheNumberOfRunsAreThoseAskedFor) {
  const std::string scenario = Steps({R"({"type": "rand_u64"})"});

  const std::string seven = Audit(scenario, {"--json", "--seed", "7"}).out;
  const std::string eight = Audit(scenario, {"--json", "--seed", "8"}).out;
  const std::string two = Audit(scenario, {"--json", "--runs", "2"}).out;

  EXPECT_THAT(seven, HasSubstr(R"("seed": 7,)"));
  EXPECT_THAT(seven, HasSubstr(R"("runs": 3,)"));
  EXPECT_THAT(two, HasSubstr(R"("seed": 3235823838,)"));
  EXPECT_THAT(two, HasSubstr(R"("runs": 2,)"));
  const size_t at = seven.find("signatures");
  ASSERT_NE(at, std::string::npos);
  EXPECT_NE(seven.substr(at), eight.substr(at));
}

TEST_F(DoctorTest, ThePartOfTheEnvironmentIsNamed) {
  const std::vector<std::string> args = {"--proc-backend", "host"};

  const ProcResult zone = Audit(Spawning("environment_zone"), args);
  const ProcResult folder = Audit(Spawning("environment_folder"), args);
  const ProcResult mask = Audit(Spawning("environment.sh"), args);

  EXPECT_THAT(zone.out, HasSubstr("cause: environment (time_zone)"));
  EXPECT_THAT(zone.out, HasSubstr("s.fozzy.json:2:1, proc_spawn"));
  EXPECT_THAT(folder.out, HasSubstr("cause: environment (folder)"));
  EXPECT_THAT(mask.out, HasSubstr("cause: environment (umask)"));
}

TEST_F(DoctorTest, RunsWorkInCopiesOfTheFolderAndLeaveNothing) {
  const std::string scenario =
      Steps({R"({"type": "proc_spawn", "cmd": "/bin/sh",
                 "args": ["-c", "ls; touch new"],
                 "expect_stdout": "a\nb\nc\nd\ns.fozzy.json\n"})"});

  const ProcResult result =
      Audit(scenario, {"--proc-backend", "host", "--json"});

  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_THAT(result.out, HasSubstr(R"("working_directory": "copied")"));
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_)) {
    names.push_back(entry.path().filename());
  }
  EXPECT_THAT(
      names, testing::UnorderedElementsAre("a", "b", "c", "d", "s.fozzy.json"));
}

TEST_F(DoctorTest, RunsInAFolderTooLargeToCopyShareIt) {
  ASSERT_EQ(truncate((path_ + "/a").c_str(), 64 << 20), 0);

  const ProcResult clock =
      Audit(Spawning("address_layout"), {"--proc-backend", "host"});
  const ProcResult calm =
      Audit(Spawning("deterministic"), {"--proc-backend", "host"});

  EXPECT_THAT(clock.out, HasSubstr("cause: address_layout"));
  EXPECT_THAT(clock.err, HasSubstr("too large to copy"));
  EXPECT_EQ(calm.exit_code, 0) << calm.out;
}

// Three runs at once would all start within the same second.
TEST_F(DoctorTest, AClockThatShowsSecondsIsFound) {
  const std::string scenario = Steps({R"({"type": "proc_spawn",
      "cmd": "/bin/date", "args": ["+%s"]})"});

  const ProcResult result = Audit(scenario, {"--proc-backend", "host"});

  EXPECT_EQ(result.exit_code, 2) << result.out;
  EXPECT_THAT(result.out, HasSubstr(FOZZY_IS_SANITIZED ? "cause: unknown"
                                                       : "cause: clock"));
}

TEST_F(DoctorTest, TheConfigurationFileHoldsForTheRuns) {
  Write("fozzy.toml", "proc_backend = \"host\"\n");

  const ProcResult result = Audit(Spawning("address_layout"));

  EXPECT_EQ(result.exit_code, 2) << result.out;
  EXPECT_THAT(result.out, HasSubstr("cause: address_layout"));
}

TEST_F(DoctorTest, AVariableThatIsSetIsNoSignal) {
  Write("s.fozzy.json", Steps({R"({"type": "rand_u64"})"}));
  const std::vector<std::string> variables = {"TZ=Asia/Tokyo",
                                              "RUST_BACKTRACE=1"};

  const ProcResult quick = Doctor({"--strict", "--json"}, variables);
  const ProcResult deep =
      Doctor({"--deep", "s.fozzy.json", "--strict", "--json"}, variables);

  EXPECT_EQ(quick.exit_code, 0) << quick.out;
  EXPECT_EQ(deep.exit_code, 0) << deep.out;
  EXPECT_THAT(quick.out, Not(HasSubstr("nondeterminism_signals")));
  EXPECT_THAT(deep.out, Not(HasSubstr("nondeterminism_signals")));
}

TEST_F(DoctorTest, TheQuickChecksNameWhatIsBroken) {
  EXPECT_EQ(Doctor({}).exit_code, 0);
  Write("fozzy.toml", "base_dir = \"a/runs\"\n");  // a is a file

  const ProcResult broken = Doctor({"--json"});

  EXPECT_EQ(broken.exit_code, 2);
  EXPECT_THAT(broken.out, HasSubstr(R"("code": "base_dir")"));
  EXPECT_THAT(broken.out, HasSubstr("a: not a folder"));
}

TEST_F(DoctorTest, WrongCommandLinesAreExplained) {
  Write("s.fozzy.json", Steps({R"({"type": "rand_u64"})"}));
  Write("bad.fozzy.json", Steps({R"({"type": "rand_u65"})"}));
  const struct {
    std::vector<std::string> args;
    const char* message;
  } kCases[] = {
      {{"--deep"}, "needs a scenario"},
      {{"--deep", "s.fozzy.json", "--runs", "1"}, "--runs is 1"},
      {{"--deep", "a", "--scenario", "b"}, "found two scenarios"},
      {{"--scenario", "s.fozzy.json"}, "needs --deep"},
      {{"s.fozzy.json"}, "needs --deep"},
      {{"--deep", "none.fozzy.json"}, "none.fozzy.json"},
      {{"--deep", "bad.fozzy.json"}, "bad.fozzy.json:1:48"},
  };
  for (const auto& [args, message] : kCases) {
    const ProcResult result = Doctor(args);

    EXPECT_EQ(result.exit_code, 2) << message;
    EXPECT_THAT(result.err, HasSubstr(message));
    EXPECT_THAT(result.out, IsEmpty()) << message;
  }
}

}  // namespace
}  // namespace fozzy

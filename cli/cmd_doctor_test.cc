#include <string>
#include <vector>

#include "cli/testing/fozzy_folder.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kDraw[] = R"({"type": "rand_u64"})";

class CmdDoctorTest : public testing::Test {
 protected:
  ProcResult Doctor(std::vector<std::string> args,
                    const std::vector<std::string>& variables = {}) {
    args.insert(args.begin(), "doctor");
    return folder_.Run(args, variables);
  }

  FozzyFolder folder_;
};

TEST_F(CmdDoctorTest, VirtualScenariosRaiseNoAlarmWhateverTheirOutcome) {
  const std::vector<std::string> scenarios = {
      StepsScenario({kDraw, R"({"type": "sleep", "duration": "1h"})"}),
      StepsScenario(
          {R"({"type": "fs_write", "path": "a", "data": "x"})",
           R"({"type": "fs_read_assert", "path": "a", "equals": "x"})"}),
      StepsScenario(
          {R"({"type": "net_set_reorder", "enabled": true})",
           R"({"type": "net_send", "from": "a", "to": "b", "payload": "1"})",
           R"({"type": "net_send", "from": "a", "to": "b", "payload": "2"})",
           R"({"type": "net_deliver_one"})"}),
      StepsScenario({R"({"type": "assert_eq_int", "a": 1, "b": 2})"}),
      R"({"version": 1, "name": "d", "distributed": {
          "node_count": 3,
          "steps": [{"type": "client_put", "node": "n0", "key": "k",
                     "value": "v"},
                    {"type": "tick", "duration": "5ms"}],
          "invariants": [{"type": "kv_all_equal", "key": "k"}]}})",
  };
  for (const std::string& scenario : scenarios) {
    folder_.Write("s.fozzy.json", scenario);

    const ProcResult result =
        Doctor({"--deep", "--scenario", "s.fozzy.json", "--json"});

    EXPECT_EQ(result.exit_code, 0) << scenario << result.out << result.err;
    EXPECT_THAT(result.out, HasSubstr(R"("ok": true)")) << scenario;
    EXPECT_THAT(folder_.Names(), ElementsAre("s.fozzy.json")) << scenario;
  }
}

TEST_F(CmdDoctorTest, TheSeedAndTheNumberOfRunsAreThoseAskedFor) {
  folder_.Write("s.fozzy.json", StepsScenario({kDraw}));
  const std::vector<std::string> args = {"--deep", "s.fozzy.json", "--json"};
  std::vector<std::string> with_seed = args;
  with_seed.insert(with_seed.end(), {"--seed", "7"});
  std::vector<std::string> with_runs = args;
  with_runs.insert(with_runs.end(), {"--runs", "2"});

  const std::string seven = Doctor(with_seed).out;
  const std::string two = Doctor(with_runs).out;

  EXPECT_THAT(seven, HasSubstr(R"("seed": 7,)"));
  EXPECT_THAT(seven, HasSubstr(R"("runs": 3,)"));
  EXPECT_THAT(two, HasSubstr(R"("seed": 3235823838,)"));
  EXPECT_THAT(two, HasSubstr(R"("runs": 2,)"));
  const size_t at = seven.find("signatures");
  ASSERT_NE(at, std::string::npos);
  // What is drawn depends on the seed, and the signature on what is drawn.
  EXPECT_THAT(two, Not(HasSubstr(seven.substr(at + 20, 40))));
}

TEST_F(CmdDoctorTest, TheConfigurationFileHoldsForTheRuns) {
  folder_.Write("fozzy.toml", "proc_backend = \"host\"\n");
  folder_.Write(
      "s.fozzy.json",
      StepsScenario({R"({"type": "proc_spawn", "cmd": "/bin/pwd"})"}));

  const ProcResult result = Doctor({"--deep", "s.fozzy.json"});

  EXPECT_EQ(result.exit_code, 2) << result.err;
  EXPECT_THAT(result.out, HasSubstr("cause: environment (folder)"));
}

TEST_F(CmdDoctorTest, AVariableThatIsSetIsNoSignal) {
  folder_.Write("s.fozzy.json", StepsScenario({kDraw}));
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

TEST_F(CmdDoctorTest, WhatIsBrokenIsAFailure) {
  EXPECT_EQ(Doctor({}).exit_code, 0);
  folder_.Write("a", "");
  folder_.Write("fozzy.toml", "base_dir = \"a/runs\"\n");

  const ProcResult broken = Doctor({"--json"});

  EXPECT_EQ(broken.exit_code, 2);
  EXPECT_THAT(broken.out, HasSubstr(R"("code": "base_dir")"));
}

TEST_F(CmdDoctorTest, WrongCommandLinesAreExplained) {
  folder_.Write("s.fozzy.json", StepsScenario({kDraw}));
  folder_.Write("bad.fozzy.json", StepsScenario({R"({"type": "rand_u65"})"}));
  struct Case {
    std::vector<std::string> args;
    const char* message;
  };
  const std::vector<Case> cases = {
      {{"--deep"}, "needs a scenario"},
      {{"--deep", "s.fozzy.json", "--runs", "1"}, "--runs is 1"},
      {{"--deep", "a", "--scenario", "b"}, "found two scenarios"},
      {{"--scenario", "s.fozzy.json"}, "needs --deep"},
      {{"s.fozzy.json"}, "needs --deep"},
      {{"--deep", "none.fozzy.json"}, "none.fozzy.json"},
      {{"--deep", "bad.fozzy.json"}, "bad.fozzy.json:1:48"},
  };
  for (const auto& [args, message] : cases) {
    const ProcResult result = Doctor(args);

    EXPECT_EQ(result.exit_code, 2) << message;
    EXPECT_THAT(result.err, HasSubstr(message));
    EXPECT_THAT(result.out, IsEmpty()) << message;
  }
}

}  // namespace
}  // namespace fozzy

#include "backends/host/doctor/spawn_disturbed.h"

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace fozzy {
namespace {

class SpawnDisturbedTest : public testing::Test {
 protected:
  SpawnDisturbedTest() : root_(RunRoot::Make()) {
    EXPECT_TRUE(root_.ok());
    program_.environment = {"PATH=/usr/bin:/bin", "KEPT=yes"};
    program_.limit_ms = 8000;
  }

  absl::StatusOr<ProcessOutcome> Shell(const std::string& script,
                                       const Disturbance& disturbance = {},
                                       PinSet pins = {}) {
    program_.argv = {"/bin/sh", "-c", script};
    return SpawnDisturbed(program_, disturbance, {pins, FOZZY_PIN_LIBRARY},
                          *root_);
  }

  // Returns what a shell that succeeds prints.
  std::string Print(const std::string& script, PinSet pins = {},
                    const Disturbance& disturbance = {}) {
    const absl::StatusOr<ProcessOutcome> outcome =
        Shell(script, disturbance, pins);
    if (!outcome.ok()) return outcome.status().ToString();
    EXPECT_EQ(outcome->exit, 0) << outcome->err;
    return outcome->out;
  }

  DisturbedProgram program_;
  absl::StatusOr<RunRoot> root_;
};

TEST_F(SpawnDisturbedTest, TellsHowTheProgramEndedAndWhatItPrinted) {
  const absl::StatusOr<ProcessOutcome> outcome =
      Shell("echo out; echo err >&2; exit 7");
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->exit, 7);
  EXPECT_EQ(outcome->out, "out\n");
  EXPECT_EQ(outcome->err, "err\n");
  EXPECT_EQ(Shell("kill -9 $$")->exit, 128 + 9);
}

TEST_F(SpawnDisturbedTest, LargeOutputOfBothEndsArrivesWhole) {
  const absl::StatusOr<ProcessOutcome> outcome =
      Shell("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2");
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->out, std::string(300000, '\0'));
  EXPECT_EQ(outcome->err, std::string(300000, '\0'));
}

TEST_F(SpawnDisturbedTest, AProgramBeyondItsLimitIsKilledWithItsChildren) {
  program_.limit_ms = 100;
  const absl::StatusOr<ProcessOutcome> outcome = Shell("sleep 60 | sleep 60");
  ASSERT_TRUE(outcome.ok());
  EXPECT_TRUE(outcome->is_timed_out);
}

TEST_F(SpawnDisturbedTest, WhatCannotBeExecutedIsAnError) {
  program_.argv = {"/nowhere/at/all"};
  EXPECT_EQ(SpawnDisturbed(program_, {}, {}, *root_).status().code(),
            absl::StatusCode::kNotFound);
  program_.argv = {"sh"};
  EXPECT_EQ(SpawnDisturbed(program_, {}, {}, *root_).status().code(),
            absl::StatusCode::kInvalidArgument);
  program_.argv = {};
  EXPECT_EQ(SpawnDisturbed(program_, {}, {}, *root_).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_F(SpawnDisturbedTest, WithoutItsLibraryAPinCannotBeHeld) {
  program_.argv = {"/bin/sh", "-c", "true"};
  const Pins pins = {PinSet(Pin::kClock), "/nowhere/libfozzy_pin.so"};
  EXPECT_EQ(SpawnDisturbed(program_, {}, pins, *root_).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(SpawnDisturbedTest, TheProcessIsDisturbedAsAsked) {
  const Disturbance disturbance = {.time_zone = "<+03>-3",
                                   .has_own_home = true,
                                   .umask = 027,
                                   .has_own_folder = true};
  EXPECT_EQ(Print("umask; date -d @0 +%H; echo $KEPT", {}, disturbance),
            "0027\n03\nyes\n");
  const std::string folders = Print("pwd; echo $HOME", {}, disturbance);
  EXPECT_EQ(folders, absl::StrCat(root_->path(), "/run-000000/work\n",
                                  root_->path(), "/run-000000/home\n"));
}

TEST_F(SpawnDisturbedTest, AddressesAreRandomUnlessFixed) {
  const std::string ask = "grep -h stack /proc/self/maps";
  const Disturbance fixed = {.has_fixed_addresses = true};
  EXPECT_NE(Print(ask), Print(ask));
  EXPECT_EQ(Print(ask, {}, fixed), Print(ask, {}, fixed));
}

TEST_F(SpawnDisturbedTest, AProcessorIsOneOfTheCallers) {
  for (uint32_t i = 0; i < 5; ++i) {
    EXPECT_EQ(Print("nproc", {}, {.processor = i}), "1\n") << i;
  }
}

TEST_F(SpawnDisturbedTest, APinnedClockStartsAtOneTimeAndMoves) {
  const PinSet clock(Pin::kClock);
  EXPECT_EQ(Print("date +%s", clock), "1700000000\n");
  // By more than the second slept, so that who waits for it gets there.
  EXPECT_EQ(Print("sleep 0.3; sleep 0.3; sleep 0.4; date +%s", clock),
            "1700000001\n");
  EXPECT_EQ(Print("sleep 0.1 & wait; date +%s.%N | cut -c 1-12", clock),
            "1700000000.1\n");
}

TEST_F(SpawnDisturbedTest, WaitingForAPinnedClockEnds) {
  EXPECT_EQ(Print("while [ $(date +%s%N) -lt 1700000000050000000 ]; do :; done;"
                  "echo done",
                  PinSet(Pin::kClock)),
            "done\n");
  EXPECT_EQ(Shell("timeout 0.2 sleep 5", {}, PinSet(Pin::kClock))->exit, 124);
}

TEST_F(SpawnDisturbedTest, PinnedIdsAreTheSameAndStillNameTheProcess) {
  const std::string script =
      "echo $$ $PPID; sh -c 'echo $PPID' ; sleep 9 & echo $!; kill $!; wait $!;"
      "echo $?; kill -0 $$ && echo here; ls /proc/$$/stat >/dev/null && echo "
      "there;"
      "for i in 1 2 3; do sh -c 'echo $$'; done";
  const std::string first = Print(script, PinSet(Pin::kPid));
  EXPECT_EQ(first, Print(script, PinSet(Pin::kPid)));
  EXPECT_NE(first.find("\n143\nhere\nthere\n"), std::string::npos) << first;
}

TEST_F(SpawnDisturbedTest, PinnedIdsOfSiblingsDiffer) {
  const std::string ids =
      Print("for i in $(seq 200); do sh -c 'echo $$'; done | sort -u | wc -l",
            PinSet(Pin::kPid));
  EXPECT_EQ(ids, "200\n");
}

TEST_F(SpawnDisturbedTest, APinnedShellCanSignalItself) {
  EXPECT_EQ(Shell("kill -TERM $$; sleep 5", {}, PinSet(Pin::kPid))->exit,
            128 + 15);
}

TEST_F(SpawnDisturbedTest, PinnedRandomBytesAreTheSameInEveryRun) {
  const PinSet pins(Pin::kRandom);
  const std::string script =
      "head -c 16 /dev/urandom | od -An -t x1; mktemp -u; shuf -i 1-100;"
      "od -An -N 8 -t x1 </dev/random";
  EXPECT_EQ(Print(script, pins), Print(script, pins));
  EXPECT_NE(Print(script), Print(script));
}

TEST_F(SpawnDisturbedTest, FilesOtherThanRandomDevicesAreAsEver) {
  EXPECT_EQ(Print("echo text >\"$TMPDIR/file\"; cat \"$TMPDIR/file\";"
                  "stat -c %a \"$TMPDIR/file\"",
                  PinSet(Pin::kRandom), {.umask = 022, .has_own_folder = true}),
            "text\n644\n");
}

TEST_F(SpawnDisturbedTest, PinnedDirectoriesAreReadInTheOrderOfNames) {
  program_.model = FOZZY_PLANTED_SCRIPTS;
  const Disturbance disturbance = {.has_own_folder = true, .file_order = 3};
  EXPECT_EQ(Print("ls -U", PinSet(Pin::kDirectoryOrder), disturbance),
            Print("LC_ALL=C ls", {}, disturbance));
}

// Whatever is pinned, real programs do what they do.
TEST_F(SpawnDisturbedTest, RealProgramsWorkWithEverythingPinned) {
  const struct {
    const char* script;
    const char* out;
  } kCases[] = {
      {"find . -name '*.sh' | wc -l; ls | wc -l | xargs test 0 -lt", "7\n"},
      {"echo b a | tr ' ' '\\n' | sort | paste -sd,", "a,b\n"},
      {"cd / && (cd tmp && pwd); pwd", "/tmp\n/\n"},
      {"trap 'echo bye' EXIT; echo hi", "hi\nbye\n"},
      {"echo x >a; tar cf t.tar a && rm a && tar xf t.tar && cat a", "x\n"},
  };
  program_.model = FOZZY_PLANTED_SCRIPTS;
  for (const auto& [script, out] : kCases) {
    EXPECT_EQ(Print(script, PinSet::All(), {.has_own_folder = true}), out)
        << script;
  }
}

TEST_F(SpawnDisturbedTest, PythonIsDeterministicWithEverythingPinned) {
  if (!std::filesystem::exists("/usr/bin/python3")) {
    GTEST_SKIP() << "no /usr/bin/python3 here";
  }
  program_.argv = {
      "/usr/bin/python3", "-c",
      "import os,random,subprocess,threading,time,uuid\n"
      "print(hash('a'), id(object()), uuid.uuid4(), random.random())\n"
      "print(time.time(), time.monotonic(), os.getpid(), os.urandom(4))\n"
      "print(subprocess.run(['date','+%N'], capture_output=True).stdout)\n"
      "start = time.time()\n"
      "print(threading.Event().wait(0.1), time.time() - start >= 0.1)\n"
      "print(os.waitpid(os.spawnlp(os.P_NOWAIT, 'true', 'true'), 0)[1])\n"
      "pid = os.fork()\n"
      "if pid == 0: os._exit(3)\n"
      "print(os.waitpid(pid, 0) == (pid, 3 << 8))\n"};
  std::vector<std::string> outs;
  for (uint32_t i = 0; i < 3; ++i) {
    const absl::StatusOr<ProcessOutcome> outcome =
        SpawnDisturbed(program_, DisturbanceOf(i, {}),
                       {PinSet::All(), FOZZY_PIN_LIBRARY}, *root_);
    ASSERT_TRUE(outcome.ok()) << outcome.status();
    EXPECT_EQ(outcome->exit, 0) << outcome->err;
    outs.push_back(outcome->out);
  }
  EXPECT_EQ(outs[0], outs[1]);
  EXPECT_EQ(outs[0], outs[2]);
  EXPECT_NE(outs[0].find("False True\n0\nTrue\n"), std::string::npos)
      << outs[0];
}

}  // namespace
}  // namespace fozzy

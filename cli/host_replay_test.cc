// Runs that act on the host, and their replays when there is no host any more.
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "backends/host/fd.h"
#include "backends/host/host_clock.h"
#include "backends/host/testing/http_server.h"
#include "backends/host/testing/temp_folder.h"
#include "cli/json_document.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/base/check.h"
#include "sim/sanitizers.h"

namespace fozzy {
namespace {

using ::testing::AnyOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// What a replay has no use for: sockets, processes, and the ways in which
// files of the host are opened.  The program itself is started by execveat.
constexpr uint32_t kForbidden[] = {
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind,
    SYS_listen, SYS_accept4,    SYS_fork,    SYS_vfork,
    SYS_kill,   SYS_pidfd_open, SYS_openat2, SYS_io_uring_setup};
// These neither, but sanitizers that are linked in have.
constexpr uint32_t kOfSanitizers[] = {SYS_clone, SYS_clone3, SYS_execve,
                                      SYS_open};

sock_filter Load(size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<uint32_t>(offset));
}

// Goes on with the next but one unless `code` holds for `value`.
sock_filter If(uint16_t code, uint32_t value) {
  return BPF_JUMP(static_cast<uint16_t>(BPF_JMP | code | BPF_K), value, 0, 1);
}

sock_filter Return(uint32_t action) {
  return BPF_STMT(BPF_RET | BPF_K, action);
}

// Returns a filter that kills whoever makes a forbidden call, by SIGSYS.
std::vector<sock_filter> MakeGuard() {
  const sock_filter kill = Return(SECCOMP_RET_KILL_PROCESS);
  const sock_filter allow = Return(SECCOMP_RET_ALLOW);
  std::vector<sock_filter> guard = {
      Load(offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0), kill,
      Load(offsetof(seccomp_data, nr))};
  for (const uint32_t call : kForbidden) {
    guard.insert(guard.end(), {If(BPF_JEQ, call), kill});
  }
  for (const uint32_t call : kOfSanitizers) {
    if (IsSanitized()) break;
    guard.insert(guard.end(), {If(BPF_JEQ, call), kill});
  }
  // The root of files of the host is opened with O_PATH.
  guard.insert(guard.end(),
               {BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 1, 0), allow,
                Load(offsetof(seccomp_data, args[2])), If(BPF_JSET, O_PATH),
                kill, allow});
  return guard;
}

struct Launch {
  std::vector<std::string> args;
  std::string folder;  // to work in
  bool is_guarded = false;
};

struct Outcome {
  int exit_code = -1;  // -1: killed by `signal`
  int signal = 0;
  std::string out;
  std::string err;

  // What the JSON document on stdout says.
  std::string status;
  std::vector<std::string> findings;  // "KIND/TITLE: MESSAGE"
};

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Becomes fozzy; called in a child.
[[noreturn]] void Become(const Launch& launch, int out, int err) {
  std::vector<std::string> args = {"fozzy"};
  args.insert(args.end(), launch.args.begin(), launch.args.end());
  std::vector<std::string> env = {
      launch.is_guarded ? "PATH=" : "PATH=/usr/bin:/bin",
      "ASAN_OPTIONS=detect_leaks=0"};  // that would start a thread
  std::vector<sock_filter> guard = MakeGuard();
  const sock_fprog program = {static_cast<uint16_t>(guard.size()),
                              guard.data()};
  const int fozzy = open(FOZZY_PROGRAM, O_RDONLY | O_CLOEXEC);
  bool is_ready = fozzy >= 0 && chdir(launch.folder.c_str()) == 0 &&
                  dup2(out, 1) == 1 && dup2(err, 2) == 2;
  if (is_ready && launch.is_guarded) {
    is_ready = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
               prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
  }
  if (is_ready) {
    syscall(SYS_execveat, fozzy, "", Pointers(args).data(),
            Pointers(env).data(), AT_EMPTY_PATH);
  }
  _exit(125);
}

std::string ContentOf(int file) {
  std::string content(static_cast<size_t>(lseek(file, 0, SEEK_END)), '\0');
  FOZZY_CHECK(pread(file, content.data(), content.size(), 0) ==
              static_cast<ssize_t>(content.size()));
  return content;
}

void ReadDocument(Outcome& outcome) {
  const auto document = JsonDocument::Parse(outcome.out);
  if (!document.ok()) return;
  outcome.status = TextMember(document->root(), "status");
  const JsonNode* findings = MemberOf(document->root(), "findings");
  if (findings == nullptr) return;
  const JsonNode* finding = findings + 1;
  for (uint32_t i = 0; i < findings->size; ++i) {
    outcome.findings.push_back(absl::StrCat(TextMember(*finding, "kind"), "/",
                                            TextMember(*finding, "title"), ": ",
                                            TextMember(*finding, "message")));
    finding = finding->next();
  }
}

// Runs fozzy to its end.
Outcome RunFozzy(const Launch& launch) {
  const Fd out(memfd_create("out", MFD_CLOEXEC));
  const Fd err(memfd_create("err", MFD_CLOEXEC));
  const pid_t child = fork();
  if (child == 0) Become(launch, out.get(), err.get());
  FOZZY_CHECK(child > 0);
  int status = 0;
  FOZZY_CHECK(waitpid(child, &status, 0) == child);
  Outcome outcome;
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  outcome.out = ContentOf(out.get());
  outcome.err = ContentOf(err.get());
  ReadDocument(outcome);
  return outcome;
}

// Records the scenario of `steps` in `folder` as "t.fozzy" there.
Outcome Record(const TempFolder& folder, const std::string& steps,
               std::vector<std::string> flags) {
  folder.AddFile(
      "s.fozzy.json",
      absl::StrCat(R"({"version":1,"name":"host","steps":[)", steps, "]}"));
  flags.insert(flags.begin(), {"run", "s.fozzy.json", "--host-backends",
                               "--json", "--seed", "1"});
  flags.insert(flags.end(), {"--record", "t.fozzy"});
  return RunFozzy({flags, folder.path()});
}

// Replays `trace` in a folder that holds nothing else, without a host.
Outcome ReplayWithoutHost(const std::string& trace) {
  const TempFolder folder;
  folder.AddFile("t.fozzy", trace);
  Outcome outcome =
      RunFozzy({{"replay", "t.fozzy", "--json"}, folder.path(), true});
  EXPECT_EQ(outcome.signal, 0) << outcome.err;
  // Nothing but its own report is left behind.
  EXPECT_THAT(folder.List(), Each(AnyOf("t.fozzy", StartsWith(".fozzy"))));
  return outcome;
}

// A recording whose folder is gone.
struct Recording {
  Outcome outcome;
  std::string trace;
};

Recording RecordAndForget(const std::string& steps,
                          const std::vector<std::string>& flags) {
  const TempFolder folder;
  Recording recording;
  recording.outcome = Record(folder, steps, flags);
  recording.trace = folder.ReadFile("t.fozzy");
  return recording;
}

void ExpectSameReplay(const Recording& recording) {
  const Outcome replay = ReplayWithoutHost(recording.trace);
  EXPECT_EQ(replay.exit_code, recording.outcome.exit_code) << replay.out;
  EXPECT_EQ(replay.status, recording.outcome.status);
  EXPECT_EQ(replay.findings, recording.outcome.findings);
}

std::string Get(const std::string& url, const std::string& expectations) {
  return absl::StrCat(R"({"type":"http_request","method":"GET","path":")", url,
                      R"(",)", expectations, "}");
}

std::string Shell(const std::string& script, const std::string& members = "") {
  return absl::StrCat(R"({"type":"proc_spawn","cmd":"/bin/sh","args":["-c",")",
                      script, R"("])", members, "}");
}

// Acts on files, processes and a server at `url`.
std::string ActOnAll(const std::string& url) {
  return absl::StrCat(
      R"({"type":"fs_write","path":"d/f","data":"one"},)",
      R"({"type":"fs_snapshot","name":"s"},)",
      R"({"type":"fs_write","path":"d/f","data":"two"},)",
      R"({"type":"fs_restore","name":"s"},)",
      R"({"type":"fs_read_assert","path":"d/f","equals":"one"},)",
      Shell("cat d/f; printf err >&2; exit 3",
            R"(,"expect_exit":3,"expect_stdout":"one","expect_stderr":"err",)"
            R"("save_stdout_as":"p")"),
      R"(,{"type":"get_kv_assert","key":"p","equals":"one"},)",
      Get(url, R"("expect_status":200,"save_body_as":"h")"),
      R"(,{"type":"get_kv_assert","key":"h","equals":"body"})");
}

TEST(HostReplayTest, APassComesBackWithoutServerFilesAndPrograms) {
  for (const std::vector<std::string>& flags :
       {std::vector<std::string>{"--det"}, std::vector<std::string>{}}) {
    Recording recording;
    {
      HttpServer server([](const std::string&) { return Ok("body"); });
      recording = RecordAndForget(ActOnAll(server.Url("/")), flags);
    }
    ASSERT_EQ(recording.outcome.exit_code, 0) << recording.outcome.out;
    ASSERT_EQ(recording.outcome.status, "pass");

    ExpectSameReplay(recording);
  }
}

// The guard of the other tests must be able to stop what it is there for.
TEST(HostReplayTest, TheGuardStopsEveryUseOfTheHost) {
  for (const std::string& step :
       {std::string(R"({"type":"fs_write","path":"f","data":"x"})"),
        Shell("exit 0"),
        Get("http://127.0.0.1:1/", R"("expect_status":200)")}) {
    const TempFolder folder;
    folder.AddFile(
        "s.fozzy.json",
        absl::StrCat(R"({"version":1,"name":"host","steps":[)", step, "]}"));
    EXPECT_EQ(RunFozzy({{"run", "s.fozzy.json", "--det", "--host-backends"},
                        folder.path(),
                        true})
                  .signal,
              SIGSYS)
        << step;
  }
}

TEST(HostReplayTest, FailuresComeBack) {
  const std::pair<std::string, std::string> cases[] = {
      {R"({"type":"fs_write","path":"f","data":"x"},)"
       R"({"type":"fs_read_assert","path":"f","equals":"y"})",
       R"(assertion/fs_read_assert: expected "f" == "y", got Some("x"))"},
      {R"({"type":"fs_read_assert","path":"none","equals":"y"})",
       R"(assertion/fs_read_assert: expected "none" == "y", got None)"},
      {R"({"type":"fs_write","path":"../f","data":"x"})",
       "checker/host_fs_path: "},
      {Shell("exit 7", R"(,"expect_exit":0)"),
       "assertion/proc_exit: expected exit 0, got 7"},
      {R"({"type":"proc_spawn","cmd":"no-such-command"})",
       "assertion/proc_spawn: "},
      {Get("http://127.0.0.1:1/", R"("expect_status":200)"),
       "assertion/http_failed: "},
  };
  for (const auto& [steps, finding] : cases) {
    const Recording recording = RecordAndForget(steps, {"--det"});
    EXPECT_EQ(recording.outcome.exit_code, 1);
    EXPECT_EQ(recording.outcome.status, "fail");
    EXPECT_THAT(recording.outcome.findings, ElementsAre(StartsWith(finding)));

    ExpectSameReplay(recording);
  }
}

TEST(HostReplayTest, AnAnswerThatIsNotTheExpectedOneComesBack) {
  Recording recording;
  {
    HttpServer server([](const std::string&) { return Ok("body"); });
    recording = RecordAndForget(
        Get(server.Url("/"), R"("expect_body":"other")"), {"--det"});
  }
  EXPECT_EQ(recording.outcome.exit_code, 1);
  EXPECT_THAT(recording.outcome.findings,
              ElementsAre(StartsWith("assertion/http_body: ")));

  ExpectSameReplay(recording);
}

TEST(HostReplayTest, DeathByASignalIsACrashAndComesBack) {
  const std::pair<const char*, const char*> cases[] = {
      {"kill -SEGV $$", "killed by signal 11 (SIGSEGV)"},
      {"kill -ABRT $$", "killed by signal 6 (SIGABRT)"}};
  for (const auto& [script, message] : cases) {
    const Recording recording = RecordAndForget(Shell(script), {"--det"});
    EXPECT_EQ(recording.outcome.exit_code, 4);
    EXPECT_EQ(recording.outcome.status, "crash");
    EXPECT_THAT(recording.outcome.findings,
                ElementsAre(AllOf(StartsWith("crash/proc_signal: "),
                                  HasSubstr(message))));

    ExpectSameReplay(recording);
  }
}

// Waits until process `pid` has ended; returns whether it does so in time.
bool HasEnded(pid_t pid) {
  const Fd process(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  if (!process.is_open()) return errno == ESRCH;
  pollfd end = {.fd = process.get(), .events = POLLIN, .revents = 0};
  return poll(&end, 1, /*timeout=*/1000) == 1;
}

TEST(HostReplayTest, ARealHangIsInterruptedAndItsProcessesEnd) {
  for (const std::vector<std::string>& flags :
       {std::vector<std::string>{"--timeout", "200ms"},
        std::vector<std::string>{"--timeout", "200ms", "--det"}}) {
    const TempFolder folder;
    HostClock clock;
    Recording recording;
    recording.outcome = Record(
        folder,
        Shell("sleep 30 & echo $$ $! > pids; sleep 30", R"(,"expect_exit":0)"),
        flags);
    EXPECT_LT(clock.Elapsed(), Millis{2000});
    EXPECT_EQ(recording.outcome.exit_code, 3) << recording.outcome.out;
    EXPECT_EQ(recording.outcome.status, "timeout");
    EXPECT_THAT(recording.outcome.findings,
                ElementsAre(StartsWith("hang/timeout: ")));
    std::istringstream pids(folder.ReadFile("pids"));
    pid_t shell = 0;
    pid_t child = 0;
    ASSERT_TRUE(pids >> shell >> child);
    EXPECT_TRUE(HasEnded(shell));
    EXPECT_TRUE(HasEnded(child));

    recording.trace = folder.ReadFile("t.fozzy");
    ExpectSameReplay(recording);
  }
}

TEST(HostReplayTest, AServerThatDoesNotAnswerIsATimeOut) {
  const TempFolder folder;
  HostClock clock;
  Recording recording;
  {
    HttpServer server([](const std::string&) {
      return HttpServer::Reply{"", HttpServer::End::kStall};
    });
    recording = RecordAndForget(Get(server.Url("/"), R"("expect_status":200)"),
                                {"--timeout", "200ms"});
  }
  EXPECT_LT(clock.Elapsed(), Millis{2000});
  EXPECT_EQ(recording.outcome.exit_code, 3) << recording.outcome.out;
  EXPECT_EQ(recording.outcome.status, "timeout");

  ExpectSameReplay(recording);
}

TEST(HostReplayTest, ARealSleepIsInterruptedAndReplaysAtOnce) {
  HostClock clock;
  const Recording recording = RecordAndForget(
      R"({"type":"sleep","duration":"30s"})", {"--timeout", "200ms"});
  EXPECT_LT(clock.Elapsed(), Millis{2000});
  EXPECT_EQ(recording.outcome.exit_code, 3);
  EXPECT_EQ(recording.outcome.status, "timeout");

  ExpectSameReplay(recording);
}

TEST(HostReplayTest, ALinkOutOfTheRootIsAFinding) {
  const TempFolder outside;
  outside.AddFile("secret", "x");
  for (const char* step :
       {R"({"type":"fs_read_assert","path":"link/secret","equals":"x"})",
        R"({"type":"fs_write","path":"link/new","data":"x"})",
        R"({"type":"fs_write","path":"link/secret","data":"y"})",
        R"({"type":"fs_read_assert","path":"file","equals":"x"})",
        R"({"type":"fs_write","path":"file","data":"y"})"}) {
    const TempFolder folder;
    folder.AddLink("link", outside.path());
    folder.AddLink("file", outside.At("secret"));
    Recording recording;
    recording.outcome = Record(folder, step, {"--det"});
    EXPECT_EQ(recording.outcome.exit_code, 1) << step;
    EXPECT_THAT(recording.outcome.findings,
                ElementsAre(StartsWith("checker/host_fs_path: ")));
    EXPECT_EQ(outside.ReadFile("secret"), "x");
    EXPECT_THAT(outside.List(), ElementsAre("secret"));

    recording.trace = folder.ReadFile("t.fozzy");
    ExpectSameReplay(recording);
  }
}

}  // namespace
}  // namespace fozzy

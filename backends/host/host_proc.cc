#include "backends/host/host_proc.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "backends/host/fd.h"
#include "backends/host/host_clock.h"
#include "backends/host/host_text.h"
#include "backends/host/output_pipe.h"

namespace fozzy {
namespace {

// Used where PATH is not set, as by shells.
constexpr std::string_view kDefaultSearch = "/usr/bin:/bin";

// A pipe holds 64 KiB, and may be grown to 1 MiB: once its writers are dead
// this many reads empty it.
constexpr int kDrainReads = 32;

constexpr Millis kNever = ~Millis{0};

// Holds back the signals that would end us while a child runs, so that it can
// be ended first: it is in a group of its own, and ^C does not reach it.  What
// was held back is delivered when this ends.  Signals that are ignored stay so.
class DeadlySignals {
 public:
  DeadlySignals() {
    sigset_t held;
    sigemptyset(&held);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
      struct sigaction action = {};
      sigaction(signal, nullptr, &action);
      if (action.sa_handler != SIG_IGN) sigaddset(&held, signal);
    }
    pthread_sigmask(SIG_BLOCK, &held, &before_);
    file_ = Fd(signalfd(-1, &held, SFD_CLOEXEC | SFD_NONBLOCK));
  }
  ~DeadlySignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  DeadlySignals(const DeadlySignals&) = delete;
  DeadlySignals& operator=(const DeadlySignals&) = delete;

  // Ready for poll when a signal has come; it is not to be read.
  int file() const { return file_.get(); }

  bool HasCome() const {
    pollfd poll_file = {.fd = file(), .events = POLLIN, .revents = 0};
    return poll(&poll_file, 1, 0) > 0;
  }

 private:
  sigset_t before_;
  Fd file_;
};

// A child, its output and its time.
struct Running {
  explicit Running(uint64_t bytes_max) : out(bytes_max), err(bytes_max) {}

  Child child;
  OutputPipe out;
  OutputPipe err;
  HostClock clock;
  DeadlySignals signals;
};

std::string_view Key(std::string_view entry) {
  return entry.substr(0, entry.find('='));
}

// Returns the value of `key` in `env`, or `fallback`.
std::string_view Lookup(const std::vector<std::string>& env,
                        std::string_view key, std::string_view fallback) {
  for (const std::string& entry : env) {
    if (Key(entry) == key && entry.size() > key.size()) {
      return std::string_view(entry).substr(key.size() + 1);
    }
  }
  return fallback;
}

ProcResult NotStarted(std::string reason) {
  ProcResult result;
  result.end = ProcResult::End::kNotStarted;
  result.exit_code = -1;
  result.reason = std::move(reason);
  return result;
}

ProcResult NotStarted(std::string_view what, int error) {
  return NotStarted(Quoted(what) + ": " + ErrorText(error));
}

bool HasNul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

bool HasNul(const ProcRequest& request) {
  return HasNul(request.cmd) ||
         std::any_of(request.args.begin(), request.args.end(),
                     [](const std::string& arg) { return HasNul(arg); });
}

// Makes the pipes and starts the child.  Returns 0 or the errno value.
int Start(ChildPlan plan, Running& running) {
  if (const int error = running.out.Open(); error != 0) return error;
  if (const int error = running.err.Open(); error != 0) return error;
  plan.out = running.out.write_end();
  plan.err = running.err.write_end();
  const int error = running.child.Start(std::move(plan));
  running.out.CloseWriteEnd();
  running.err.CloseWriteEnd();
  return error;
}

// Returns how long poll may wait until `end`.
int Timeout(HostClock& clock, Millis end) {
  if (end == kNever) return -1;
  const Millis now = clock.Elapsed();
  const Millis left = end > now ? end - now : 0;
  return static_cast<int>(std::min<Millis>(left, INT_MAX));
}

// Waits until there is output, `pidfd` (-1: none) is ready or the time is
// `end`, and takes the output.  Returns whether `pidfd` is ready.
bool Pump(Running& running, int pidfd, Millis end) {
  pollfd polls[] = {
      {.fd = pidfd, .events = POLLIN, .revents = 0},
      {.fd = running.out.read_end(), .events = POLLIN, .revents = 0},
      {.fd = running.err.read_end(), .events = POLLIN, .revents = 0},
      {.fd = running.signals.file(), .events = POLLIN, .revents = 0}};
  if (poll(polls, std::size(polls), Timeout(running.clock, end)) <= 0) {
    return false;
  }
  if (polls[1].revents != 0) running.out.Read();
  if (polls[2].revents != 0) running.err.Read();
  return polls[0].revents != 0;
}

// Takes output until the child has ended.  Returns whether it did so before
// `end`.
bool AwaitExit(Running& running, Millis end) {
  while (!Pump(running, running.child.pidfd(), end)) {
    if (running.clock.Elapsed() >= end) return false;
    if (running.signals.HasCome()) return false;
  }
  return true;
}

// Takes output until both streams have ended.  Returns whether they did so
// before `end`.
bool AwaitOutput(Running& running, Millis end) {
  while (running.out.is_open() || running.err.is_open()) {
    if (running.clock.Elapsed() >= end) return false;
    if (running.signals.HasCome()) return false;
    Pump(running, /*pidfd=*/-1, end);
  }
  return true;
}

// Takes what is there already.
void Drain(OutputPipe& pipe) {
  for (int i = 0; i < kDrainReads && pipe.Read(); ++i) {
  }
}

void FillEnd(int status, ProcResult& result) {
  if (WIFSIGNALED(status)) {
    result.end = ProcResult::End::kSignaled;
    result.exit_code = -1;
    result.signal = WTERMSIG(status);
    result.reason = SignalName(result.signal);
  } else {
    result.exit_code = WEXITSTATUS(status);
  }
}

// Follows a started child to its end.
ProcResult Follow(Running& running, Millis limit, Millis grace) {
  const Millis end = limit == 0 ? kNever : limit;
  const bool is_timed_out = !AwaitExit(running, end);
  ProcResult result;
  result.duration = running.clock.Elapsed();
  const Millis grace_end = SaturatingAdd(result.duration, grace);
  if (is_timed_out || !AwaitOutput(running, grace_end)) {
    running.child.KillGroup();
  }
  const int status = running.child.Reap();
  Drain(running.out);
  Drain(running.err);
  FillEnd(status, result);
  if (is_timed_out) {
    result.end = ProcResult::End::kTimedOut;
    result.exit_code = -1;
    result.signal = 0;
    result.reason.clear();
  }
  result.out = running.out.TakeText();
  result.err = running.err.TakeText();
  result.is_cut = running.out.is_cut() || running.err.is_cut();
  return result;
}

}  // namespace

HostProc::HostProc(HostProcOptions options) : options_(std::move(options)) {
  struct sigaction action = {};
  sigaction(SIGCHLD, nullptr, &action);
  const bool is_ignored = action.sa_handler == SIG_IGN;
  if (!is_ignored && (action.sa_flags & SA_NOCLDWAIT) == 0) return;
  action = {};
  action.sa_handler = SIG_DFL;
  sigaction(SIGCHLD, &action, nullptr);
}

ProcResult HostProc::Spawn(const ProcRequest& request) {
  if (HasNul(request)) {
    return NotStarted(Quoted(request.cmd) +
                      ": command and arguments cannot hold NUL bytes");
  }
  ChildPlan plan;
  Fd cwd;
  if (!options_.cwd.empty()) {
    cwd = Fd(open(options_.cwd.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!cwd.is_open()) return NotStarted(options_.cwd, errno);
    plan.cwd = cwd.get();
  }
  plan.env = Environment();
  const std::string_view search = Lookup(plan.env, "PATH", kDefaultSearch);
  if (const int error = FindProgram(request.cmd, search, plan.cwd, plan.path);
      error != 0) {
    return NotStarted(request.cmd, error);
  }
  plan.argv.push_back(request.cmd);
  plan.argv.insert(plan.argv.end(), request.args.begin(), request.args.end());

  Running running(options_.output_bytes_max);
  if (const int error = Start(std::move(plan), running); error != 0) {
    return NotStarted(request.cmd, error);
  }
  return Follow(running, request.limit, options_.grace);
}

std::vector<std::string> HostProc::Environment() const {
  std::vector<std::string> env;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view key = Key(*entry);
    const bool is_replaced = std::any_of(
        options_.env.begin(), options_.env.end(),
        [key](const std::string& added) { return Key(added) == key; });
    if (!is_replaced) env.emplace_back(*entry);
  }
  env.insert(env.end(), options_.env.begin(), options_.env.end());
  return env;
}

}  // namespace fozzy

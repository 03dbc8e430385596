#include "backends/host/doctor/spawn_disturbed.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "backends/host/interrupts.h"
#include "sim/base/status_macros.h"

namespace fozzy {
namespace {

// What an interrupted process has to end its own.
constexpr int kGraceMs = 2'000;

constexpr size_t kOutputBytesMax = 64 << 20;

// An owned file descriptor.
class File {
 public:
  File() = default;
  ~File() { Close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void Reset(int file) {
    Close();
    file_ = file;
  }
  void Close() {
    if (file_ >= 0) close(file_);
    file_ = -1;
  }
  int get() const { return file_; }
  bool is_open() const { return file_ >= 0; }

 private:
  int file_ = -1;
};

struct Pipe {
  File source;
  File sink;

  bool Open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    source.Reset(ends[0]);
    sink.Reset(ends[1]);
    return true;
  }
};

absl::Status Refused(absl::string_view what) {
  return absl::UnavailableError(
      absl::StrCat("cannot ", what, ": ", strerror(errno)));
}

// All that the child needs between fork and exec, where memory cannot be had.
struct Launch {
  std::vector<char*> argv;
  std::vector<char*> environment;
  const char* folder = nullptr;  // null: stay
  unsigned long personality = 0;
  std::optional<mode_t> umask;
  std::optional<cpu_set_t> processors;
  int input = -1;
  int out = -1;
  int err = -1;
  int failure = -1;  // takes errno if exec fails
};

std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Returns the n-th processor, counted cyclically, of those we may use.
std::optional<cpu_set_t> NthProcessor(uint32_t n) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return {};
  int left = static_cast<int>(n) % CPU_COUNT(&allowed);
  for (size_t i = 0; i < CPU_SETSIZE; ++i) {
    if (!CPU_ISSET(i, &allowed) || left-- > 0) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(i, &one);
    return one;
  }
  return {};
}

// Calls only what may be called after fork.
[[noreturn]] void BecomeProgram(const Launch& launch) {
  setpgid(0, 0);
  // In a group of its own it would outlive us when the terminal ends us.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGPIPE, SIG_DFL);
  personality(launch.personality);
  if (launch.umask) umask(*launch.umask);
  if (launch.processors) {
    sched_setaffinity(0, sizeof(cpu_set_t), &*launch.processors);
  }
  const bool is_ready = dup2(launch.input, 0) == 0 &&
                        dup2(launch.out, 1) == 1 && dup2(launch.err, 2) == 2 &&
                        (launch.folder == nullptr || chdir(launch.folder) == 0);
  if (is_ready) {
    execve(launch.argv[0], launch.argv.data(), launch.environment.data());
  }
  const int error = errno;
  [[maybe_unused]] const ssize_t written =
      write(launch.failure, &error, sizeof(error));
  _exit(127);
}

int64_t NowMs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

// Reads what there is into `text`; closes `source` at its end.
absl::Status Drain(File& source, std::string& text) {
  char block[65536];
  const ssize_t size = read(source.get(), block, sizeof(block));
  if (size < 0 && errno == EINTR) return absl::OkStatus();
  if (size <= 0) {
    source.Close();
    return absl::OkStatus();
  }
  text.append(block, static_cast<size_t>(size));
  if (text.size() <= kOutputBytesMax) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat(
      "the program printed more than ", kOutputBytesMax, " bytes"));
}

// Collects what the process prints until it has closed both ends.
absl::Status Collect(Pipe& out, Pipe& err, uint32_t limit_ms,
                     ProcessOutcome& outcome) {
  const int64_t deadline = NowMs() + limit_ms;
  while (out.source.is_open() || err.source.is_open()) {
    const int64_t left = std::max<int64_t>(0, deadline - NowMs());
    pollfd files[] = {{out.source.get(), POLLIN, 0},
                      {err.source.get(), POLLIN, 0}};
    const int ready =
        Interrupts::Poll(files, limit_ms == 0 ? -1 : static_cast<int>(left));
    if (Interrupts::HaveCome()) return Interrupts::Error();
    if (ready < 0 && errno != EINTR) return Refused("read from the program");
    if (ready == 0) {
      outcome.is_timed_out = true;
      return absl::OkStatus();
    }
    if (ready < 0) continue;
    if (files[0].revents != 0) {
      FOZZY_RETURN_IF_ERROR(Drain(out.source, outcome.out));
    }
    if (files[1].revents != 0) {
      FOZZY_RETURN_IF_ERROR(Drain(err.source, outcome.err));
    }
  }
  return absl::OkStatus();
}

// Asks the process to end, so that it can end its own first.
void Interrupt(pid_t child) {
  kill(-child, SIGTERM);
  File ended;
  ended.Reset(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
  pollfd file = {ended.get(), POLLIN, 0};
  if (ended.is_open()) poll(&file, 1, kGraceMs);
}

int32_t WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

absl::StatusOr<ProcessOutcome> Run(Launch& launch, uint32_t limit_ms) {
  File input;
  Pipe out;
  Pipe err;
  Pipe failure;
  input.Reset(open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (!input.is_open() || !out.Open() || !err.Open() || !failure.Open()) {
    return Refused("open pipes");
  }
  launch.input = input.get();
  launch.out = out.sink.get();
  launch.err = err.sink.get();
  launch.failure = failure.sink.get();
  const pid_t child = fork();
  if (child < 0) return Refused("fork");
  if (child == 0) BecomeProgram(launch);
  setpgid(child, child);
  for (Pipe* pipe : {&out, &err, &failure}) pipe->sink.Close();

  int error = 0;
  const ssize_t told = read(failure.source.get(), &error, sizeof(error));
  ProcessOutcome outcome;
  const absl::Status collected = Collect(out, err, limit_ms, outcome);
  if (absl::IsCancelled(collected)) Interrupt(child);
  if (outcome.is_timed_out || !collected.ok()) kill(-child, SIGKILL);
  outcome.exit = WaitFor(child);
  FOZZY_RETURN_IF_ERROR(collected);
  if (told == sizeof(error)) {
    return absl::NotFoundError(
        absl::StrCat("cannot execute ", launch.argv[0], ": ", strerror(error)));
  }
  return outcome;
}

void Delay(uint32_t delay_ms) {
  timespec left = {delay_ms / 1000, delay_ms % 1000 * 1'000'000};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

absl::Status CheckLibrary(const std::string& program, const Pins& pins) {
  if (PreloadedPins(pins.set).empty()) return absl::OkStatus();
  if (pins.library.empty() || access(pins.library.c_str(), R_OK) != 0) {
    return absl::FailedPreconditionError(absl::StrCat(
        "libfozzy_pin.so is not there to hold ", PreloadedPins(pins.set),
        pins.library.empty() ? "" : ": ", pins.library));
  }
  return CheckPreloadable(program);
}

unsigned long PersonalityOf(const Disturbance& disturbance) {
  constexpr unsigned long kAsk = 0xffffffff;
  const auto ours = static_cast<unsigned long>(personality(kAsk));
  constexpr unsigned long kFixed = ADDR_NO_RANDOMIZE;
  return disturbance.has_fixed_addresses ? ours | kFixed : ours & ~kFixed;
}

}  // namespace

absl::StatusOr<ProcessOutcome> SpawnDisturbed(const DisturbedProgram& program,
                                              const Disturbance& disturbance,
                                              const Pins& pins,
                                              const RunRoot& root) {
  if (program.argv.empty() || program.argv[0].find('/') == std::string::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("the program to run must be a path, not '",
                     program.argv.empty() ? "" : program.argv[0], "'"));
  }
  FOZZY_RETURN_IF_ERROR(CheckLibrary(program.argv[0], pins));
  const Disturbance held = Held(disturbance, pins.set);
  FOZZY_ASSIGN_OR_RETURN(const RunFolders folders,
                         root.Prepare(held, program.model));
  std::vector<std::string> argv = program.argv;
  EnvironmentList environment =
      Assemble({program.environment, program.overrides, held, pins.set,
                pins.library, folders});
  Launch launch;
  launch.argv = Pointers(argv);
  launch.environment = Pointers(environment);
  if (held.has_own_folder) launch.folder = folders.work.c_str();
  launch.personality = PersonalityOf(held);
  if (held.umask) launch.umask = static_cast<mode_t>(*held.umask);
  if (held.processor) launch.processors = NthProcessor(*held.processor);
  Delay(held.delay_ms);
  return Run(launch, program.limit_ms);
}

}  // namespace fozzy

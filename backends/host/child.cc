#include "backends/host/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "sim/base/check.h"

namespace fozzy {
namespace {

// Attributes and file actions of a spawn.
class SpawnSetup {
 public:
  SpawnSetup() {
    posix_spawnattr_init(&attributes_);
    posix_spawn_file_actions_init(&actions_);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;
  ~SpawnSetup() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  // Returns 0 or the errno value.
  int Prepare(const ChildPlan& plan);

  posix_spawnattr_t* attributes() { return &attributes_; }
  posix_spawn_file_actions_t* actions() { return &actions_; }

 private:
  int PrepareSignals();

  posix_spawnattr_t attributes_;
  posix_spawn_file_actions_t actions_;
};

int SpawnSetup::Prepare(const ChildPlan& plan) {
  int error = PrepareSignals();
  if (error == 0) error = posix_spawnattr_setpgroup(&attributes_, 0);
  // First, for `cwd` may be one of the descriptors replaced next.
  if (error == 0 && plan.cwd >= 0) {
    error = posix_spawn_file_actions_addfchdir_np(&actions_, plan.cwd);
  }
  if (error == 0) {
    error = posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null",
                                             O_RDONLY, 0);
  }
  if (error == 0) {
    error = posix_spawn_file_actions_adddup2(&actions_, plan.out, 1);
  }
  if (error == 0) {
    error = posix_spawn_file_actions_adddup2(&actions_, plan.err, 2);
  }
  if (error == 0 && plan.control >= 0) {
    error = posix_spawn_file_actions_adddup2(&actions_, plan.control, 3);
  }
  if (error == 0) {
    error = posix_spawn_file_actions_addclosefrom_np(&actions_,
                                                     plan.control >= 0 ? 4 : 3);
  }
  return error;
}

int SpawnSetup::PrepareSignals() {
  sigset_t all;
  sigfillset(&all);
  sigset_t none;
  sigemptyset(&none);
  int error = posix_spawnattr_setflags(
      &attributes_,
      POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  if (error == 0) error = posix_spawnattr_setsigdefault(&attributes_, &all);
  if (error == 0) error = posix_spawnattr_setsigmask(&attributes_, &none);
  return error;
}

// Returns the null-terminated array exec wants.  Lives as long as `strings`.
std::vector<char*> Pointers(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Returns 0 if `path` is a file that may be executed, or the errno value.
int CheckExecutable(int cwd, const std::string& path) {
  const int folder = cwd >= 0 ? cwd : AT_FDCWD;
  struct stat status = {};
  if (fstatat(folder, path.c_str(), &status, 0) != 0) return errno;
  if (!S_ISREG(status.st_mode)) return EACCES;
  return faccessat(folder, path.c_str(), X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

}  // namespace

Child::~Child() {
  if (pid_ < 0) return;
  KillGroup();
  Reap();
}

int Child::Start(ChildPlan plan) {
  FOZZY_CHECK(pid_ < 0);
  SpawnSetup setup;
  if (const int error = setup.Prepare(plan); error != 0) return error;
  const std::vector<char*> argv = Pointers(plan.argv);
  const std::vector<char*> env = Pointers(plan.env);
  pid_t pid = -1;
  const int error = posix_spawn(&pid, plan.path.c_str(), setup.actions(),
                                setup.attributes(), argv.data(), env.data());
  if (error != 0) return error;
  pid_ = pid;
  // Not reaped, so `pid` is still ours even if it has ended already.
  pidfd_ = Fd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  return pidfd_.is_open() ? 0 : errno;
}

void Child::KillGroup() const {
  FOZZY_CHECK(pid_ > 0);
  kill(-pid_, SIGKILL);
  kill(pid_, SIGKILL);
}

int Child::Reap() {
  FOZZY_CHECK(pid_ > 0);
  int status = 0;
  pid_t reaped = -1;
  do {
    reaped = waitpid(pid_, &status, 0);
  } while (reaped < 0 && errno == EINTR);
  FOZZY_CHECK(reaped == pid_);
  pid_ = -1;
  return status;
}

int FindProgram(std::string_view cmd, std::string_view search, int cwd,
                std::string& path) {
  if (cmd.find('/') != std::string_view::npos) {
    path = cmd;
    return 0;
  }
  int answer = ENOENT;
  while (!cmd.empty() && !search.empty()) {
    const size_t colon = search.find(':');
    const std::string_view folder = search.substr(0, colon);
    search.remove_prefix(colon == search.npos ? search.size() : colon + 1);
    if (folder.empty()) continue;
    std::string candidate(folder);
    candidate += '/';
    candidate += cmd;
    const int error = CheckExecutable(cwd, candidate);
    if (error == 0) {
      path = std::move(candidate);
      return 0;
    }
    if (error == EACCES) answer = EACCES;
  }
  return answer;
}

}  // namespace fozzy

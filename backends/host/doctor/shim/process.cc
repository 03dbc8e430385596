// Process ids: every process of the tree is told an id that depends on its
// ancestors only, and may use it wherever an id is asked for.
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backends/host/doctor/shim/shim.h"

namespace fozzy::shim {
namespace {

bool IsTreeWatched() { return IsPidPinned() || IsClockPinned(); }

// Asks the kernel for an id, with an id as its question.
pid_t AskId(long number, pid_t id) {
  return Fake(static_cast<pid_t>(Call(number, ToReal(id))));
}

// A waited-for child no longer counts, and has no id: returns what it had.
pid_t Reap(pid_t real) {
  const pid_t fake = Fake(real);
  if (real > 0 && IsTreeWatched()) Reaped(real);
  return fake;
}

// Negative ids name process groups.
pid_t GroupToReal(pid_t id) { return id < -1 ? -ToReal(-id) : ToReal(id); }

using SpawnFunction = decltype(posix_spawn);

int Spawn(const char* function, pid_t* id, const char* path,
          const posix_spawn_file_actions_t* actions,
          const posix_spawnattr_t* attributes, char* const* arguments,
          char* const* environment) {
  auto* const real = Real<SpawnFunction>(function);
  if (!IsTreeWatched()) {
    return real(id, path, actions, attributes, arguments, environment);
  }
  Slot* child = ReserveChild();
  pid_t started = -1;
  const int failure =
      real(&started, path, actions, attributes, arguments, environment);
  Started(child, failure == 0 ? started : -1);
  if (failure == 0 && id != nullptr) *id = Fake(started);
  return failure;
}

}  // namespace

FOZZY_INTERPOSE pid_t getpid() noexcept {
  return Fake(static_cast<pid_t>(Call(SYS_getpid)));
}

FOZZY_INTERPOSE pid_t getppid() noexcept {
  return Fake(static_cast<pid_t>(Call(SYS_getppid)));
}

FOZZY_INTERPOSE pid_t gettid() noexcept {
  const pid_t real = static_cast<pid_t>(Call(SYS_gettid));
  if (!IsPidPinned()) return real;
  static std::atomic<pid_t> next{4'190'000};
  static __thread pid_t own = 0;
  if (real == Self().real.load()) return Self().fake.load();
  if (own == 0) own = next.fetch_add(1);
  return own;
}

FOZZY_INTERPOSE pid_t fork() noexcept {
  static auto* const real = Real<decltype(fork)>("fork");
  if (!IsTreeWatched()) return real();
  Slot* child = ReserveChild();
  const pid_t id = real();
  Started(child, id == 0 ? static_cast<pid_t>(Call(SYS_getpid)) : id);
  return Fake(id);
}

// A child that shares its parent's memory until exec would share our state.
FOZZY_INTERPOSE pid_t vfork() noexcept { return fork(); }

FOZZY_INTERPOSE int posix_spawn(pid_t* id, const char* path,
                                const posix_spawn_file_actions_t* actions,
                                const posix_spawnattr_t* attributes,
                                char* const* arguments,
                                char* const* environment) {
  return Spawn("posix_spawn", id, path, actions, attributes, arguments,
               environment);
}

FOZZY_INTERPOSE int posix_spawnp(pid_t* id, const char* path,
                                 const posix_spawn_file_actions_t* actions,
                                 const posix_spawnattr_t* attributes,
                                 char* const* arguments,
                                 char* const* environment) {
  return Spawn("posix_spawnp", id, path, actions, attributes, arguments,
               environment);
}

FOZZY_INTERPOSE pid_t wait4(pid_t id, int* status, int options,
                            rusage* usage) noexcept {
  const long child =
      Call(SYS_wait4, GroupToReal(id), Word(status), options, Word(usage));
  if (usage != nullptr && IsClockPinned()) {
    usage->ru_utime = {};
    usage->ru_stime = {};
  }
  if (child > 0 && status != nullptr && !WIFEXITED(*status) &&
      !WIFSIGNALED(*status)) {
    return Fake(static_cast<pid_t>(child));
  }
  return Reap(static_cast<pid_t>(child));
}

FOZZY_INTERPOSE pid_t waitpid(pid_t id, int* status, int options) {
  return wait4(id, status, options, nullptr);
}

FOZZY_INTERPOSE pid_t wait(int* status) {
  return wait4(-1, status, 0, nullptr);
}

FOZZY_INTERPOSE pid_t wait3(int* status, int options, rusage* usage) noexcept {
  return wait4(-1, status, options, usage);
}

FOZZY_INTERPOSE int waitid(idtype_t type, id_t id, siginfo_t* info,
                           int options) {
  const bool is_process = type == P_PID || type == P_PGID;
  const long asked =
      is_process ? ToReal(static_cast<pid_t>(id)) : static_cast<long>(id);
  siginfo_t found{};
  const long result = Call(SYS_waitid, type, asked, Word(&found), options);
  if (result == 0 && found.si_pid > 0) {
    const bool has_ended = found.si_code == CLD_EXITED ||
                           found.si_code == CLD_KILLED ||
                           found.si_code == CLD_DUMPED;
    const bool is_left = (options & WNOWAIT) != 0;
    found.si_pid =
        has_ended && !is_left ? Reap(found.si_pid) : Fake(found.si_pid);
  }
  if (result == 0 && info != nullptr) *info = found;
  return static_cast<int>(result);
}

FOZZY_INTERPOSE int kill(pid_t id, int signal) noexcept {
  return static_cast<int>(Call(SYS_kill, GroupToReal(id), signal));
}

FOZZY_INTERPOSE int killpg(pid_t group, int signal) noexcept {
  return kill(-group, signal);
}

FOZZY_INTERPOSE pid_t getpgid(pid_t id) noexcept {
  return AskId(SYS_getpgid, id);
}

FOZZY_INTERPOSE pid_t getpgrp() noexcept { return AskId(SYS_getpgid, 0); }

FOZZY_INTERPOSE pid_t getsid(pid_t id) noexcept {
  return AskId(SYS_getsid, id);
}

FOZZY_INTERPOSE pid_t setsid() noexcept { return AskId(SYS_setsid, 0); }

FOZZY_INTERPOSE int setpgid(pid_t id, pid_t group) noexcept {
  return static_cast<int>(Call(SYS_setpgid, ToReal(id), ToReal(group)));
}

FOZZY_INTERPOSE pid_t tcgetpgrp(int terminal) noexcept {
  static auto* const real = Real<decltype(tcgetpgrp)>("tcgetpgrp");
  return Fake(real(terminal));
}

FOZZY_INTERPOSE int tcsetpgrp(int terminal, pid_t group) noexcept {
  static auto* const real = Real<decltype(tcsetpgrp)>("tcsetpgrp");
  return real(terminal, ToReal(group));
}

FOZZY_INTERPOSE int pidfd_open(pid_t id, unsigned flags) noexcept {
  return static_cast<int>(Call(SYS_pidfd_open, ToReal(id), flags));
}

FOZZY_INTERPOSE int sched_getaffinity(pid_t id, size_t size,
                                      cpu_set_t* set) noexcept {
  static auto* const real =
      Real<decltype(sched_getaffinity)>("sched_getaffinity");
  return real(ToReal(id), size, set);
}

FOZZY_INTERPOSE int sched_setaffinity(pid_t id, size_t size,
                                      const cpu_set_t* set) noexcept {
  return static_cast<int>(Call(SYS_sched_setaffinity, ToReal(id),
                               static_cast<long>(size), Word(set)));
}

}  // namespace fozzy::shim

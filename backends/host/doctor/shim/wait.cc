// Waiting under a pinned clock: a wait takes its real time, and the clock moves
// by what was asked for, so that it does not depend on how long it took.
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "backends/host/doctor/shim/shim.h"

namespace fozzy::shim {
namespace {

constexpr int64_t kNanosPerMilli = 1'000'000;
constexpr long kKernelMaskBytes = 8;  // of the kernel's sigset_t

// Sleeps; returns 0 or an error number.
int Sleep(clockid_t clock, int flags, const timespec* time, timespec* left) {
  const int error = errno;
  const timespec asked = *time;
  const bool is_deadline = (flags & TIMER_ABSTIME) != 0;
  timespec real = asked;
  if (is_deadline && IsClockPinned()) real = RealDeadline(clock, asked);
  const long result =
      Call(SYS_clock_nanosleep, clock, flags, Word(&real), Word(left));
  const int failure = result == 0 ? 0 : errno;
  errno = error;
  if (!IsClockPinned() || failure != 0) return failure;
  if (is_deadline) {
    ReachDeadline(clock, asked);
  } else {
    AdvanceBy(ToNanos(asked));
  }
  return 0;
}

// Waits until the real deadline that stands for `deadline`; `wait` returns 0
// or an error number.
template <typename Wait>
int WaitUntil(clockid_t clock, const timespec* deadline, Wait wait) {
  if (!IsClockPinned()) return wait(deadline);
  const timespec asked = *deadline;
  const timespec real = RealDeadline(clock, asked);
  const int result = wait(&real);
  if (result == ETIMEDOUT) ReachDeadline(clock, asked);
  return result;
}

// Moves the clock after a wait for events that found none.
template <typename Count>
Count Waited(Count events, int64_t limit_ns) {
  if (events == 0 && IsClockPinned()) AdvanceBy(limit_ns);
  return events;
}

}  // namespace

FOZZY_INTERPOSE int clock_nanosleep(clockid_t clock, int flags,
                                    const timespec* time, timespec* left) {
  return Sleep(clock, flags, time, left);
}

FOZZY_INTERPOSE int nanosleep(const timespec* time, timespec* left) {
  const int failure = Sleep(CLOCK_REALTIME, 0, time, left);
  if (failure == 0) return 0;
  errno = failure;
  return -1;
}

FOZZY_INTERPOSE int usleep(useconds_t micros) {
  const timespec time = ToTimespec(int64_t{micros} * 1000);
  return nanosleep(&time, nullptr);
}

FOZZY_INTERPOSE unsigned sleep(unsigned seconds) {
  const timespec time{seconds, 0};
  timespec left{};
  if (nanosleep(&time, &left) == 0) return 0;
  return static_cast<unsigned>(left.tv_sec) + (left.tv_nsec > 0 ? 1U : 0U);
}

FOZZY_INTERPOSE int poll(pollfd* files, nfds_t count, int limit_ms) {
  const long events =
      Call(SYS_poll, Word(files), static_cast<long>(count), limit_ms);
  return static_cast<int>(Waited(events, limit_ms * kNanosPerMilli));
}

FOZZY_INTERPOSE int ppoll(pollfd* files, nfds_t count, const timespec* limit,
                          const sigset_t* mask) {
  timespec left = limit == nullptr ? timespec{} : *limit;
  const long events =
      Call(SYS_ppoll, Word(files), static_cast<long>(count),
           limit == nullptr ? 0 : Word(&left), Word(mask), kKernelMaskBytes);
  return static_cast<int>(
      Waited(events, limit == nullptr ? 0 : ToNanos(*limit)));
}

FOZZY_INTERPOSE int select(int count, fd_set* read, fd_set* write,
                           fd_set* except, timeval* limit) {
  const int64_t limit_ns = limit == nullptr ? 0
                                            : limit->tv_sec * kNanosPerSecond +
                                                  limit->tv_usec * 1000;
  const long events = Call(SYS_select, count, Word(read), Word(write),
                           Word(except), Word(limit));
  return static_cast<int>(Waited(events, limit_ns));
}

FOZZY_INTERPOSE int epoll_wait(int epoll, epoll_event* events, int max,
                               int limit_ms) {
  const long found = Call(SYS_epoll_wait, epoll, Word(events), max, limit_ms);
  return static_cast<int>(Waited(found, limit_ms * kNanosPerMilli));
}

FOZZY_INTERPOSE int pthread_cond_timedwait(pthread_cond_t* condition,
                                           pthread_mutex_t* mutex,
                                           const timespec* deadline) {
  // The oldest version of the symbol has another pthread_cond_t.
  static auto* const real = reinterpret_cast<decltype(&pthread_cond_timedwait)>(
      dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2"));
  // Which clock a condition waits by is not to be asked: a deadline in the
  // first ten years of a machine's uptime is of the monotonic one.
  const bool is_uptime = deadline->tv_sec < 10L * 365 * 24 * 3600;
  const clockid_t clock = is_uptime ? CLOCK_MONOTONIC : CLOCK_REALTIME;
  return WaitUntil(clock, deadline, [&](const timespec* until) {
    return real(condition, mutex, until);
  });
}

FOZZY_INTERPOSE int pthread_cond_clockwait(pthread_cond_t* condition,
                                           pthread_mutex_t* mutex,
                                           clockid_t clock,
                                           const timespec* deadline) {
  static auto* const real =
      Real<decltype(pthread_cond_clockwait)>("pthread_cond_clockwait");
  return WaitUntil(clock, deadline, [&](const timespec* until) {
    return real(condition, mutex, clock, until);
  });
}

FOZZY_INTERPOSE int sem_clockwait(sem_t* semaphore, clockid_t clock,
                                  const timespec* deadline) {
  static auto* const real = Real<decltype(sem_clockwait)>("sem_clockwait");
  const int failure = WaitUntil(clock, deadline, [&](const timespec* until) {
    return real(semaphore, clock, until) == 0 ? 0 : errno;
  });
  if (failure == 0) return 0;
  errno = failure;
  return -1;
}

FOZZY_INTERPOSE int sem_timedwait(sem_t* semaphore, const timespec* deadline) {
  return sem_clockwait(semaphore, CLOCK_REALTIME, deadline);
}

namespace {

// Futexes with a deadline, as in runtimes that do without libc's waits.
long Futex(long address, long operation, long value, long time, long other,
           long mask) {
  const long command = operation & FUTEX_CMD_MASK;
  const bool is_deadline = command == FUTEX_WAIT_BITSET && time != 0;
  if (!is_deadline || !IsClockPinned()) {
    return Call(SYS_futex, address, operation, value, time, other, mask);
  }
  const clockid_t clock = (operation & FUTEX_CLOCK_REALTIME) != 0
                              ? CLOCK_REALTIME
                              : CLOCK_MONOTONIC;
  const timespec asked = *reinterpret_cast<const timespec*>(time);
  timespec real = RealDeadline(clock, asked);
  const long result =
      Call(SYS_futex, address, operation, value, Word(&real), other, mask);
  if (result == -1 && errno == ETIMEDOUT) ReachDeadline(clock, asked);
  return result;
}

}  // namespace

// Runtimes that do not go through libc's functions often go through this.
// (libc declares it with an ellipsis; the calling convention is the same.)
FOZZY_INTERPOSE long FozzySyscall(long number, long a, long b, long c, long d,
                                  long e, long f) __asm__("syscall");
FOZZY_INTERPOSE long FozzySyscall(long number, long a, long b, long c, long d,
                                  long e, long f) {
  switch (number) {
    case SYS_getpid:
      return getpid();
    case SYS_getppid:
      return getppid();
    case SYS_gettid:
      return gettid();
    case SYS_pidfd_open:
      return Call(number, ToReal(static_cast<pid_t>(a)), b);
    case SYS_clock_gettime:
      return clock_gettime(static_cast<clockid_t>(a),
                           reinterpret_cast<timespec*>(b));
    case SYS_getrandom:
      if (!IsRandomPinned()) return Call(number, a, b, c);
      FillRandom(reinterpret_cast<void*>(a), static_cast<size_t>(b));
      return b;
    case SYS_futex:
      return Futex(a, b, c, d, e, f);
    default:
      return Call(number, a, b, c, d, e, f);
  }
}

}  // namespace fozzy::shim

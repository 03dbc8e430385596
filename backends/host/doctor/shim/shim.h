// libfozzy_pin.so: interposes functions of libc so that clocks, process ids,
// random bytes and directory order are the same in every run of a process tree.
//
// It is preloaded into other people's programs: no C++ runtime, no exceptions,
// nothing but libc, and never a lock held while calling out.
//
// What is held fixed is named by FOZZY_PIN (a comma list of names of
// backends/host/doctor/pin.h).  Clocks and process ids need memory shared by
// the tree: the file named by FOZZY_PIN_STATE, all zero when the tree starts.
#ifndef FOZZY_BACKENDS_HOST_DOCTOR_SHIM_SHIM_H_
#define FOZZY_BACKENDS_HOST_DOCTOR_SHIM_SHIM_H_

#include <dlfcn.h>
#include <sys/types.h>
#include <time.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

// Precedes the definition of a function that takes the place of libc's.
#define FOZZY_INTERPOSE extern "C" __attribute__((visibility("default")))

namespace fozzy::shim {

// Tell what FOZZY_PIN names.
bool IsClockPinned();
bool IsPidPinned();
bool IsRandomPinned();
bool IsDirectoryOrderPinned();

// Returns the value of environment variable `name`, or null.  The programs we
// live in may have a getenv of their own.
const char* Environment(const char* name);

// Does system call `number`; returns -1 and sets errno if it fails.
long Call(long number, long a = 0, long b = 0, long c = 0, long d = 0,
          long e = 0, long f = 0);

template <typename T>
long Word(T* pointer) {
  return reinterpret_cast<long>(pointer);
}

// Returns the function that `name` would be without us, as a `Function*`.
template <typename Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

// One process of the tree, in the shared memory.  What it holds depends on the
// process's ancestors only, never on how processes interleave.
struct Slot {
  std::atomic<int32_t> real;       // 0: not started yet, -1: free
  std::atomic<int32_t> fake;       // the process id it is told; 0: never used
  std::atomic<int32_t> parent;     // the parent's real id
  std::atomic<uint32_t> children;  // how many it has started
  std::atomic<int64_t> now_ns;     // its clock, from the start of the tree
};

// Returns the calling process's slot: never null.
Slot& Self();

// Reserves the slot of a child that is about to be started.  Null if there are
// too many processes.
Slot* ReserveChild();

// Tells that the reserved child runs as `real` (in parent and child alike), or
// with -1 that it could not be started.
void Started(Slot* child, pid_t real);

// Tells that `real` was waited for: our clock is now later than its own.
void Reaped(pid_t real);

// The id programs see for `real`, and back; ids outside the tree are the same.
// Both are the identity while process ids are not pinned.
pid_t Fake(pid_t real);
pid_t ToReal(pid_t fake);

// Returns `path` or, if it is that of a process of the tree under /proc, what
// the kernel calls it, written to `buffer`.
struct ProcPath {
  char text[256];
};
const char* RealPath(const char* path, ProcPath& buffer);

// The time that the calling process is told, and what it waited.
int FakeClock(clockid_t clock, timespec* out);
void AdvanceBy(int64_t duration_ns);

// Turns `deadline` of the fake `clock` into one of the real one, as far from
// now.  ReachDeadline tells that it has passed.
timespec RealDeadline(clockid_t clock, const timespec& deadline);
void ReachDeadline(clockid_t clock, const timespec& deadline);

constexpr int64_t kNanosPerSecond = 1'000'000'000;
constexpr int64_t ToNanos(const timespec& time) {
  return time.tv_sec * kNanosPerSecond + time.tv_nsec;
}
constexpr timespec ToTimespec(int64_t nanos) {
  return {nanos / kNanosPerSecond, nanos % kNanosPerSecond};
}

// Fills `data` from the deterministic stream of the process.
void FillRandom(void* data, size_t size);

}  // namespace fozzy::shim

#endif  // FOZZY_BACKENDS_HOST_DOCTOR_SHIM_SHIM_H_

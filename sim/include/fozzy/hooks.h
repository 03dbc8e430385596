// What the simulated types of fozzy/sync.h stand on.  Not for users: it may
// change with every version.
#ifndef FOZZY_HOOKS_H_
#define FOZZY_HOOKS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "fozzy/site.h"

namespace fozzy::hooks {

// Which object of which run a simulated object is.  It becomes one when it is
// first used in a run, so that objects may outlive runs: each run finds them as
// they were constructed.
struct Handle {
  uint32_t id = 0;
  uint32_t run = 0;  // 0: of none yet
};

// The bytes of a value, the rest 0.
struct Word {
  uint64_t low = 0;
  uint64_t high = 0;
};

// An atomic object.  Outside of runs it is just its value.
struct AtomicCell {
  Handle handle;
  Word value;
};

Word Load(AtomicCell& cell, std::memory_order order, Site site);
void Store(AtomicCell& cell, Word value, std::memory_order order, Site site);

// Stores apply(old, operand) and returns the old value.
using Apply = Word (*)(Word old, Word operand);
Word Update(AtomicCell& cell, Apply apply, Word operand,
            std::memory_order order, Site site);

struct CompareOrders {
  std::memory_order success;
  std::memory_order failure;
  bool is_weak;
};
bool CompareExchange(AtomicCell& cell, Word& expected, Word desired,
                     CompareOrders orders, Site site);
void Fence(std::memory_order order, Site site);
void WaitWhile(AtomicCell& cell, Word old, std::memory_order order, Site site);
void NotifyOne(AtomicCell& cell, Site site);
void NotifyAll(AtomicCell& cell, Site site);
void End(AtomicCell& cell);

// Plain memory.
struct PlainCell {
  Handle handle;
  bool is_initialised = false;
};

// Before the access; `what` is the object, for the use of freed memory.
void Read(PlainCell& cell, Site site);
void Write(PlainCell& cell, Site site);
void End(PlainCell& cell);

// Locks, conditions and all else that tasks wait for.
struct SyncCell {
  Handle handle;
  uint32_t initial = 0;  // its count when a run begins: of a semaphore, say
};
void End(SyncCell& cell);

// A deadline on the virtual clock, in nanoseconds; kNever: none.
inline constexpr uint64_t kNever = ~uint64_t{0};

// Mutexes.  A recursive one counts how often its owner locked it.
void LockMutex(SyncCell& cell, bool is_recursive, Site site);
bool TryLockMutex(SyncCell& cell, bool is_recursive, Site site);
bool LockMutexUntil(SyncCell& cell, bool is_recursive, uint64_t deadline,
                    Site site);
void UnlockMutex(SyncCell& cell, Site site);

// Tasks.  The function is called as function(argument) in the new one.
uint32_t StartTask(void (*function)(void*), void* argument, Site site);
void JoinTask(uint32_t task, Site site);
uint32_t CurrentTask();
void Yield(Site site);
void SleepUntil(uint64_t deadline, Site site);
uint64_t Now();

// Whether the calling thread is inside a simulated run.
bool IsSimulated();

// Ends the run with a finding: an assertion, say.
[[noreturn]] void Panic(const char* text, Site site);

}  // namespace fozzy::hooks

#endif  // FOZZY_HOOKS_H_

// What the simulated types of fozzy/sync.h stand on.  Not for users: it may
// change with every version.
#ifndef FOZZY_HOOKS_H_
#define FOZZY_HOOKS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "fozzy/site.h"

namespace fozzy::hooks {

// Which object of which run a simulated object is.  It becomes one when it is
// constructed in a run, so that its number does not depend on who uses it
// first, or else when it is first used in one: objects may outlive runs, each
// run finds them as they were constructed.
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

void Begin(AtomicCell& cell);
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

// For atomic_ref: the cell that all references to `object` share.  The first
// of them starts it with `value`; null outside of runs.  The last to unshare it
// is told true and the value that is left.
AtomicCell* ShareCell(const void* object, Word value);
bool UnshareCell(const void* object, Word& value);

// Plain memory.
struct PlainCell {
  Handle handle;
  bool is_initialised = false;
};

// Before the access.
void Read(PlainCell& cell, Site site);
void Write(PlainCell& cell, Site site);
void End(PlainCell& cell);

// What a SyncCell is.
enum class SyncKind : uint8_t {
  kMutex = 0,
  kRecursiveMutex,
  kSharedMutex,
  kCondition,
  kSemaphore,
  kLatch,
  kBarrier,
  kOnce,
  kFuture,
  kAtomic,  // those that wait for it to change
};

struct SyncCell;
void Begin(SyncCell& cell);

// Locks, conditions and all else that tasks wait for.
struct SyncCell {
  constexpr explicit SyncCell(SyncKind its_kind, uint32_t its_initial = 0)
      : initial(its_initial), kind(its_kind) {
    if (!std::is_constant_evaluated()) Begin(*this);
  }

  Handle handle;
  uint32_t initial;  // its count when a run begins: of a semaphore, say
  SyncKind kind;
};
// Requires that nobody holds it or waits for it, or the run is wrong.
void End(SyncCell& cell);

// A deadline on the virtual clock, in nanoseconds; kNever: none.
inline constexpr uint64_t kNever = ~uint64_t{0};

// Mutexes.  A recursive one counts how often its owner locked it.  The first
// three are of use for kMutex, kRecursiveMutex and kSharedMutex.
void LockMutex(SyncCell& cell, Site site);
bool TryLockMutex(SyncCell& cell, Site site);
bool LockMutexUntil(SyncCell& cell, uint64_t deadline, Site site);
void UnlockMutex(SyncCell& cell, Site site);
bool LockShared(SyncCell& cell, uint64_t deadline, Site site);
bool TryLockShared(SyncCell& cell, Site site);
void UnlockShared(SyncCell& cell, Site site);

// Conditions.  Returns false if the deadline passed first.
struct Wait {
  SyncCell& mutex;
  uint64_t deadline = kNever;
};
bool WaitFor(SyncCell& condition, const Wait& wait, Site site);
void NotifyOne(SyncCell& condition, Site site);
void NotifyAll(SyncCell& condition, Site site);

// Semaphores; latches, which are open once their count is 0.
bool AcquireSemaphore(SyncCell& cell, uint64_t deadline, Site site);
bool TryAcquireSemaphore(SyncCell& cell, Site site);
void ReleaseSemaphore(SyncCell& cell, uint64_t count, uint64_t max, Site site);
void CountDown(SyncCell& latch, uint64_t count, Site site);
bool TryWaitLatch(SyncCell& latch, Site site);
void WaitLatch(SyncCell& latch, Site site);

// Barriers.  Who arrives last calls CompleteBarrier.
struct Arrival {
  uint32_t phase;
  bool is_last;
};
Arrival ArriveAtBarrier(SyncCell& cell, uint64_t count, bool is_drop,
                        Site site);
void CompleteBarrier(SyncCell& cell, Site site);
void WaitAtBarrier(SyncCell& cell, uint32_t phase, Site site);

// Things done once.  Returns true if the caller is to do it, and to say then
// whether it is done.
bool BeginOnce(SyncCell& cell, Site site);
void EndOnce(SyncCell& cell, bool is_done, Site site);

// What a future waits for.  Claiming is the right to open it, given once;
// it is open or given back right after.
bool ClaimFuture(SyncCell& cell, Site site);
void GiveBackFuture(SyncCell& cell);
void OpenFuture(SyncCell& cell, Site site);
bool WaitFuture(SyncCell& cell, uint64_t deadline, Site site);
// Before one of those that share something lets go of it: what all others did
// before they let go happens before what the caller does then.
void LetGo(SyncCell& cell);

// Tasks.  The function is called as function(argument) in the new one.
uint32_t StartTask(void (*function)(void*), void* argument, Site site);
void JoinTask(uint32_t task, Site site);
uint32_t CurrentTask();
void SetTaskName(const char* name);
void Yield(Site site);
void SleepUntil(uint64_t deadline, Site site);
uint64_t Now();

// What is called when a task ends, as function(argument), the latest first.
struct ExitCall {
  void (*function)(void*);
  void* argument;
};
void AtTaskExit(const ExitCall& call);

// Variables that each task has its own of.  FindLocal returns the argument that
// the current task has kept, or null.
struct LocalCell {
  Handle handle;
};
void* FindLocal(LocalCell& cell);
void KeepLocal(LocalCell& cell, const ExitCall& destroy);

// Whether the calling thread is inside a simulated run.
bool IsSimulated();

// Ends the run with a finding, of kind panic: `text` says what was misused.
// Outside of runs nothing happens.
void Misuse(const char* text, Site site);

}  // namespace fozzy::hooks

#endif  // FOZZY_HOOKS_H_

// Ops as partial-order reduction sees them: which can be exchanged.
#ifndef FOZZY_SIM_CORE_DPOR_OP_H_
#define FOZZY_SIM_CORE_DPOR_OP_H_

#include <cstdint>

#include "fozzy/strategy.h"

namespace fozzy {

// An op without what does not matter here.
struct DporOp {
  uint32_t task = 0;
  uint32_t object = 0;
  OpKind kind = OpKind::kNone;
  OpKind wait = OpKind::kNone;  // that a kGiveUp ends

  friend bool operator==(const DporOp&, const DporOp&) = default;
};

inline DporOp DporOpOf(const Op& op) {
  const bool is_end = op.kind == OpKind::kGiveUp;
  return {.task = op.task.value,
          .object = op.object,
          .kind = op.kind,
          .wait = is_end ? static_cast<OpKind>(op.offset) : OpKind::kNone};
}

// Whether time moves: everybody may notice.
inline bool IsDeadline(const DporOp& op) {
  return op.kind == OpKind::kTimer && op.task == kTimerTask.value;
}

// Whether two ops are one step of a task, as far as can be told: objects may be
// numbered otherwise, and which task a deadline is for is not known before.
inline bool IsSameStep(const DporOp& a, const DporOp& b) {
  return a.task == b.task && a.kind == b.kind;
}

// Whether the object of such an op is a task.
inline bool IsOfTask(OpKind kind) {
  return kind == OpKind::kStart || kind == OpKind::kExit ||
         kind == OpKind::kSpawn || kind == OpKind::kJoin;
}

// Whether such an op has no effect on others: a yield, a fence, a task that
// goes on after its deadline.  Plain memory too: what orders two accesses is
// other ops, or they are a data race, which is one in all equivalent runs.
inline bool IsPrivate(OpKind kind) {
  return kind == OpKind::kYield || kind == OpKind::kFence ||
         kind == OpKind::kTimer || kind == OpKind::kNone ||
         kind == OpKind::kGiveUp || kind == OpKind::kRead ||
         kind == OpKind::kWrite;
}

// Whether such an op is never chosen: it comes along with the one before it of
// its task, and nothing that could run before it depends on it.  In a plan it
// would be left over where it has come early, and hide what is planned behind.
inline bool ComesAlong(OpKind kind) {
  return kind == OpKind::kExit || kind == OpKind::kSpawn ||
         kind == OpKind::kRead || kind == OpKind::kWrite;
}

// Whether ops of such kinds on one object can be exchanged with each other.
inline bool IsShared(OpKind kind) {
  return IsReading(kind) || kind == OpKind::kLockShared ||
         kind == OpKind::kUnlockShared;
}

// Whether one of the two may try the lock that the other, waiting for a
// condition, gives back: which one that is, the op does not tell.
inline bool MayShareLock(const DporOp& a, const DporOp& b) {
  return (a.kind == OpKind::kWait && b.kind == OpKind::kTryLock) ||
         (a.kind == OpKind::kTryLock && b.kind == OpKind::kWait);
}

// Whether it may matter which of the two comes first.
inline bool AreDependent(const DporOp& a, const DporOp& b) {
  if (a.task == b.task || IsDeadline(a) || IsDeadline(b)) return true;
  if (MayShareLock(a, b)) return true;
  if (a.object != b.object) return false;
  if (IsPrivate(a.kind) || IsPrivate(b.kind)) return false;
  if (IsOfTask(a.kind) != IsOfTask(b.kind)) return false;
  if (a.kind == OpKind::kJoin && b.kind == OpKind::kJoin) return false;
  return !IsShared(a.kind) || !IsShared(b.kind);
}

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DPOR_OP_H_

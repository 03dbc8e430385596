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

  friend bool operator==(const DporOp&, const DporOp&) = default;
};

// Whether such an op is of plain memory, which is numbered apart from all else.
inline constexpr bool IsPlain(OpKind kind) {
  return kind == OpKind::kRead || kind == OpKind::kWrite;
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
inline constexpr bool IsOfTask(OpKind kind) {
  return kind == OpKind::kStart || kind == OpKind::kExit ||
         kind == OpKind::kSpawn || kind == OpKind::kJoin;
}

// Whether such an op has no effect on others: a yield, a fence, a task that
// goes on after its deadline.
inline constexpr bool IsPrivate(OpKind kind) {
  return kind == OpKind::kYield || kind == OpKind::kFence ||
         kind == OpKind::kTimer || kind == OpKind::kNone;
}

// Whether ops of such kinds on one object can be exchanged with each other.
inline constexpr bool IsShared(OpKind kind) {
  return IsReading(kind) || kind == OpKind::kLockShared ||
         kind == OpKind::kUnlockShared;
}

// Whether one of the two may try the lock that the other, waiting for a
// condition, gives back: which one that is, the op does not tell.
inline bool MayShareLock(const DporOp& a, const DporOp& b) {
  return (a.kind == OpKind::kWait && b.kind == OpKind::kTryLock) ||
         (a.kind == OpKind::kTryLock && b.kind == OpKind::kWait);
}

// The kinds that `Is` holds of, one bit each.
template <bool (*Is)(OpKind)>
inline constexpr uint32_t kKindsThat = [] {
  uint32_t kinds = 0;
  for (uint8_t i = 0; i < kOpKinds; ++i) {
    if (Is(static_cast<OpKind>(i))) kinds |= uint32_t{1} << i;
  }
  return kinds;
}();

// Returns `op` with a number of its object that no other kind of object has.
// Tasks keep theirs.  Without a branch: this is done for every op of a run.
inline DporOp DporOpOf(const Op& op) {
  constexpr uint32_t kKept = kKindsThat<IsOfTask> | kKindsThat<IsPrivate>;
  const auto kind = static_cast<uint32_t>(op.kind);
  const uint32_t is_kept = kKept >> kind & 1;
  const uint32_t is_plain = kKindsThat<IsPlain> >> kind & 1;
  const uint32_t object = (op.object << (1 - is_kept)) + is_plain;
  return {.task = op.task.value, .object = object, .kind = op.kind};
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

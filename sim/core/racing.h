// Which ops of two tasks are worth trying in both orders.
#ifndef FOZZY_SIM_CORE_RACING_H_
#define FOZZY_SIM_CORE_RACING_H_

#include "fozzy/strategy.h"

namespace fozzy {

// Whether `kind` does something to op.object that others may notice.
inline constexpr bool HasObject(OpKind kind) {
  switch (kind) {
    case OpKind::kNone:
    case OpKind::kStart:
    case OpKind::kYield:
    case OpKind::kFence:
    case OpKind::kTimer:
    case OpKind::kGiveUp:
      return false;
    default:
      return true;
  }
}

// Whether op.object is a task: those are numbered apart from other objects.
inline constexpr bool IsOfTask(OpKind kind) {
  return kind == OpKind::kStart || kind == OpKind::kExit ||
         kind == OpKind::kSpawn || kind == OpKind::kJoin;
}

// Whether ops of two tasks touch the same bytes of one object, and not both
// only to read them.  An op of size 0 is of the whole object.
inline constexpr bool IsRacing(const Op& a, const Op& b) {
  if (a.object != b.object || a.task == b.task) return false;
  if (!HasObject(a.kind) || !HasObject(b.kind)) return false;
  if (IsOfTask(a.kind) != IsOfTask(b.kind)) return false;
  if (IsReading(a.kind) && IsReading(b.kind)) return false;
  if (a.size == 0 || b.size == 0) return true;
  return a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_RACING_H_

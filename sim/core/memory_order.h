// What orders mean.
#ifndef FOZZY_SIM_CORE_MEMORY_ORDER_H_
#define FOZZY_SIM_CORE_MEMORY_ORDER_H_

#include "fozzy/strategy.h"

namespace fozzy {

// Consume is acquire, as in every compiler.
inline bool IsAcquire(MemoryOrder order) {
  return order != MemoryOrder::kRelaxed && order != MemoryOrder::kRelease;
}

inline bool IsRelease(MemoryOrder order) {
  return order >= MemoryOrder::kRelease;
}

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_MEMORY_ORDER_H_

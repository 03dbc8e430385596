// Who finds data races: conflicting accesses to plain memory, unordered by
// happens-before.
#ifndef FOZZY_SIM_CORE_RACE_DETECTOR_H_
#define FOZZY_SIM_CORE_RACE_DETECTOR_H_

#include <cstdint>

#include "fozzy/decision.h"
#include "fozzy/site.h"
#include "sim/base/check.h"
#include "sim/core/arena.h"
#include "sim/core/arena_pool.h"
#include "sim/core/arena_vector.h"
#include "sim/core/memory_model.h"

namespace fozzy {

// A variable in plain memory; dense, in order of creation.  0 is none.
using VariableId = uint32_t;

// Two accesses of different tasks, one of them at least a write, neither of
// which happened before the other.
struct Race {
  struct Side {
    TaskId task = {};
    Site site = {};
    bool was_write = false;
  };
  Side first;
  Side second;
};

// Watches the plain variables of one run.
//
// An access is said to race if, and only if, it does with one that went before,
// for as long as the variable had no race.  Then later ones may be missed.  Of
// several earlier accesses it races with, one is named; of several by one task
// between two things it released, the first.
//
// Source: Flanagan, Freund, "FastTrack: Efficient and Precise Dynamic Race
// Detection", PLDI 2009.
class RaceDetector {
 public:
  // Neither is owned.
  RaceDetector(Arena& arena, const MemoryModel& memory);
  RaceDetector(const RaceDetector&) = delete;
  RaceDetector& operator=(const RaceDetector&) = delete;

  // Starts a run.  Costs what the last run used.
  void Reset();

  // A variable that nobody has accessed.
  VariableId Create();

  // Ends it: it is not used again, its memory is.  Freeing
  // memory that others still use is a race: a write before this tells.
  void Destroy(VariableId variable);

  // `task` is about to access `variable`.  Returns the race that this is, valid
  // until the next call, or null.
  const Race* OnRead(TaskId task, VariableId variable, Site site) {
    Variable& accessed = At(variable);
    const VectorClock& clock = memory_.clock(task);
    const uint32_t epoch = clock.Get(task);
    if (accessed.read.epoch == epoch && accessed.read.task == task.value) {
      return nullptr;
    }
    return Read(accessed, clock, {task.value, epoch, site});
  }
  const Race* OnWrite(TaskId task, VariableId variable, Site site) {
    Variable& accessed = At(variable);
    const VectorClock& clock = memory_.clock(task);
    const uint32_t epoch = clock.Get(task);
    if (accessed.write.epoch == epoch && accessed.write.task == task.value &&
        accessed.read.epoch == 0) {
      return nullptr;
    }
    return Write(accessed, clock, {task.value, epoch, site});
  }

 private:
  // An access by `task`; epoch 0: none.
  struct Mark {
    uint32_t task = 0;
    uint32_t epoch = 0;
    Site site = {};
  };

  // The last reads by kTasks tasks next to each other.
  struct Readers {
    static constexpr uint32_t kTasks = 16;

    Readers* next;
    uint32_t first;  // the first of the tasks
    Mark marks[kTasks];
  };

  // The last write and the reads since.
  struct Variable {
    Mark write = {};
    Mark read = {};              // the latest
    Readers* readers = nullptr;  // not null: reads unordered among themselves
  };

  Variable& At(VariableId id) {
    FOZZY_CHECK(id - 1 < variables_.size());
    return *variables_[id - 1];
  }
  const Race* Read(Variable& variable, const VectorClock& clock,
                   const Mark& mark);
  const Race* Write(Variable& variable, const VectorClock& clock,
                    const Mark& mark);
  const Race* Found(const Mark& first, bool was_write, const Mark& second,
                    bool is_write);
  void Remember(Variable& variable, const Mark& mark);
  void ForgetReads(Variable& variable);

  const MemoryModel& memory_;
  ArenaPool<Variable> variable_pool_;
  ArenaPool<Readers> reader_pool_;
  ArenaVector<Variable*> variables_;  // null: destroyed
  Race race_ = {};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_RACE_DETECTOR_H_

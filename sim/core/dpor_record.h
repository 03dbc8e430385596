// Who did what last, as a run goes by.
#ifndef FOZZY_SIM_CORE_DPOR_RECORD_H_
#define FOZZY_SIM_CORE_DPOR_RECORD_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/arena_vector.h"
#include "sim/core/dpor_op.h"
#include "sim/core/dpor_stack.h"

namespace fozzy {

// The number of an op in its run, plus 1; 0: none.
using DporMark = uint32_t;

// The time in which a lock was had.
struct DporSection {
  DporMark begin = 0;
  DporMark end = 0;  // 0: it has not ended
};

// The answer to a question that was asked while an op was executed.
struct DporAnswer {
  DporMark op = 0;
  ChoiceKind kind = ChoiceKind::kRandom;
  uint64_t answer = 0;
};

// The ops of one run, and the last ones of each task and object among those
// that have been added.
class DporRecord {
 public:
  struct Task {
    DporMark last = 0;
    DporMark spawn = 0;  // of it
    DporMark exit = 0;
    DporMark wait = 0;  // the kWait after which it waits to be told
    DporMark told = 0;  // the kNotify that did
    uint32_t ops = 0;
  };
  struct Object {
    DporMark write = 0;  // the last op that is not shared
    DporMark wait = 0;   // the last kWait
    // The last section of one task alone.  It may have begun with `try_lock`
    // already, if that was successful, which is not known.
    DporSection section = {};
    DporMark try_lock = 0;
    uint32_t holder = 0;
    uint32_t depth = 0;
    uint32_t run = 0;  // that last used it
  };
  struct Use {
    DporMark shared = 0;
    DporSection section = {};  // the last shared one
  };

  // `stack` is not owned: it has the questions of the run.
  DporRecord(Arena& arena, const DporStack& stack);

  // Starts a run of `ops`, none of which has been added, by tasks and on
  // objects below these bounds.  The spans stay valid until the next start.
  struct Bounds {
    uint32_t tasks = 0;
    uint32_t objects = 0;
  };
  void Start(std::span<const DporOp> ops, std::span<const DporAnswer> answers,
             const Bounds& bounds);

  // Adds the next op.
  void Add(DporMark mark);

  uint32_t task_count() const { return static_cast<uint32_t>(tasks_.size()); }
  const Task& task(uint32_t task) const { return tasks_[task]; }
  // Valid until the next call.
  const Object& object(uint32_t object) { return Get(object); }
  // What `task` did last with `object`, which was asked for before.
  const Use& use(uint32_t object, uint32_t task) const {
    return uses_[size_t{object} * tasks_.size() + task];
  }
  DporMark deadline() const { return deadline_; }  // the last that passed

  // Whether some number was given to what one task first used or spawned in one
  // run, and another in another run, or at another place.
  bool names_vary() const { return names_vary_; }

  // Whether `task` waits for a condition that nobody has told it of, and is to
  // have the lock `object` when it is told.
  bool IsUntold(uint32_t task, uint32_t object) const;

 private:
  const DporOp& OpOf(DporMark op) const { return ops_[op - 1]; }
  Object& Get(uint32_t object);
  Use& UseOf(const DporOp& op) {
    return uses_[size_t{op.object} * tasks_.size() + op.task];
  }
  void AddTask(DporMark mark);
  void AddToObject(DporMark mark);
  void AddLock(DporMark mark, Object& object);
  void AddUnlock(DporMark mark, Object& object);
  bool IsFree(uint32_t object, const Object& state) const;
  void Tell(DporMark notify);
  void NoteName(DporMark op, uint64_t& name);
  DporMark FirstWaiting(uint32_t object, DporMark after) const;
  void AddWait(DporMark wait);
  bool IsUnlockedAfter(DporMark wait) const;
  bool CanGoOn(DporMark wait) const;
  bool Had(uint32_t lock, uint32_t task, DporMark wait) const;

  const DporStack& stack_;
  std::span<const DporOp> ops_;
  std::span<const DporAnswer> answers_;
  uint32_t run_ = 0;
  DporMark deadline_ = 0;
  ArenaVector<Task> tasks_;
  ArenaVector<Object> objects_;
  ArenaVector<Use> uses_;  // of each object by each task
  // Who named it, and with which of its ops, plus 1; 0: nobody in any run.
  ArenaVector<uint64_t> object_names_;
  ArenaVector<uint64_t> task_names_;
  bool names_vary_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DPOR_RECORD_H_

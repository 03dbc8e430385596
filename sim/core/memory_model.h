// What atomic operations of simulated tasks see: C++20 as strengthened by RC11.
#ifndef FOZZY_SIM_CORE_MEMORY_MODEL_H_
#define FOZZY_SIM_CORE_MEMORY_MODEL_H_

#include <cstdint>

#include "fozzy/strategy.h"
#include "sim/base/check.h"
#include "sim/core/arena.h"
#include "sim/core/arena_pool.h"
#include "sim/core/arena_vector.h"
#include "sim/core/knowledge.h"
#include "sim/core/location_table.h"
#include "sim/core/sc_order.h"
#include "sim/core/value_oracle.h"
#include "sim/core/vector_clock.h"

namespace fozzy {

enum class MemoryModelKind : uint8_t {
  kSc,     // every load reads the newest store: interleavings only
  kCpp20,  // which store is read, and where one lands, are choices
};

// The histories of all locations of one run, and who knows what of them.
//
// An operation is executed at once, on behalf of a task; what the memory model
// leaves open is asked of the oracle: which store a load reads (kReadsFrom,
// 0: the newest), where a store lands in modification order (kPlace, 0: last),
// whether a weak compare-exchange fails (kSpurious).  Only answers that lead to
// an execution allowed by RC11 are offered, and all of those that sb | rf being
// acyclic allows (no load buffering).  Where only one is left nothing is asked.
//
// In both models clocks are kept by the orders as written, so that data races
// are those of C++: a relaxed flag does not order plain memory even under kSc.
//
// At most kHistoryMax stores of one location are kept: older ones are no longer
// offered.  Sequentially consistent operations are remembered in eras: after
// ScOrder::kEventsMax of them (ScChain::kEventsMax as long as there are no
// other accesses) the past is settled, and only then what is not the newest
// store of its location is no longer offered, either.  So it is at each of
// them once there are more than ScSet::kTasks tasks.  Within these bounds
// memory and time do not grow with the number of operations.
//
// While all accesses are sequentially consistent each reads the newest store:
// with all interleavings that is all they can do.
//
// Sources: Lahav et al., "Repairing Sequential Consistency in C/C++11", PLDI
// 2017 (axioms); release sequences as in C++20 (P0982R1).
class MemoryModel {
 public:
  static constexpr uint32_t kHistoryMax = LocationTable::kStoresMax;

  // Neither is owned.
  MemoryModel(Arena& arena, ValueOracle& oracle);
  MemoryModel(const MemoryModel&) = delete;
  MemoryModel& operator=(const MemoryModel&) = delete;

  // Starts a run: no location, task 0 only.  Memory of the last run is used
  // again; no time is spent on it.
  void Reset(MemoryModelKind kind);

  // Starts task `child`, a new one: what `parent` did happens before all of it.
  void Fork(TaskId parent, TaskId child);

  // What task `ended` did happens before what `task` does from now on.
  void Join(TaskId task, TaskId ended);

  // Starts a location; its first store is done by `task`, unordered with
  // others as a plain initialisation is.  One that `task` is null for happened
  // before everything.
  LocationId Create(TaskId task, const MemoryValue& value);
  LocationId CreateBeforeAll(const MemoryValue& value);

  // Ends it: it is not used again, its memory is.
  void Destroy(LocationId location);

  MemoryValue Load(TaskId task, LocationId location, MemoryOrder order);

  void Store(TaskId task, LocationId location, const MemoryValue& value,
             MemoryOrder order);

  // The two halves of a read-modify-write: BeginUpdate returns the value read,
  // EndUpdate stores what was made of it, at once and with the same `order`.
  MemoryValue BeginUpdate(TaskId task, LocationId location, MemoryOrder order);
  void EndUpdate(const MemoryValue& value);

  struct CompareExchangeOrders {
    MemoryOrder success;
    MemoryOrder failure;
    bool is_weak;
  };
  // Returns whether `desired` was stored; if not, `expected` is what was read.
  // A weak one never fails for no reason under kSc.
  bool CompareExchange(TaskId task, LocationId location, MemoryValue& expected,
                       const MemoryValue& desired,
                       const CompareExchangeOrders& orders);

  void Fence(TaskId task, MemoryOrder order);

  // The last value in modification order: what is left when all tasks ended.
  MemoryValue Newest(LocationId location) const;

  // After this, the next load of `task` reads the newest store it
  // may: no store is kept from a spinning task for ever.
  void ReadNewest(TaskId task);

  // The store that the last operation of `task` read, numbered from 1 in order
  // of creation over all locations; 0 if it read none.  With the site of who
  // stored it, it tells which reads-from pairs a run reached.
  uint64_t LastRead(TaskId task) const {
    FOZZY_CHECK(task.value < tasks_.size());
    return tasks_[task.value]->last_read;
  }

  // Locks and the like: a location without values.  Acquire: what was done
  // before each Release of it happens before what `task` does from now on.
  LocationId CreateChannel();
  void Acquire(TaskId task, LocationId channel);
  void Release(TaskId task, LocationId channel);

  // What happens before the next operation of `task`.  Its own entry is its
  // present epoch.
  const VectorClock& clock(TaskId task) const {
    FOZZY_CHECK(task.value < tasks_.size());
    return tasks_[task.value]->known.clock;
  }

 private:
  // What is to be done besides keeping histories and clocks.
  enum class Mode : uint8_t {
    // All read the newest store: kSc, or sequentially consistent accesses only
    // and more tasks than ScOrder tells apart.
    kNewest,
    kChained,  // sequentially consistent accesses only: all are in the chain
    kUntold,   // no events: ScOrder is told nothing
    kTold,     // ScOrder is told everything
  };

  // How an access is done, if nothing unusual happens.
  enum class Path : uint8_t { kGeneral, kUntold, kNewest, kChained };

  struct Task {
    Knowledge known;
    // What relaxed loads read, for the next acquire fence; null: nothing.
    Knowledge* pending;
    // What was known at the last release fence; null: there was none.
    Knowledge* fence;
    uint64_t last_read;
    ScMarks marks;
    uint32_t epoch;
    bool reads_newest;
  };

  // An operation that reads or writes, or both.  Passed by reference to what is
  // inlined only: its parts are in registers until something unusual happens.
  struct Access {
    TaskId id;
    Task& task;
    LocationId location_id;
    Location& location;
    MemoryOrder order;
    bool reads;
    bool writes;

    bool is_sc() const { return order == MemoryOrder::kSequentiallyConsistent; }
  };

  // An access that can only be to the newest store, unless its path is
  // kGeneral: then there is more to find out.
  struct Common {
    TaskId id;
    Task& task;
    LocationId location_id;
    Location& location;
    StoreRecord& newest;
    MemoryOrder order;
    Path path;
    bool is_well_known;  // nothing can be learnt by reading it
  };

  struct Update {
    TaskId id;
    Task* task;
    LocationId location_id;
    Location* location;
    uint32_t place;
    MemoryOrder order;
  };

  struct ExchangeOptions {
    const Access& success;
    const Access& failure;
    const MemoryValue& expected;
    bool is_weak;
  };
  struct Exchange {
    uint32_t place;
    bool is_done;
  };

  Task& At(TaskId task) {
    FOZZY_CHECK(task.value < tasks_.size());
    return *tasks_[task.value];
  }
  Task& AddTask(TaskId id);
  void Advance(TaskId id, Task& task) {
    task.known.clock.Increment(knowledge_.clocks(), id);
    ++task.epoch;
  }

  void SetMode(Mode mode);
  // Leaves a mode in which there are no accesses like this one, or ends an era.
  void Prepare(bool is_sc);
  // To be called when ScOrder was told something.
  void EndEraIfFull() {
    if (!sc_.is_full()) return;
    is_to_prepare_[false] = true;
    is_to_prepare_[true] = true;
    paths_[false] = Path::kGeneral;
    paths_[true] = Path::kGeneral;
  }
  // Forgets all that is not the newest, so that ScOrder can start afresh.
  void Settle();
  // `task` does something at no location.
  void Tell(TaskId id, Task& task);
  void Tell(Access access, uint32_t place);
  void TellStored(Access access, uint32_t place, StoreRecord& store);

  Common Meet(TaskId task, LocationId location, MemoryOrder order);
  uint32_t ChainNewest(const Common& common);
  void ReadNewest(const Common& common);
  Knowledge* ReleasedBy(const Common& common, Knowledge* inherited);
  void Append(const Common& common, const MemoryValue& value,
              Knowledge* inherited);

  MemoryValue LoadAny(TaskId task, LocationId location, MemoryOrder order);
  void StoreAny(TaskId task, LocationId location, const MemoryValue& value,
                MemoryOrder order);
  MemoryValue BeginAnyUpdate(TaskId task, LocationId location,
                             MemoryOrder order);
  void EndAnyUpdate(const MemoryValue& value);

  Access Begin(TaskId task, LocationId location, MemoryOrder order);
  bool IsNewestOnly(const Access& access) const {
    const StoreRecord& newest =
        access.location.stores[access.location.count - 1];
    return mode_ <= Mode::kChained ||
           newest.epoch <= access.task.known.clock.Get({newest.task});
  }
  // Where the newest store is.
  uint32_t Newest(const Access& access) const {
    if (access.reads) access.task.reads_newest = false;
    return access.location.count - 1;
  }
  uint32_t Pick(const Access& access, ChoiceKind kind);
  uint32_t PickStore(Task& task, const Location& location);
  uint32_t PickPlace(Task& task, const Location& location, ChoiceKind kind);
  uint32_t PickTold(Access access, ChoiceKind kind);
  Exchange PickExchange(const ExchangeOptions& options);
  // A place with what can come of reading it; 0 in the last two bits: nothing.
  uint32_t ExchangeAt(const ExchangeOptions& options, uint32_t place);
  bool Allows(const Access& access, uint32_t place);
  ScAccess ToSc(const Access& access, uint32_t place) const;
  // Asks which of so many.
  uint32_t AskWhich(Task& task, ChoiceKind kind, uint32_t count);

  const StoreRecord& Read(const Access& access, uint32_t place);
  void Learn(TaskId id, Task& task, MemoryOrder order, StoreRecord& store);
  void Write(const Access& access, uint32_t place, const MemoryValue& value);
  Knowledge* Released(const Access& access, const StoreRecord* read);
  uint32_t Chain(const Access& access);
  void DropOldest(Location& location);

  ValueOracle& oracle_;
  MemoryModelKind kind_ = MemoryModelKind::kCpp20;
  Mode mode_ = Mode::kChained;
  // Whether ScOrder tells all tasks apart.
  bool is_exact_ = true;
  // Whether an access that is not sequentially consistent, or one that is, is
  // to be prepared for: mostly neither.
  bool is_to_prepare_[2] = {};
  // By whether an access is sequentially consistent.
  Path paths_[2] = {};
  KnowledgePool knowledge_;
  LocationTable locations_;
  ScOrder sc_;
  ArenaPool<Task> task_pool_;
  ArenaVector<Task*> tasks_;
  Update update_ = {};
  // The places that are offered, the newest first.
  uint32_t candidate_[kHistoryMax] = {};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_MEMORY_MODEL_H_

// Whether sequentially consistent operations can be put into one order.
#ifndef FOZZY_SIM_CORE_SC_ORDER_H_
#define FOZZY_SIM_CORE_SC_ORDER_H_

#include <cstdint>

#include "fozzy/decision.h"
#include "sim/core/arena.h"
#include "sim/core/arena_pool.h"
#include "sim/core/arena_vector.h"
#include "sim/core/knowledge.h"
#include "sim/core/location_table.h"
#include "sim/core/sc_chain.h"
#include "sim/core/sc_set.h"

namespace fozzy {

// An operation on memory by one of the first ScSet::kTasks tasks.
struct ScAccess {
  TaskId task;
  ScMarks& marks;
  Knowledge& known;  // before the operation learns anything
  LocationId id;
  Location& location;
  // The store that is read, or that the new one comes after, or both.
  uint32_t place;
  const Knowledge* acquired;  // what it learns; null: nothing
  bool reads;
  bool writes;
  bool is_sc;

  Hearing hearing() const {
    return {known.clock, acquired == nullptr ? nullptr : &acquired->clock};
  }
};

// What is known of a location.
struct ScLocation {
  Location* location = nullptr;  // null: it has ended
  ScSet accesses = {};           // sequentially consistent
  // Accesses, and fences that happened before any access: of all stores and
  // those who read them; of the stores in front of `mark`, and those that were
  // dropped; of those that were dropped.  Of the latter two also the fences
  // alone.
  ScSet all = {};
  ScSet below = {};
  ScSet below_fences = {};
  ScSet dropped = {};
  ScSet dropped_fences = {};
  uint32_t mark = 0;

  // Costs less than to write all of the sets.
  void Clear() {
    location = nullptr;
    for (ScSet* set :
         {&accesses, &all, &below, &below_fences, &dropped, &dropped_fences}) {
      set->Clear();
    }
    mark = 0;
  }
};

// The relation psc of RC11 between sequentially consistent accesses and fences,
// the events.  It must stay acyclic: that is all that keeps an operation from
// reading an old store, or landing before a new one, once coherence allows it.
//
// Operations are executed in an order that agrees with happens-before, so a new
// one can only be ordered before old events by what it reads from, or lands
// before, in modification order.  For every event the set of those before it
// is kept, transitively.  A new access is refused if one of the events after
// it, its targets, is among those before it.
//
// Before a new event, found when it is executed or kept up to date with the
// histories, are
// * the events of its task;
// * accesses a of others with a sb b hb c sb it where b is at another location
//   than a, and c at another than it; and those that happened before it, at its
//   location;
// * those before it in modification order and those that read what is, and
//   fences that happened before one of these;
// * before a fence: what is before something that happened before it, by
//   modification order or by reading.
// By the paper more is: what happened before a fence, and fences that happened
// before an access.  But no cycle needs these edges.  What is before the access
// by modification order or by reading is before the fence, too; what the access
// is before by these, the fence is; and every cycle has such edges, for
// happens-before has none.
//
// Memory: after kEventsMax events, or much else to remember, the past is
// settled: nothing older than the newest store of every location is offered
// any more.  Then no later operation can be ordered before an earlier event,
// and all events are forgotten.
//
// Source: Lahav et al., PLDI 2017, section 3.  Sets of events that are closed
// under "the one before in my task" stand for reachability as vector clocks do
// for happens-before.
class ScOrder {
 public:
  static constexpr uint32_t kEventsMax = 512;
  static constexpr uint32_t kLocationsMax = 1024;

  // None is owned.
  ScOrder(Arena& arena, KnowledgePool& knowledge, LocationTable& locations);

  // Starts a run.
  void Reset();

  // Forgets all events.  Requires that all locations be settled before they
  // are used again.
  void Settle();

  // Whether there are any events: if not, nothing but events need be told.
  bool is_active() const { return !events_.empty() || !chain_.empty(); }

  // Whether it is time to settle the past.
  bool is_full() const { return is_full_ || chain_.is_full(); }

  // While the chain lasts: an access that has been executed.  Returns the
  // number of its event.
  [[gnu::always_inline]] uint32_t Chain(const ScChain::Access& access) {
    if (access.location.chain_last == 0) MutableOf(access.location);
    return chain_.Add(access);
  }
  ScChain& chain() { return chain_; }

  // Looks at what is newer than a place: first nothing, then store by store,
  // the newest first.
  void StartTargets();
  void AddTargets(const StoreRecord& store);
  // Whether psc allows `access`, whose place is the next older one.
  bool Allows(const ScAccess& access);

  // `access` is executed; its store, if any, is not there yet.
  void Access(const ScAccess& access);
  // It is there.
  void Stored(const ScAccess& access, StoreRecord& store);
  // `location` ends.
  void Ended(Location& location);
  // Its `count` oldest stores are about to be dropped.
  void Drop(Location& location, uint32_t count);

  // `task` does something at no location.
  void Other(TaskId task, Knowledge& known, ScMarks& marks) {
    Come(task, known, marks, 0);
  }
  // A sequentially consistent fence; what it learns is in `known` already.
  void Fence(TaskId task, Knowledge& known, ScMarks& marks);
  // What is released by that fence; the reference stays the caller's.
  void FenceReleased(TaskId task, Knowledge* released);

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};

  struct Event {
    uint32_t task;
    uint32_t number;  // in its task, from 1
    uint32_t epoch;
    LocationId id;            // 0: a fence
    uint32_t previous_fence;  // number of the one before in its task, or 0
    Knowledge* released;      // of a fence, a reference
    ScSet before;             // transitively
  };

  struct Task {
    uint32_t count = 0;       // its events
    uint32_t last_fence = 0;  // number of the last one, or 0
    ScSet apart = {};         // what had departed when it came to its run
  };

  // The first events, of every task and of the chain, that must not be before
  // something.
  struct Targets {
    uint32_t chain = kNone;
    uint32_t first[ScSet::kTasks] = {};

    void Add(uint32_t task, uint32_t number) {
      first[task] = std::min(first[task], number);
    }
    void AddChain(uint32_t number) { chain = std::min(chain, number); }
  };

  void Forget();
  void MeetTask(TaskId task);
  const Event& At(uint32_t task, uint32_t number) const {
    return events_[numbers_[task * kEventsMax + number - 1]];
  }
  Event& AddEvent(const ScSet& before, TaskId task, LocationId id,
                  uint32_t epoch);
  ScLocation& MutableOf(Location& location);

  // What must not be before an operation.
  void AddFenceTargets(uint32_t task, uint32_t epoch, bool is_read);
  uint32_t FirstFence(uint32_t task, uint32_t other, uint32_t epoch) const;
  static bool Reaches(const Targets& targets, const ScSet& set);

  // What is before it.
  ScSet Closure(const ScSet& set) const;
  ScSet Incoming(const ScAccess& access) const;
  void AddFencesOf(const Knowledge& known, ScSet& set) const;
  void AddKnownFences(const ScAccess& access, ScSet& set) const;
  uint32_t Heard(const Hearing& hearing, uint32_t task, uint32_t last,
                 LocationId id) const;
  void AddSameLocation(const ScAccess& access, ScSet& set) const;
  static void AddStore(const StoreRecord& store, ScSet& set);
  static void AddStoreFences(const StoreRecord& store, ScSet& set);
  void AddUpTo(const Location& location, uint32_t place, ScSet& set) const;
  void AddFencesBelow(const Location& location, uint32_t place,
                      ScSet& set) const;
  void AddHistory(const Location& location, const VectorClock& clock,
                  ScSet& set) const;
  static void MoveMark(Location& location);

  void Come(TaskId task, Knowledge& known, ScMarks& marks, LocationId id);
  void Overtake(const ScAccess& access, const ScSet& fences);
  void Propagate(const Targets& targets, const ScSet& before);
  void NoteRead(const ScAccess& access, const ScSet& fences);

  KnowledgePool& knowledge_;
  LocationTable& locations_;
  ScChain chain_;
  ArenaVector<Event> events_;
  ArenaVector<uint16_t> numbers_;
  ArenaVector<Task> tasks_;
  ArenaPool<ScLocation> location_pool_;
  ArenaVector<ScLocation*> places_;
  bool is_full_ = false;
  bool has_fences_ = false;
  bool has_targets_ = false;
  // Of a sequentially consistent access; of a fence that happened before an
  // access.
  Targets targets_;
  Targets fence_targets_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_SC_ORDER_H_

// Sequentially consistent events from before there was any other access.
#ifndef FOZZY_SIM_CORE_SC_CHAIN_H_
#define FOZZY_SIM_CORE_SC_CHAIN_H_

#include <algorithm>
#include <cstdint>

#include "fozzy/decision.h"
#include "sim/core/arena.h"
#include "sim/core/arena_vector.h"
#include "sim/core/knowledge.h"
#include "sim/core/location_table.h"
#include "sim/core/sc_set.h"

namespace fozzy {

// Where a task is, for ScChain and ScOrder.
struct ScMarks {
  uint32_t last = 0;   // its last event in the chain
  LocationId run = 0;  // the location of its last operation; 0: none
  uint32_t apart = 0;  // what had departed, of the chain, when it came to `run`
};

// How far an operation has heard of others.
struct Hearing {
  const VectorClock& clock;
  const VectorClock* acquired;  // null: nothing besides

  bool Knows(uint32_t task, uint32_t epoch) const {
    return epoch <= clock.Get({task}) ||
           (acquired != nullptr && epoch <= acquired->Get({task}));
  }
};

// The chain: for as long as all accesses are sequentially consistent each reads
// the newest store, and all are regarded as ordered as they are executed.
//
// Nothing is lost by that.  Take any consistent execution of the program, and a
// total order S of its sequentially consistent events that agrees with psc.
// Some first part of it, closed under sb | rf, has no other accesses.  Its
// events can be executed in the order S, each reading the newest store, as psc
// has all of sb, rf, mo and rb between such accesses.  Then S is the order of
// the chain, and psc with all of that order added is as acyclic as S.
//
// So all the chain costs is a list: who, when, where.  It ends with the first
// access of another kind.  To ScOrder its events are old ones like others, but
// that what is before one of them is before all later ones.
//
// Numbers of events only grow during a run; those of forgotten ones are below
// all others and mean nothing any more.
class ScChain {
 public:
  static constexpr uint32_t kEventsMax = 4096;
  static constexpr uint32_t kOvertakingsMax = 256;

  // Not owned.
  explicit ScChain(Arena& arena) : events_(arena), overtakings_(arena) {}

  // Starts a run.
  void Reset();
  // Forgets all events.
  void Settle();

  bool empty() const { return count_ == 0; }
  bool is_full() const { return is_full_; }
  bool has_fences() const { return has_fences_; }

  // `task` has accessed a location, and has learnt what it learns by that.
  // Returns the number of the event.
  struct Access {
    TaskId task;
    Knowledge& known;
    ScMarks& marks;
    LocationId id;
    Location& location;
  };
  [[gnu::always_inline]] uint32_t Add(const Access& access) {
    Depart(access.marks, access.known, access.id);
    Location& location = access.location;
    const uint32_t previous = location.chain_last;
    uint32_t fences = access.known.chain.fences;
    if (has_fences_ && previous != 0) {
      fences = std::max(fences, At(previous).fences);
    }
    Event& event = Next();
    event.task = access.task.value;
    event.epoch = access.known.clock.Get(access.task);
    event.previous = previous;
    event.fences = fences;
    location.chain_last = last();
    access.marks.last = last();
    return last();
  }

  // A sequentially consistent fence.
  void AddFence(TaskId task, Knowledge& known, ScMarks& marks);

  // A task is about to do something at `id`, 0: at no location.
  void Depart(ScMarks& marks, Knowledge& known, LocationId id) const {
    if (marks.run == id && id != 0) return;
    marks.run = id;
    marks.apart = known.chain.departed;
    if (marks.last > base_) {
      known.chain.departed = std::max(known.chain.departed, marks.last);
    }
  }

  // The last event at `location` that wrote or read a store up to the one at
  // `place`, or 0; the last fence that happened before such events.
  uint32_t UpTo(const Location& location, uint32_t place) const;
  uint32_t FencesUpTo(const Location& location, uint32_t place) const;

  // The last event at `location` that was heard of, or 0.
  uint32_t Heard(const Location& location, const Hearing& hearing) const;

  // What is before the event `number`, of events outside of the chain.
  void AddBefore(uint32_t number, ScSet& set) const;

  // Puts `before` before the event `first` and all later ones.
  struct Overtaking {
    uint32_t first;
    ScSet before;
  };
  void Overtake(const Overtaking& overtaking);
  ArenaVector<Overtaking>& overtakings() { return overtakings_; }

 private:
  struct Event {
    uint32_t task = 0;
    uint32_t epoch = 0;
    uint32_t previous = 0;  // at the same location, or 0
    // The last fence that happened before it, or before an earlier event at its
    // location, or 0.
    uint32_t fences = 0;
  };

  uint32_t last() const { return base_ + count_; }
  [[gnu::always_inline]] Event& Next() {
    if (events_.empty()) [[unlikely]]
      MakeRoom();
    if (count_ + 1 == kEventsMax) is_full_ = true;
    return events_[count_++];
  }
  [[gnu::cold, gnu::noinline]] void MakeRoom() { events_.resize(kEventsMax); }
  // Requires base_ < number.
  const Event& At(uint32_t number) const { return events_[number - base_ - 1]; }

  ArenaVector<Event> events_;  // the first count_ are used
  uint32_t count_ = 0;
  ArenaVector<Overtaking> overtakings_;
  uint32_t base_ = 0;  // the number of the last event that is forgotten
  bool has_fences_ = false;
  bool is_full_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_SC_CHAIN_H_

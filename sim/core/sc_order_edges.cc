// Which events are before an operation, and which must not be.
#include <algorithm>

#include "sim/core/sc_order.h"

namespace fozzy {

void ScOrder::StartTargets() {
  has_targets_ = false;
  targets_.chain = kNone;
  fence_targets_.chain = kNone;
  for (uint32_t task = 0; task < tasks_.size(); ++task) {
    targets_.first[task] = kNone;
    fence_targets_.first[task] = kNone;
  }
}

void ScOrder::AddTargets(const StoreRecord& store) {
  if (store.sc_event != 0) {
    has_targets_ = true;
    if (store.is_chained) {
      targets_.AddChain(store.sc_event);
      fence_targets_.AddChain(store.sc_event);
    } else {
      targets_.Add(store.task, store.sc_event);
      fence_targets_.Add(store.task, store.sc_event);
    }
  }
  if (!has_fences_) return;
  AddFenceTargets(store.task, store.epoch, /*is_read=*/false);
  for (const ReaderNode* node = store.readers; node != nullptr;
       node = node->next) {
    for (uint32_t i = 0; i < node->count; ++i) {
      AddFenceTargets(node->readers[i].task, node->readers[i].epoch,
                      /*is_read=*/true);
    }
  }
}

// Adds the fences that an access by `task` at `epoch` happened before.  Those
// in the chain are after something in the chain that is a target already: the
// store itself, or what a reader of it read.
void ScOrder::AddFenceTargets(uint32_t task, uint32_t epoch, bool is_read) {
  for (uint32_t other = 0; other < tasks_.size(); ++other) {
    const uint32_t fence = FirstFence(other, task, epoch);
    if (fence == kNone) continue;
    has_targets_ = true;
    fence_targets_.Add(other, fence);
    if (!is_read) targets_.Add(other, fence);
  }
}

// The first fence of `task` that knows of `epoch` of `other`, or kNone.
uint32_t ScOrder::FirstFence(uint32_t task, uint32_t other,
                             uint32_t epoch) const {
  uint32_t first = kNone;
  uint32_t number = tasks_[task].last_fence;
  while (number != 0) {
    const Event& fence = At(task, number);
    if (fence.released->clock.Get({other}) < epoch) break;
    first = number;
    number = fence.previous_fence;
  }
  return first;
}

// Whether an event of `targets`, or one after it in its task, is in `set`.
bool ScOrder::Reaches(const Targets& targets, const ScSet& set) {
  for (uint32_t task = 0; task < set.width(); ++task) {
    if (set.Get(task) >= targets.first[task]) return true;
  }
  return set.chain() >= targets.chain;
}

bool ScOrder::Allows(const ScAccess& access) {
  if (!has_targets_) return true;
  MeetTask(access.task);
  ScSet fences;
  AddKnownFences(access, fences);
  if (!fences.empty() && Reaches(fence_targets_, Closure(fences))) return false;
  return !access.is_sc || !Reaches(targets_, Closure(Incoming(access)));
}

// Adds what is before any of `set`, and `set`.
ScSet ScOrder::Closure(const ScSet& set) const {
  ScSet before;
  if (set.chain() != 0) chain_.AddBefore(set.chain(), before);
  for (uint32_t task = 0; task < set.width(); ++task) {
    const uint32_t number = set.Get(task);
    if (number > before.Get(task)) before.Join(At(task, number).before);
  }
  before.Join(set);
  return before;
}

void ScOrder::AddFencesOf(const Knowledge& known, ScSet& set) const {
  set.AddChain(known.chain.fences);
  const ScKnowledge* sc = knowledge_.ScOf(known);
  if (sc != nullptr) set.Join(sc->fences);
}

// Adds fences that happened before `access`, by what it learns, too.
void ScOrder::AddKnownFences(const ScAccess& access, ScSet& set) const {
  if (!has_fences_ && !chain_.has_fences()) return;
  AddFencesOf(access.known, set);
  if (access.acquired != nullptr) AddFencesOf(*access.acquired, set);
}

ScSet ScOrder::Incoming(const ScAccess& access) const {
  ScSet set;
  const uint32_t task = access.task.value;
  if (access.marks.run == access.id) {
    set.AddChain(access.marks.apart);
    if (task < tasks_.size()) set.Join(tasks_[task].apart);
  } else {
    set.AddChain(access.known.chain.departed);
    const ScKnowledge* sc = knowledge_.ScOf(access.known);
    if (sc != nullptr) set.Join(sc->departed);
  }
  set.AddChain(access.marks.last);
  if (task < tasks_.size()) set.Add(task, tasks_[task].count);
  if (access.location.sc == nullptr) return set;
  AddSameLocation(access, set);
  if (access.writes) AddUpTo(access.location, access.place, set);
  return set;
}

// The last event of `task` at `id` that was heard of, or 0; `last` is its last
// one there.
uint32_t ScOrder::Heard(const Hearing& hearing, uint32_t task, uint32_t last,
                        LocationId id) const {
  if (hearing.Knows(task, At(task, last).epoch)) return last;
  // Events before `heard` were heard of, those from `last` on were not.
  uint32_t heard = 0;
  while (heard + 1 < last) {
    const uint32_t middle = (heard + last) / 2;
    const bool is_heard = hearing.Knows(task, At(task, middle).epoch);
    (is_heard ? heard : last) = middle;
  }
  while (heard != 0 && At(task, heard).id != id) --heard;
  return heard;
}

// Adds sequentially consistent accesses that happened before `access`.
void ScOrder::AddSameLocation(const ScAccess& access, ScSet& set) const {
  const Hearing hearing = access.hearing();
  set.AddChain(chain_.Heard(access.location, hearing));
  const ScSet& accesses = access.location.sc->accesses;
  for (uint32_t task = 0; task < accesses.width(); ++task) {
    const uint32_t last = accesses.Get(task);
    if (last != 0) set.Add(task, Heard(hearing, task, last, access.id));
  }
}

// Adds what wrote or read `store`.
void ScOrder::AddStore(const StoreRecord& store, ScSet& set) {
  if (store.sc_event != 0 && !store.is_chained) {
    set.Add(store.task, store.sc_event);
  }
  if (store.sc == nullptr) return;
  set.Join(store.sc->write_fences);
  set.Join(store.sc->reads);
}

// Adds what wrote or read the stores up to the one at `place`.
void ScOrder::AddUpTo(const Location& location, uint32_t place,
                      ScSet& set) const {
  set.AddChain(chain_.UpTo(location, place));
  const ScLocation& sc = *location.sc;
  if (place + 1 == location.count) return set.Join(sc.all);
  const bool is_above = place + 1 >= sc.mark;
  set.Join(is_above ? sc.below : sc.dropped);
  for (uint32_t i = is_above ? sc.mark : 0; i <= place; ++i) {
    AddStore(location.stores[i], set);
  }
}

void ScOrder::AddStoreFences(const StoreRecord& store, ScSet& set) {
  if (store.sc == nullptr) return;
  set.Join(store.sc->write_fences);
  set.Join(store.sc->read_fences);
}

void ScOrder::AddFencesBelow(const Location& location, uint32_t place,
                             ScSet& set) const {
  if (place != 0) set.AddChain(chain_.FencesUpTo(location, place - 1));
  const ScLocation& sc = *location.sc;
  const bool is_above = place >= sc.mark;
  set.Join(is_above ? sc.below_fences : sc.dropped_fences);
  for (uint32_t i = is_above ? sc.mark : 0; i < place; ++i) {
    AddStoreFences(location.stores[i], set);
  }
}

// Keeps the mark so far below the newest store that few ask for what is below
// that, and so near that others have little to add.
void ScOrder::MoveMark(Location& location) {
  constexpr uint32_t kNear = 4;
  constexpr uint32_t kFar = 12;
  ScLocation& sc = *location.sc;
  if (location.count < sc.mark + kFar) return;
  for (; sc.mark + kNear < location.count; ++sc.mark) {
    AddStore(location.stores[sc.mark], sc.below);
    AddStoreFences(location.stores[sc.mark], sc.below_fences);
  }
}

// Adds what is before a fence at `clock` because it is before something at
// `location` that happened before the fence.
void ScOrder::AddHistory(const Location& location, const VectorClock& clock,
                         ScSet& set) const {
  bool is_read = false;
  for (uint32_t place = location.count; place-- > 0;) {
    const StoreRecord& store = location.stores[place];
    if (store.epoch <= clock.Get({store.task})) {
      if (place != 0) AddUpTo(location, place - 1, set);
      set.Join(location.sc->dropped);
      return;
    }
    if (is_read || !IsKnown(store, clock)) continue;
    is_read = true;
    AddFencesBelow(location, place, set);
    if (store.sc != nullptr) set.Join(store.sc->write_fences);
  }
}

}  // namespace fozzy

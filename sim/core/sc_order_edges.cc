// Which events are before an operation, and which must not be.
#include <algorithm>

#include "sim/core/sc_order.h"

namespace fozzy {

void ScOrder::StartTargets() {
  has_targets_ = false;
  for (uint32_t task = 0; task < tasks_.size(); ++task) {
    targets_[task] = kNone;
    fence_targets_[task] = kNone;
  }
}

void ScOrder::AddTargets(const StoreRecord& store) {
  if (store.sc_event != 0) {
    has_targets_ = true;
    targets_[store.task] = std::min(targets_[store.task], store.sc_event);
    fence_targets_[store.task] =
        std::min(fence_targets_[store.task], store.sc_event);
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

// Adds the fences that an access by `task` at `epoch` happened before.
void ScOrder::AddFenceTargets(uint32_t task, uint32_t epoch, bool is_read) {
  for (uint32_t other = 0; other < tasks_.size(); ++other) {
    const uint32_t fence = FirstFence(other, task, epoch);
    if (fence == kNone) continue;
    has_targets_ = true;
    fence_targets_[other] = std::min(fence_targets_[other], fence);
    if (!is_read) targets_[other] = std::min(targets_[other], fence);
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
bool ScOrder::Reaches(const uint32_t* targets, const ScSet& set) const {
  for (uint32_t task = 0; task < set.width(); ++task) {
    if (set.Get(task) >= targets[task]) return true;
  }
  return false;
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
  for (uint32_t task = 0; task < set.width(); ++task) {
    const uint32_t number = set.Get(task);
    if (number > before.Get(task)) before.Join(At(task, number).before);
  }
  before.Join(set);
  return before;
}

void ScOrder::AddKnownFences(const ScAccess& access, ScSet& set) const {
  if (!has_fences_) return;
  const ScKnowledge* known = knowledge_.ScOf(access.known);
  if (known != nullptr) set.Join(known->fences);
  if (access.acquired == nullptr) return;
  const ScKnowledge* acquired = knowledge_.ScOf(*access.acquired);
  if (acquired != nullptr) set.Join(acquired->fences);
}

ScSet ScOrder::Incoming(const ScAccess& access) const {
  ScSet set;
  const uint32_t task = access.task.value;
  const bool is_met = task < tasks_.size();
  const bool goes_on = is_met && tasks_[task].run == access.id;
  if (goes_on) set.Join(tasks_[task].apart);
  if (const ScKnowledge* known = knowledge_.ScOf(access.known)) {
    set.Join(known->fences);
    if (!goes_on) set.Join(known->departed);
  }
  if (is_met) set.Add(task, tasks_[task].count);
  if (access.location.sc == nullptr) return set;
  AddSameLocation(access, set);
  AddNoted(access, set);
  if (access.writes) AddUpTo(access.location, access.place, set);
  return set;
}

// Adds sequentially consistent accesses that happened before `access`.
void ScOrder::AddSameLocation(const ScAccess& access, ScSet& set) const {
  const ScSet& accesses = access.location.sc->accesses;
  for (uint32_t task = 0; task < accesses.width(); ++task) {
    uint32_t number = accesses.Get(task);
    if (number == 0) continue;
    uint32_t epoch = access.known.clock.Get({task});
    if (access.acquired != nullptr) {
      epoch = std::max(epoch, access.acquired->clock.Get({task}));
    }
    while (number != 0 && (At(task, number).epoch > epoch ||
                           At(task, number).id != access.id)) {
      --number;
    }
    set.Add(task, number);
  }
}

// Adds fences that happened before accesses that happened before `access`.
void ScOrder::AddNoted(const ScAccess& access, ScSet& set) const {
  for (const ScNote* note = access.location.sc->notes; note != nullptr;
       note = note->next) {
    uint32_t epoch = access.known.clock.Get({note->task});
    if (access.acquired != nullptr) {
      epoch = std::max(epoch, access.acquired->clock.Get({note->task}));
    }
    if (note->epoch <= epoch) set.Join(note->fences);
  }
}

// Adds what wrote or read `store`.
void ScOrder::AddStore(const StoreRecord& store, ScSet& set) {
  if (store.sc_event != 0) set.Add(store.task, store.sc_event);
  if (store.sc == nullptr) return;
  set.Join(store.sc->write_fences);
  set.Join(store.sc->reads);
}

// Adds what wrote or read the stores up to the one at `place`.
void ScOrder::AddUpTo(const Location& location, uint32_t place, ScSet& set) {
  if (place + 1 == location.count) return set.Join(location.sc->all);
  set.Join(location.sc->dropped);
  for (uint32_t i = 0; i <= place; ++i) AddStore(location.stores[i], set);
}

void ScOrder::AddFencesBelow(const Location& location, uint32_t place,
                             ScSet& set) {
  set.Join(location.sc->dropped_fences);
  for (uint32_t i = 0; i < place; ++i) {
    if (location.stores[i].sc == nullptr) continue;
    set.Join(location.stores[i].sc->write_fences);
    set.Join(location.stores[i].sc->read_fences);
  }
}

// Adds what is before a fence at `clock` because it is before something at
// `location` that happened before the fence.
void ScOrder::AddHistory(const Location& location, const VectorClock& clock,
                         ScSet& set) {
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

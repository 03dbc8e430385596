#include "sim/core/sc_order.h"

#include "sim/base/check.h"

namespace fozzy {

ScOrder::ScOrder(Arena& arena, KnowledgePool& knowledge,
                 LocationTable& locations)
    : knowledge_(knowledge),
      locations_(locations),
      chain_(arena),
      events_(arena),
      numbers_(arena),
      tasks_(arena),
      location_pool_(arena),
      places_(arena) {}

void ScOrder::Reset() {
  chain_.Reset();
  Forget();
}

void ScOrder::Forget() {
  events_.clear();
  tasks_.clear();
  places_.clear();
  location_pool_.Reset();
  is_full_ = false;
  has_fences_ = false;
}

void ScOrder::Settle() {
  for (const Event& event : events_) knowledge_.Drop(event.released);
  chain_.Settle();
  Forget();
}

void ScOrder::MeetTask(TaskId task) {
  if (task.value < tasks_.size()) return;
  FOZZY_CHECK(task.value < ScSet::kTasks);
  tasks_.resize(task.value + 1);
  numbers_.resize(ScSet::kTasks * kEventsMax);
}

ScOrder::Event& ScOrder::AddEvent(const ScSet& before, TaskId task,
                                  LocationId id, uint32_t epoch) {
  FOZZY_CHECK(events_.size() < kEventsMax);
  const uint32_t number = ++tasks_[task.value].count;
  numbers_[task.value * kEventsMax + number - 1] =
      static_cast<uint16_t>(events_.size());
  events_.push_back({.task = task.value,
                     .number = number,
                     .epoch = epoch,
                     .id = id,
                     .previous_fence = 0,
                     .released = nullptr,
                     .before = before});
  if (events_.size() == kEventsMax) is_full_ = true;
  return events_.back();
}

ScLocation& ScOrder::MutableOf(Location& location) {
  if (location.sc == nullptr) {
    location.sc = location_pool_.Take();
    location.sc->Clear();
    location.sc->location = &location;
    places_.push_back(location.sc);
    if (places_.size() == kLocationsMax) is_full_ = true;
  }
  return *location.sc;
}

void ScOrder::Ended(Location& location) {
  if (location.sc != nullptr) location.sc->location = nullptr;
}

void ScOrder::Drop(Location& location, uint32_t count) {
  // The chain remembers by itself what it did.
  if (location.sc == nullptr || location.sc->all.empty()) return;
  ScLocation& sc = *location.sc;
  AddUpTo(location, count - 1, sc.dropped);
  AddFencesBelow(location, count, sc.dropped_fences);
  if (sc.mark >= count) {
    sc.mark -= count;
    return;
  }
  sc.mark = 0;
  sc.below = sc.dropped;
  sc.below_fences = sc.dropped_fences;
}

// The task is at `id` now: what it did elsewhere has been departed from.
void ScOrder::Come(TaskId task, Knowledge& known, ScMarks& marks,
                   LocationId id) {
  MeetTask(task);
  Task& me = tasks_[task.value];
  if (marks.run != id || id == 0) {
    const ScKnowledge* sc = knowledge_.ScOf(known);
    me.apart.Clear();
    if (sc != nullptr) me.apart.Join(sc->departed);
  }
  chain_.Depart(marks, known, id);
  if (me.count == 0) return;
  ScKnowledge& sc = knowledge_.MutableScOf(known);
  if (id == 0 || At(task.value, me.count).id != id) {
    sc.departed.Add(task.value, me.count);
  }
}

void ScOrder::Access(const ScAccess& access) {
  ScSet fences;
  AddKnownFences(access, fences);
  has_targets_ = false;
  if (access.place + 1 < access.location.count) Overtake(access, fences);
  const bool is_sc = access.is_sc;
  const ScSet before = is_sc ? Closure(Incoming(access)) : ScSet{};
  Come(access.task, access.known, access.marks, access.id);
  const uint32_t task = access.task.value;
  if (is_sc) {
    ScSet own = before;
    own.Add(task, tasks_[task].count + 1);
    if (has_targets_) Propagate(targets_, own);
    AddEvent(before, access.task, access.id,
             access.known.clock.Get(access.task));
    MutableOf(access.location).accesses.Add(task, tasks_[task].count);
  }
  if (access.reads && !access.writes) NoteRead(access, fences);
}

// Orders what is before `access` before the stores that it reads past, or
// lands before, and leaves these as targets.
void ScOrder::Overtake(const ScAccess& access, const ScSet& fences) {
  StartTargets();
  for (uint32_t i = access.location.count; --i > access.place;) {
    AddTargets(access.location.stores[i]);
  }
  if (has_targets_ && !fences.empty()) {
    Propagate(fence_targets_, Closure(fences));
  }
}

void ScOrder::Propagate(const Targets& targets, const ScSet& before) {
  for (Event& event : events_) {
    if (event.number >= targets.first[event.task] ||
        Reaches(targets, event.before)) {
      event.before.Join(before);
    }
  }
  for (ScChain::Overtaking& overtaking : chain_.overtakings()) {
    if (Reaches(targets, overtaking.before)) overtaking.before.Join(before);
  }
  if (targets.chain != kNone) chain_.Overtake({targets.chain, before});
}

// Keeps it for those who are ordered after reads of this store, or after what
// happened before them.
void ScOrder::NoteRead(const ScAccess& access, const ScSet& fences) {
  if (fences.empty() && !access.is_sc) return;
  ScStore& sc = locations_.ScOf(access.location.stores[access.place]);
  sc.read_fences.Join(fences);
  sc.reads.Join(fences);
  if (access.is_sc) {
    sc.reads.Add(access.task.value, tasks_[access.task.value].count);
  }
  ScLocation& location = MutableOf(access.location);
  location.all.Join(sc.reads);
  if (access.place >= location.mark) return;
  location.below.Join(sc.reads);
  location.below_fences.Join(fences);
}

void ScOrder::Stored(const ScAccess& access, StoreRecord& store) {
  ScSet fences;
  AddKnownFences(access, fences);
  if (!fences.empty()) locations_.ScOf(store).write_fences.Join(fences);
  if (access.is_sc) store.sc_event = tasks_[access.task.value].count;
  if (access.location.sc == nullptr && fences.empty() && !access.is_sc) return;
  ScLocation& location = MutableOf(access.location);
  AddStore(store, location.all);
  if (&store < access.location.stores + location.mark) {
    ++location.mark;
    AddStore(store, location.below);
    AddStoreFences(store, location.below_fences);
  } else {
    MoveMark(access.location);
  }
}

void ScOrder::Fence(TaskId task, Knowledge& known, ScMarks& marks) {
  Come(task, known, marks, 0);
  ScSet incoming;
  incoming.AddChain(marks.last);
  incoming.Add(task.value, tasks_[task.value].count);
  for (const ScLocation* place : places_) {
    if (place->location == nullptr) continue;
    AddHistory(*place->location, known.clock, incoming);
  }
  Event& event = AddEvent(Closure(incoming), task, 0, known.clock.Get(task));
  Task& me = tasks_[task.value];
  event.previous_fence = me.last_fence;
  me.last_fence = event.number;
  has_fences_ = true;
  knowledge_.MutableScOf(known).fences.Add(task.value, event.number);
}

void ScOrder::FenceReleased(TaskId task, Knowledge* released) {
  const Task& me = tasks_[task.value];
  events_[numbers_[task.value * kEventsMax + me.last_fence - 1]].released =
      KnowledgePool::Share(released);
}

}  // namespace fozzy

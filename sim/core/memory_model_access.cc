// Operations on memory in the common cases: the newest store is all that can be
// read, a store lands last, and ScOrder has no say.  All others are left to
// memory_model_general.cc, which could do these, too.
//
// Structures are filled in place, field by field: what was just written in
// small pieces and is copied in large ones costs a dozen cycles.
#include "sim/core/memory_model.h"
#include "sim/core/memory_order.h"

namespace fozzy {

[[gnu::always_inline]] inline MemoryModel::Common MemoryModel::Meet(
    TaskId id, LocationId location_id, MemoryOrder order) {
  Location& location = locations_[location_id];
  Task& task = At(id);
  const bool is_sc = order == MemoryOrder::kSequentiallyConsistent;
  StoreRecord& newest = location.stores[location.count - 1];
  const bool is_known = newest.epoch <= task.known.clock.Get({newest.task});
  Path path = paths_[is_sc];
  if (path == Path::kUntold && !is_known) path = Path::kGeneral;
  if (location.era != knowledge_.era()) path = Path::kGeneral;
  return {.id = id,
          .task = task,
          .location_id = location_id,
          .location = location,
          .newest = newest,
          .order = order,
          .path = path,
          .is_well_known = is_known && newest.is_all_known};
}

[[gnu::always_inline]] inline uint32_t MemoryModel::ChainNewest(
    const Common& common) {
  if (common.path != Path::kChained) return 0;
  const uint32_t event = sc_.Chain({.task = common.id,
                                    .known = common.task.known,
                                    .marks = common.task.marks,
                                    .id = common.location_id,
                                    .location = common.location});
  EndEraIfFull();
  return event;
}

[[gnu::always_inline]] inline void MemoryModel::ReadNewest(
    const Common& common) {
  common.task.last_read = common.newest.number;
  common.task.reads_newest = false;
  if (!common.is_well_known) {
    Learn(common.id, common.task, common.order, common.newest);
  }
}

// What the store of `common` releases.  `inherited` is released by what a
// read-modify-write read, or null.
[[gnu::always_inline]] inline Knowledge* MemoryModel::ReleasedBy(
    const Common& common, Knowledge* inherited) {
  if (!IsRelease(common.order)) {
    if (common.task.fence == nullptr) return KnowledgePool::Share(inherited);
    Knowledge* released = KnowledgePool::Share(common.task.fence);
    knowledge_.JoinShared(released, inherited);
    return released;
  }
  Knowledge* released = knowledge_.Copy(common.task.known);
  if (inherited != nullptr && !IsAcquire(common.order)) {
    knowledge_.Join(*released, *inherited);
  }
  return released;
}

[[gnu::always_inline]] inline void MemoryModel::Append(const Common& common,
                                                       const MemoryValue& value,
                                                       Knowledge* inherited) {
  // First, as what is released tells of it.
  const uint32_t event = ChainNewest(common);
  Knowledge* released = ReleasedBy(common, inherited);
  StoreRecord& store = locations_.Append(common.location);
  store.value = value;
  store.task = common.id.value;
  store.epoch = common.task.epoch;
  store.released = released;
  store.sc_event = event;
  store.is_chained = event != 0;
  store.is_all_known = released == nullptr;
  if (!IsRelease(common.order)) return;
  store.is_all_known = inherited == nullptr || IsAcquire(common.order);
  Advance(common.id, common.task);
}

MemoryValue MemoryModel::Load(TaskId task, LocationId location,
                              MemoryOrder order) {
  const Common common = Meet(task, location, order);
  if (common.path == Path::kGeneral) return LoadAny(task, location, order);
  ReadNewest(common);
  ChainNewest(common);
  return common.newest.value;
}

void MemoryModel::Store(TaskId task, LocationId location,
                        const MemoryValue& value, MemoryOrder order) {
  const Common common = Meet(task, location, order);
  if (common.path == Path::kGeneral || !locations_.HasRoom(common.location)) {
    return StoreAny(task, location, value, order);
  }
  common.task.last_read = 0;
  Append(common, value, nullptr);
}

MemoryValue MemoryModel::BeginUpdate(TaskId task, LocationId location,
                                     MemoryOrder order) {
  const Common common = Meet(task, location, order);
  update_.id = task;
  update_.task = &common.task;
  update_.location_id = location;
  update_.location = &common.location;
  update_.order = order;
  if (common.path == Path::kGeneral) {
    return BeginAnyUpdate(task, location, order);
  }
  update_.place = common.location.count - 1;
  ReadNewest(common);
  return common.newest.value;
}

void MemoryModel::EndUpdate(const MemoryValue& value) {
  const MemoryOrder order = update_.order;
  Location& location = *update_.location;
  const Path path = paths_[order == MemoryOrder::kSequentiallyConsistent];
  if (path == Path::kGeneral || update_.place != location.count - 1 ||
      !locations_.HasRoom(location)) {
    return EndAnyUpdate(value);
  }
  const Common common = {.id = update_.id,
                         .task = *update_.task,
                         .location_id = update_.location_id,
                         .location = location,
                         .newest = location.stores[update_.place],
                         .order = order,
                         .path = path,
                         .is_well_known = true};
  common.newest.is_updated = true;
  Append(common, value, common.newest.released);
}

}  // namespace fozzy

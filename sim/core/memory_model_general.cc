// Operations on memory in every case: what they do once it is settled which
// store is read and where one lands.
#include "sim/core/memory_model.h"
#include "sim/core/memory_order.h"

namespace fozzy {

[[gnu::always_inline]] inline MemoryModel::Access MemoryModel::Begin(
    TaskId task, LocationId id, MemoryOrder order) {
  const bool is_sc = order == MemoryOrder::kSequentiallyConsistent;
  if (is_to_prepare_[is_sc]) Prepare(is_sc);
  Location& location = locations_[id];
  if (location.era != knowledge_.era()) locations_.Settle(location);
  return {.id = task,
          .task = At(task),
          .location_id = id,
          .location = location,
          .order = order,
          .reads = false,
          .writes = false};
}

[[gnu::always_inline]] inline uint32_t MemoryModel::Chain(
    const Access& access) {
  const uint32_t event = sc_.Chain({.task = access.id,
                                    .known = access.task.known,
                                    .marks = access.task.marks,
                                    .id = access.location_id,
                                    .location = access.location});
  EndEraIfFull();
  return event;
}

[[gnu::always_inline]] inline uint32_t MemoryModel::Pick(const Access& access,
                                                         ChoiceKind kind) {
  if (IsNewestOnly(access)) return Newest(access);
  if (mode_ == Mode::kTold) return PickTold(access, kind);
  return access.writes ? PickPlace(access.task, access.location, kind)
                       : PickStore(access.task, access.location);
}

void MemoryModel::Tell(Access access, uint32_t place) {
  sc_.Access(ToSc(access, place));
  EndEraIfFull();
}

void MemoryModel::TellStored(Access access, uint32_t place,
                             StoreRecord& store) {
  sc_.Stored(ToSc(access, place), store);
  EndEraIfFull();
}

[[gnu::always_inline]] inline const StoreRecord& MemoryModel::Read(
    const Access& access, uint32_t place) {
  if (mode_ == Mode::kTold) Tell(access, place);
  StoreRecord& store = access.location.stores[place];
  access.task.last_read = store.number;
  const bool is_known =
      store.epoch <= access.task.known.clock.Get({store.task});
  if (!is_known || !store.is_all_known) {
    Learn(access.id, access.task, access.order, store);
  }
  if (mode_ == Mode::kChained && !access.writes) Chain(access);
  return store;
}

// What reading `store` tells the task, and others of the task.
void MemoryModel::Learn(TaskId id, Task& task, MemoryOrder order,
                        StoreRecord& store) {
  if (store.released != nullptr) {
    if (IsAcquire(order)) {
      knowledge_.Join(task.known, *store.released);
    } else {
      knowledge_.JoinShared(task.pending, store.released);
    }
  }
  if (kind_ == MemoryModelKind::kSc) return;
  if (!IsKnown(store, task.known.clock)) {
    locations_.AddReader(store, id.value, task.epoch);
  }
}

// What acquiring readers of the store of `access` learn: one reference.  `read`
// is the store it read, or null: a release sequence goes on.
[[gnu::always_inline]] inline Knowledge* MemoryModel::Released(
    const Access& access, const StoreRecord* read) {
  Knowledge* inherited = read == nullptr ? nullptr : read->released;
  if (!IsRelease(access.order)) {
    Knowledge* released = KnowledgePool::Share(access.task.fence);
    knowledge_.JoinShared(released, inherited);
    return released;
  }
  Knowledge* released = knowledge_.Copy(access.task.known);
  if (inherited != nullptr && !IsAcquire(access.order)) {
    knowledge_.Join(*released, *inherited);
  }
  return released;
}

void MemoryModel::DropOldest(Location& location) {
  sc_.Drop(location, kHistoryMax);
  locations_.DropOldest(location, kHistoryMax);
}

[[gnu::always_inline]] inline void MemoryModel::Write(
    const Access& access, uint32_t place, const MemoryValue& value) {
  Location& location = access.location;
  Task& task = access.task;
  const Mode mode = mode_;
  if (mode == Mode::kTold && !access.reads) Tell(access, place);
  const uint32_t event = mode == Mode::kChained ? Chain(access) : 0;
  StoreRecord* read = access.reads ? location.stores + place : nullptr;
  if (read != nullptr) read->is_updated = true;
  Knowledge* released = Released(access, read);
  if (location.count == 2 * kHistoryMax) {
    DropOldest(location);
    place -= kHistoryMax;
  }
  StoreRecord& store = locations_.Insert(location, place + 1);
  store.value = value;
  store.task = access.id.value;
  store.epoch = task.epoch;
  store.released = released;
  store.sc_event = event;
  store.is_chained = event != 0;
  store.is_all_known = released == nullptr;
  if (mode == Mode::kTold) TellStored(access, place, store);
  if (!IsRelease(access.order)) return;
  store.is_all_known = !access.reads || IsAcquire(access.order);
  Advance(access.id, task);
}

MemoryValue MemoryModel::LoadAny(TaskId task, LocationId location,
                                 MemoryOrder order) {
  Access access = Begin(task, location, order);
  access.reads = true;
  return Read(access, Pick(access, ChoiceKind::kReadsFrom)).value;
}

void MemoryModel::StoreAny(TaskId task, LocationId location,
                           const MemoryValue& value, MemoryOrder order) {
  Access access = Begin(task, location, order);
  access.writes = true;
  access.task.last_read = 0;
  Write(access, Pick(access, ChoiceKind::kPlace), value);
}

MemoryValue MemoryModel::BeginAnyUpdate(TaskId task, LocationId location,
                                        MemoryOrder order) {
  Access access = Begin(task, location, order);
  access.reads = true;
  access.writes = true;
  update_.place = Pick(access, ChoiceKind::kReadsFrom);
  return Read(access, update_.place).value;
}

void MemoryModel::EndAnyUpdate(const MemoryValue& value) {
  const Access access = {.id = update_.id,
                         .task = *update_.task,
                         .location_id = update_.location_id,
                         .location = *update_.location,
                         .order = update_.order,
                         .reads = true,
                         .writes = true};
  Write(access, update_.place, value);
}

bool MemoryModel::CompareExchange(TaskId task, LocationId location,
                                  MemoryValue& expected,
                                  const MemoryValue& desired,
                                  const CompareExchangeOrders& orders) {
  Access failure = Begin(task, location, orders.failure);
  failure.reads = true;
  Access success = Begin(task, location, orders.success);
  success.reads = true;
  success.writes = true;
  const Exchange exchange =
      PickExchange({success, failure, expected, orders.is_weak});
  if (!exchange.is_done) {
    expected = Read(failure, exchange.place).value;
    return false;
  }
  Read(success, exchange.place);
  Write(success, exchange.place, desired);
  return true;
}

}  // namespace fozzy

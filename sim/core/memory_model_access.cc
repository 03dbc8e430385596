// What an operation does once it is settled which store it reads, and where its
// own lands.
#include "sim/core/memory_model.h"

namespace fozzy {
namespace {

bool IsAcquire(MemoryOrder order) {
  return order != MemoryOrder::kRelaxed && order != MemoryOrder::kRelease;
}

bool IsRelease(MemoryOrder order) { return order >= MemoryOrder::kRelease; }

}  // namespace

const StoreRecord& MemoryModel::Read(const Access& access, uint32_t place) {
  Task& task = access.task;
  if (IsTold(access.order)) sc_.Access(ToSc(access, place));
  StoreRecord& store = access.location.stores[place];
  task.last_read = store.number;
  VectorClock& clock = task.known.clock;
  if (store.epoch <= clock.Get({store.task})) {
    if (store.released == nullptr || store.is_all_known) return store;
  }
  if (store.released != nullptr) {
    if (IsAcquire(access.order)) {
      knowledge_.Join(task.known, *store.released);
    } else {
      knowledge_.JoinShared(task.pending, store.released);
    }
  }
  if (kind_ == MemoryModelKind::kCpp20 && !IsKnown(store, clock)) {
    locations_.AddReader(store, access.id.value, clock.Get(access.id));
  }
  return store;
}

// What acquiring readers of the store of `access` learn: one reference.  `read`
// is the store it read, or null: a release sequence goes on.
Knowledge* MemoryModel::Released(const Access& access,
                                 const StoreRecord* read) {
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

void MemoryModel::Write(const Access& access, uint32_t place,
                        const MemoryValue& value) {
  Location& location = access.location;
  const bool is_told = IsTold(access.order);
  if (is_told && !access.reads) sc_.Access(ToSc(access, place));
  StoreRecord* read = access.reads ? location.stores + place : nullptr;
  if (read != nullptr) read->is_updated = true;
  Knowledge* released = Released(access, read);
  if (location.count == 2 * kHistoryMax) {
    sc_.Drop(location, kHistoryMax);
    locations_.DropOldest(location, kHistoryMax);
    place -= kHistoryMax;
  }
  StoreRecord& store = locations_.Insert(location, place + 1);
  store.value = value;
  store.task = access.id.value;
  store.epoch = access.task.known.clock.Get(access.id);
  store.released = released;
  if (is_told) sc_.Stored(ToSc(access, place), store);
  if (!IsRelease(access.order)) return;
  store.is_all_known = !access.reads || IsAcquire(access.order);
  Advance(access.id, access.task);
}

}  // namespace fozzy

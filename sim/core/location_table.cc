#include "sim/core/location_table.h"

#include <cstring>

namespace fozzy {
namespace {

constexpr uint32_t kCapacities[] = {4, 16, 64, 2 * LocationTable::kStoresMax};

}  // namespace

LocationTable::LocationTable(Arena& arena, KnowledgePool& knowledge)
    : knowledge_(knowledge),
      places_(arena),
      locations_(arena),
      readers_(arena),
      sc_stores_(arena),
      tiny_(arena),
      small_(arena),
      middling_(arena),
      large_(arena) {}

void LocationTable::Reset() {
  places_.clear();
  locations_.Reset();
  readers_.Reset();
  sc_stores_.Reset();
  tiny_.Reset();
  small_.Reset();
  middling_.Reset();
  large_.Reset();
  stores_ = 0;
}

LocationId LocationTable::Create() {
  Location* location = locations_.Take();
  *location = {};
  location->stores = TakeBlock(0);
  location->capacity = kCapacities[0];
  location->era = knowledge_.era();
  places_.push_back(location);
  return static_cast<LocationId>(places_.size());
}

void LocationTable::Destroy(LocationId id) {
  Location& location = (*this)[id];
  DropOldest(location, location.count);
  knowledge_.Drop(location.channel);
  GiveBlock(location.stores, location.size_class);
  locations_.Give(&location);
  places_[id - 1] = nullptr;
}

// Makes room at `position`, which is not the end, or grows.
void LocationTable::MakeRoom(Location& location, uint32_t position) {
  if (location.count == location.capacity) Grow(location);
  StoreRecord* place = location.stores + position;
  const uint32_t later = location.count - position;
  std::memmove(static_cast<void*>(place + 1), place,
               later * sizeof(StoreRecord));
}

void LocationTable::DropOldest(Location& location, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) Release(location.stores[i]);
  location.count -= count;
  std::memmove(static_cast<void*>(location.stores), location.stores + count,
               location.count * sizeof(StoreRecord));
}

ScStore& LocationTable::ScOf(StoreRecord& store) {
  if (store.sc == nullptr) {
    store.sc = sc_stores_.Take();
    store.sc->write_fences.Clear();
    store.sc->read_fences.Clear();
    store.sc->reads.Clear();
  }
  return *store.sc;
}

void LocationTable::Settle(Location& location) {
  if (location.count > 1) DropOldest(location, location.count - 1);
  location.sc = nullptr;
  location.chain_last = 0;
  location.era = knowledge_.era();
  if (location.count == 0) return;
  StoreRecord& newest = location.stores[0];
  if (newest.sc != nullptr) sc_stores_.Give(newest.sc);
  newest.sc = nullptr;
  newest.sc_event = 0;
  newest.is_chained = false;
}

void LocationTable::AddReader(StoreRecord& store, uint32_t task,
                              uint32_t epoch) {
  if (store.readers == nullptr ||
      store.readers->count == ReaderNode::kReaders) {
    ReaderNode* node = readers_.Take();
    node->next = store.readers;
    node->count = 0;
    store.readers = node;
  }
  store.readers->readers[store.readers->count++] = {task, epoch};
}

void LocationTable::Grow(Location& location) {
  FOZZY_CHECK(location.size_class + 1 < kClasses);
  StoreRecord* stores = TakeBlock(location.size_class + 1);
  std::memcpy(static_cast<void*>(stores), location.stores,
              location.count * sizeof(StoreRecord));
  GiveBlock(location.stores, location.size_class);
  location.stores = stores;
  ++location.size_class;
  location.capacity = kCapacities[location.size_class];
}

StoreRecord* LocationTable::TakeBlock(uint32_t size_class) {
  switch (size_class) {
    case 0:
      return tiny_.Take()->stores;
    case 1:
      return small_.Take()->stores;
    case 2:
      return middling_.Take()->stores;
    default:
      return large_.Take()->stores;
  }
}

// A block has the address of its first store.
void LocationTable::GiveBlock(StoreRecord* stores, uint32_t size_class) {
  switch (size_class) {
    case 0:
      return tiny_.Give(reinterpret_cast<Block<4>*>(stores));
    case 1:
      return small_.Give(reinterpret_cast<Block<16>*>(stores));
    case 2:
      return middling_.Give(reinterpret_cast<Block<64>*>(stores));
    default:
      return large_.Give(reinterpret_cast<Block<2 * kStoresMax>*>(stores));
  }
}

void LocationTable::Release(StoreRecord& store) {
  knowledge_.Drop(store.released);
  if (store.sc != nullptr) sc_stores_.Give(store.sc);
  while (store.readers != nullptr) {
    ReaderNode* node = store.readers;
    store.readers = node->next;
    readers_.Give(node);
  }
}

bool IsAnyKnown(const ReaderNode* readers, const VectorClock& clock) {
  for (; readers != nullptr; readers = readers->next) {
    for (uint32_t i = 0; i < readers->count; ++i) {
      const Reader& reader = readers->readers[i];
      if (reader.epoch <= clock.Get({reader.task})) return true;
    }
  }
  return false;
}

}  // namespace fozzy

// The histories of all atomic objects of a run.
#ifndef FOZZY_SIM_CORE_LOCATION_TABLE_H_
#define FOZZY_SIM_CORE_LOCATION_TABLE_H_

#include <cstdint>
#include <new>

#include "sim/base/check.h"
#include "sim/core/arena_pool.h"
#include "sim/core/arena_vector.h"
#include "sim/core/knowledge.h"

namespace fozzy {

// An atomic object, a lock, or whatever else carries a history; dense, in order
// of creation.  0 is none.
using LocationId = uint32_t;

// The value of an atomic object: up to 16 bytes, the rest 0.
struct MemoryValue {
  uint64_t low = 0;
  uint64_t high = 0;

  friend bool operator==(const MemoryValue&, const MemoryValue&) = default;
};

// `task` read a store, at `epoch` for the first time.
struct Reader {
  uint32_t task = 0;
  uint32_t epoch = 0;
};

struct ReaderNode {
  static constexpr uint32_t kReaders = 6;

  ReaderNode* next;
  uint32_t count;
  Reader readers[kReaders];
};

struct ScLocation;

// What ScOrder wants to know of those who wrote and read a store.
struct ScStore {
  ScSet write_fences;  // fences that happened before it was written
  ScSet read_fences;   // ... before it was read
  ScSet reads;         // read_fences, and sequentially consistent reads
};

// A store.  It happened before a point whose clock has at least `epoch` for
// `task`.
struct StoreRecord {
  MemoryValue value;
  uint64_t number = 0;  // from 1, in order of creation over all locations
  uint32_t task = 0;
  uint32_t epoch = 0;  // 0: it happened before everything
  // What an acquiring reader learns; null: nothing.  A reference.
  Knowledge* released = nullptr;
  // Those who read it without learning that it happened.
  ReaderNode* readers = nullptr;
  ScStore* sc = nullptr;    // see ScOrder
  uint32_t sc_event = 0;    // its number if sequentially consistent, or 0
  bool is_chained = false;  // whether that is an event in the chain
  // Whether a read-modify-write read it: nothing comes between the two.
  bool is_updated = false;
  // Whether who knows of the store knows all it releases.
  bool is_all_known = true;
};

// One history: stores[0, count) in modification order.
struct Location {
  StoreRecord* stores = nullptr;
  uint32_t count = 0;
  uint32_t capacity = 0;
  uint32_t size_class = 0;
  uint64_t era = 0;
  ScLocation* sc = nullptr;      // see ScOrder
  uint32_t chain_last = 0;       // the last event of the chain here, or 0
  Knowledge* channel = nullptr;  // of a channel: what was released
};

class LocationTable {
 public:
  // At least this many stores of a location are kept if there are so many, and
  // fewer than twice this many.
  static constexpr uint32_t kStoresMax = 128;

  // Neither is owned.
  LocationTable(Arena& arena, KnowledgePool& knowledge);

  // Starts a run.  Costs what the last run used.
  void Reset();

  LocationId Create();
  void Destroy(LocationId id);

  Location& operator[](LocationId id) {
    FOZZY_CHECK(id - 1 < places_.size());
    return *places_[id - 1];
  }
  const Location& operator[](LocationId id) const {
    FOZZY_CHECK(id - 1 < places_.size());
    return *places_[id - 1];
  }

  // Makes room for a store at `position`, in front of what is there, and
  // returns it with a number and all else at its default.  Requires room: no
  // more than 2 * kStoresMax - 1 stores.
  StoreRecord& Insert(Location& location, uint32_t position) {
    if (position != location.count || location.count == location.capacity) {
      MakeRoom(location, position);
    }
    ++location.count;
    void* place = location.stores + position;
    return *::new (place) StoreRecord{.value = {}, .number = ++stores_};
  }

  // The same of one that is the newest.  Requires that the location has room.
  StoreRecord& Append(Location& location) {
    void* place = location.stores + location.count++;
    return *::new (place) StoreRecord{.value = {}, .number = ++stores_};
  }

  // Whether one more store can be kept without forgetting another.  Moves the
  // stores if it must, to have room.
  bool HasRoom(Location& location) {
    if (location.count != location.capacity) [[likely]]
      return true;
    if (location.count == 2 * kStoresMax) return false;
    Grow(location);
    return true;
  }

  // Forgets the `count` oldest stores.
  void DropOldest(Location& location, uint32_t count);

  // Returns store.sc, made if there is none.
  ScStore& ScOf(StoreRecord& store);

  // Forgets all but the newest store, and what ScOrder knew of that.
  void Settle(Location& location);

  void AddReader(StoreRecord& store, uint32_t task, uint32_t epoch);

 private:
  static constexpr uint32_t kClasses = 4;

  template <uint32_t kStores>
  struct Block {
    StoreRecord stores[kStores];
  };

  void MakeRoom(Location& location, uint32_t position);
  void Grow(Location& location);
  StoreRecord* TakeBlock(uint32_t size_class);
  void GiveBlock(StoreRecord* stores, uint32_t size_class);
  void Release(StoreRecord& store);

  KnowledgePool& knowledge_;
  ArenaVector<Location*> places_;  // null: destroyed
  ArenaPool<Location> locations_;
  ArenaPool<ReaderNode> readers_;
  ArenaPool<ScStore> sc_stores_;
  ArenaPool<Block<4>> tiny_;
  ArenaPool<Block<16>> small_;
  ArenaPool<Block<64>> middling_;
  ArenaPool<Block<2 * kStoresMax>> large_;
  uint64_t stores_ = 0;
};

// Whether one of `readers` happened before a point with `clock`.
bool IsAnyKnown(const ReaderNode* readers, const VectorClock& clock);

// Whether `store` or a read of it did.
inline bool IsKnown(const StoreRecord& store, const VectorClock& clock) {
  return store.epoch <= clock.Get({store.task}) ||
         (store.readers != nullptr && IsAnyKnown(store.readers, clock));
}

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_LOCATION_TABLE_H_

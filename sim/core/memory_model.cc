#include "sim/core/memory_model.h"

namespace fozzy {

MemoryModel::MemoryModel(Arena& arena, ValueOracle& oracle)
    : arena_(arena),
      oracle_(oracle),
      values_(arena),
      versions_(arena),
      last_reads_(arena) {}
void MemoryModel::Reset(MemoryModelKind) {
  values_.clear();
  versions_.clear();
  values_.push_back({});
  versions_.push_back(0);
  stores_ = 0;
}
void MemoryModel::Fork(TaskId, TaskId) {}
void MemoryModel::Join(TaskId, TaskId) {}
LocationId MemoryModel::CreateBeforeAll(const MemoryValue& value) {
  values_.push_back(value);
  versions_.push_back(++stores_);
  return static_cast<LocationId>(values_.size() - 1);
}
LocationId MemoryModel::Create(TaskId, const MemoryValue& value) {
  return CreateBeforeAll(value);
}
void MemoryModel::Destroy(LocationId) {}
MemoryValue MemoryModel::Load(TaskId task, LocationId location, MemoryOrder) {
  if (last_reads_.size() <= task.value) last_reads_.resize(task.value + 1);
  last_reads_[task.value] = versions_[location];
  return values_[location];
}
void MemoryModel::Store(TaskId, LocationId location, const MemoryValue& value,
                        MemoryOrder) {
  values_[location] = value;
  versions_[location] = ++stores_;
}
MemoryValue MemoryModel::BeginUpdate(TaskId task, LocationId location,
                                     MemoryOrder order) {
  updated_ = location;
  return Load(task, location, order);
}
void MemoryModel::EndUpdate(const MemoryValue& value) {
  Store({}, updated_, value, MemoryOrder::kRelaxed);
}
bool MemoryModel::CompareExchange(TaskId task, LocationId location,
                                  MemoryValue& expected,
                                  const MemoryValue& desired,
                                  const CompareExchangeOrders& orders) {
  const MemoryValue read = Load(task, location, orders.success);
  if (read == expected) {
    Store(task, location, desired, orders.success);
    return true;
  }
  expected = read;
  return false;
}
void MemoryModel::Fence(TaskId, MemoryOrder) {}
MemoryValue MemoryModel::Newest(LocationId location) const {
  return values_[location];
}
void MemoryModel::ReadNewest(TaskId) {}
uint64_t MemoryModel::LastRead(TaskId task) const {
  return task.value < last_reads_.size() ? last_reads_[task.value] : 0;
}
LocationId MemoryModel::CreateChannel() { return CreateBeforeAll({}); }
void MemoryModel::Acquire(TaskId, LocationId) {}
void MemoryModel::Release(TaskId, LocationId) {}

}  // namespace fozzy

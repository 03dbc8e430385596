#include "sim/core/memory_model.h"

#include "sim/base/check.h"

namespace fozzy {
namespace {

bool IsAcquire(MemoryOrder order) {
  return order != MemoryOrder::kRelaxed && order != MemoryOrder::kRelease;
}

bool IsRelease(MemoryOrder order) { return order >= MemoryOrder::kRelease; }

}  // namespace

MemoryModel::MemoryModel(Arena& arena, ValueOracle& oracle)
    : oracle_(oracle),
      knowledge_(arena),
      locations_(arena, knowledge_),
      task_pool_(arena),
      tasks_(arena) {
  Reset(MemoryModelKind::kCpp20);
}

void MemoryModel::Reset(MemoryModelKind kind) {
  kind_ = kind;
  knowledge_.Reset();
  locations_.Reset();
  task_pool_.Reset();
  tasks_.clear();
  AddTask({0});
}

MemoryModel::Task& MemoryModel::AddTask(TaskId id) {
  if (id.value >= tasks_.size()) tasks_.resize(id.value + 1);
  FOZZY_CHECK(tasks_[id.value] == nullptr);
  Task* task = task_pool_.Take();
  *task = {};
  task->known.clock.Set(knowledge_.clocks(), id, 1);
  tasks_[id.value] = task;
  return *task;
}

// What the task does from now on did not happen before those who have heard of
// it until now.
void MemoryModel::Advance(TaskId id, Task& task) {
  VectorClock& clock = task.known.clock;
  clock.Set(knowledge_.clocks(), id, clock.Get(id) + 1);
}

void MemoryModel::Fork(TaskId parent, TaskId child) {
  Task& born = AddTask(child);
  Task& task = At(parent);
  knowledge_.Join(born.known, task.known);
  Advance(parent, task);
}

void MemoryModel::Join(TaskId task, TaskId ended) {
  knowledge_.Join(At(task).known, At(ended).known);
}

LocationId MemoryModel::Create(TaskId task, const MemoryValue& value) {
  const LocationId id = CreateBeforeAll(value);
  StoreRecord& store = locations_[id].stores[0];
  store.task = task.value;
  store.epoch = At(task).known.clock.Get(task);
  return id;
}

LocationId MemoryModel::CreateBeforeAll(const MemoryValue& value) {
  const LocationId id = locations_.Create();
  locations_.Insert(locations_[id], 0).value = value;
  return id;
}

void MemoryModel::Destroy(LocationId location) { locations_.Destroy(location); }

LocationId MemoryModel::CreateChannel() { return locations_.Create(); }

void MemoryModel::Acquire(TaskId task, LocationId channel) {
  const Knowledge* released = locations_[channel].channel;
  if (released != nullptr) knowledge_.Join(At(task).known, *released);
}

void MemoryModel::Release(TaskId task, LocationId channel) {
  Task& me = At(task);
  Knowledge*& released = locations_[channel].channel;
  if (released == nullptr) {
    released = knowledge_.Copy(me.known);
  } else {
    knowledge_.Join(*released, me.known);
  }
  Advance(task, me);
}

void MemoryModel::Fence(TaskId task, MemoryOrder order) {
  Task& me = At(task);
  me.last_read = 0;
  if (IsAcquire(order) && me.pending != nullptr) {
    knowledge_.Join(me.known, *me.pending);
    knowledge_.Drop(me.pending);
    me.pending = nullptr;
  }
  if (!IsRelease(order)) return;
  knowledge_.Drop(me.fence);
  me.fence = knowledge_.Copy(me.known);
  Advance(task, me);
}

MemoryValue MemoryModel::Newest(LocationId location) const {
  const Location& history = locations_[location];
  return history.stores[history.count - 1].value;
}

void MemoryModel::ReadNewest(TaskId task) { At(task).reads_newest = true; }

uint64_t MemoryModel::LastRead(TaskId task) const {
  return tasks_[task.value]->last_read;
}

const VectorClock& MemoryModel::clock(TaskId task) const {
  return tasks_[task.value]->known.clock;
}

MemoryValue MemoryModel::Load(TaskId task, LocationId location,
                              MemoryOrder order) {
  const Access access = {.id = task,
                         .task = At(task),
                         .location = locations_[location],
                         .order = order,
                         .reads = true,
                         .writes = false};
  return Read(access, Pick(access, ChoiceKind::kReadsFrom)).value;
}

void MemoryModel::Store(TaskId task, LocationId location,
                        const MemoryValue& value, MemoryOrder order) {
  const Access access = {.id = task,
                         .task = At(task),
                         .location = locations_[location],
                         .order = order,
                         .reads = false,
                         .writes = true};
  access.task.last_read = 0;
  Write(access, Pick(access, ChoiceKind::kPlace), value);
}

MemoryValue MemoryModel::BeginUpdate(TaskId task, LocationId location,
                                     MemoryOrder order) {
  const Access access = {.id = task,
                         .task = At(task),
                         .location = locations_[location],
                         .order = order,
                         .reads = true,
                         .writes = true};
  const uint32_t place = Pick(access, ChoiceKind::kReadsFrom);
  update_ = {.id = task, .location = location, .place = place, .order = order};
  return Read(access, place).value;
}

void MemoryModel::EndUpdate(const MemoryValue& value) {
  const Access access = {.id = update_.id,
                         .task = At(update_.id),
                         .location = locations_[update_.location],
                         .order = update_.order,
                         .reads = true,
                         .writes = true};
  Write(access, update_.place, value);
}

bool MemoryModel::CompareExchange(TaskId task, LocationId location,
                                  MemoryValue& expected,
                                  const MemoryValue& desired,
                                  const CompareExchangeOrders& orders) {
  const Access success = {.id = task,
                          .task = At(task),
                          .location = locations_[location],
                          .order = orders.success,
                          .reads = true,
                          .writes = true};
  const Access failure = {.id = task,
                          .task = success.task,
                          .location = success.location,
                          .order = orders.failure,
                          .reads = true,
                          .writes = false};
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

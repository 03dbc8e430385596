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
      sc_(arena, knowledge_, locations_),
      task_pool_(arena),
      tasks_(arena) {
  Reset(MemoryModelKind::kCpp20);
}

void MemoryModel::Reset(MemoryModelKind kind) {
  kind_ = kind;
  is_sc_only_ = true;
  is_exact_ = kind == MemoryModelKind::kCpp20;
  sc_.Reset();
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

Location& MemoryModel::Open(LocationId id) {
  Location& location = locations_[id];
  if (location.era != knowledge_.era()) locations_.Settle(location);
  return location;
}

MemoryModel::Access MemoryModel::Begin(TaskId task, LocationId location,
                                       MemoryOrder order) {
  const bool is_sc = order == MemoryOrder::kSequentiallyConsistent;
  is_sc_only_ &= is_sc;
  if (sc_.is_full() || (is_sc && is_coarse())) Settle();
  return {.id = task,
          .task = At(task),
          .location_id = location,
          .location = Open(location),
          .order = order,
          .reads = false,
          .writes = false};
}

void MemoryModel::Settle() {
  sc_.Settle();
  knowledge_.StartEra();
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
  Tell(parent, task);
  knowledge_.Join(born.known, task.known);
  if (is_exact_ && child.value >= ScSet::kTasks) {
    Settle();
    is_exact_ = false;
  }
  Advance(parent, task);
}

void MemoryModel::Join(TaskId task, TaskId ended) {
  Task& me = At(task);
  Tell(task, me);
  knowledge_.Join(me.known, At(ended).known);
}

LocationId MemoryModel::Create(TaskId task, const MemoryValue& value) {
  SettleIfFull();
  const LocationId id = locations_.Create();
  const Access access = {.id = task,
                         .task = At(task),
                         .location_id = id,
                         .location = locations_[id],
                         .order = MemoryOrder::kRelaxed,
                         .reads = false,
                         .writes = true};
  const bool is_told = IsTold(access.order);
  if (is_told) sc_.Access(ToSc(access, ~uint32_t{0}));
  StoreRecord& store = locations_.Insert(access.location, 0);
  store.value = value;
  store.task = task.value;
  store.epoch = access.task.known.clock.Get(task);
  if (is_told) sc_.Stored(ToSc(access, 0), store);
  return id;
}

LocationId MemoryModel::CreateBeforeAll(const MemoryValue& value) {
  const LocationId id = locations_.Create();
  locations_.Insert(locations_[id], 0).value = value;
  return id;
}

void MemoryModel::Destroy(LocationId location) {
  sc_.Ended(Open(location));
  locations_.Destroy(location);
}

LocationId MemoryModel::CreateChannel() { return locations_.Create(); }

void MemoryModel::Acquire(TaskId task, LocationId channel) {
  Task& me = At(task);
  Tell(task, me);
  const Knowledge* released = locations_[channel].channel;
  if (released != nullptr) knowledge_.Join(me.known, *released);
}

void MemoryModel::Release(TaskId task, LocationId channel) {
  Task& me = At(task);
  Tell(task, me);
  Knowledge*& released = locations_[channel].channel;
  if (released == nullptr) {
    released = knowledge_.Copy(me.known);
  } else {
    knowledge_.Join(*released, me.known);
  }
  Advance(task, me);
}

void MemoryModel::Fence(TaskId task, MemoryOrder order) {
  const bool is_sc = order == MemoryOrder::kSequentiallyConsistent;
  if (sc_.is_full() || (is_sc && is_coarse())) Settle();
  Task& me = At(task);
  me.last_read = 0;
  if (IsAcquire(order) && me.pending != nullptr) {
    knowledge_.Join(me.known, *me.pending);
    knowledge_.Drop(me.pending);
    me.pending = nullptr;
  }
  Tell(task, me);
  if (!IsRelease(order)) return;
  const bool is_event = is_sc && is_exact_;
  if (is_event) sc_.Fence(task, me.known);
  knowledge_.Drop(me.fence);
  me.fence = knowledge_.Copy(me.known);
  if (is_event) sc_.FenceReleased(task, me.fence);
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

MemoryValue MemoryModel::Load(TaskId task, LocationId location,
                              MemoryOrder order) {
  Access access = Begin(task, location, order);
  access.reads = true;
  return Read(access, Pick(access, ChoiceKind::kReadsFrom)).value;
}

void MemoryModel::Store(TaskId task, LocationId location,
                        const MemoryValue& value, MemoryOrder order) {
  Access access = Begin(task, location, order);
  access.writes = true;
  access.task.last_read = 0;
  Write(access, Pick(access, ChoiceKind::kPlace), value);
}

MemoryValue MemoryModel::BeginUpdate(TaskId task, LocationId location,
                                     MemoryOrder order) {
  Access access = Begin(task, location, order);
  access.reads = true;
  access.writes = true;
  const uint32_t place = Pick(access, ChoiceKind::kReadsFrom);
  update_ = {.id = task, .location = location, .place = place, .order = order};
  return Read(access, place).value;
}

void MemoryModel::EndUpdate(const MemoryValue& value) {
  const Access access = {.id = update_.id,
                         .task = At(update_.id),
                         .location_id = update_.location,
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

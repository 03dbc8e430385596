#include "sim/core/memory_model.h"

#include "sim/base/check.h"
#include "sim/core/memory_order.h"

namespace fozzy {

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
  is_exact_ = kind == MemoryModelKind::kCpp20;
  SetMode(is_exact_ ? Mode::kChained : Mode::kNewest);
  sc_.Reset();
  knowledge_.Reset();
  locations_.Reset();
  task_pool_.Reset();
  tasks_.clear();
  Advance({0}, AddTask({0}));
}

// The caller is to advance it, once it knows what it is to know.
MemoryModel::Task& MemoryModel::AddTask(TaskId id) {
  while (id.value >= tasks_.size()) tasks_.push_back(nullptr);
  FOZZY_CHECK(tasks_[id.value] == nullptr);
  Task* task = task_pool_.Take();
  task->known.Forget();
  task->pending = nullptr;
  task->fence = nullptr;
  task->last_read = 0;
  task->marks = {};
  task->epoch = 0;
  task->reads_newest = false;
  tasks_[id.value] = task;
  return *task;
}

void MemoryModel::SetMode(Mode mode) {
  mode_ = mode;
  const bool is_sc_only = mode <= Mode::kChained;
  is_to_prepare_[false] = is_sc_only && kind_ == MemoryModelKind::kCpp20;
  is_to_prepare_[true] = mode == Mode::kUntold;
  paths_[false] = Path::kGeneral;
  paths_[true] = Path::kGeneral;
  if (mode == Mode::kUntold) paths_[false] = Path::kUntold;
  if (mode == Mode::kNewest) paths_[true] = Path::kNewest;
  if (mode == Mode::kChained) paths_[true] = Path::kChained;
  if (kind_ == MemoryModelKind::kSc) paths_[false] = Path::kNewest;
}

void MemoryModel::Prepare(bool is_sc) {
  const bool is_chain = mode_ == Mode::kChained && is_sc;
  if (sc_.is_full()) {
    Settle();
    SetMode(is_chain ? Mode::kChained : Mode::kUntold);
  }
  SetMode(mode_);
  if (!is_to_prepare_[is_sc]) return;
  if (!is_exact_) {
    Settle();
    return SetMode(Mode::kUntold);
  }
  SetMode(is_sc || sc_.is_active() ? Mode::kTold : Mode::kUntold);
}

void MemoryModel::Settle() {
  sc_.Settle();
  knowledge_.StartEra();
}

void MemoryModel::Tell(TaskId id, Task& task) {
  if (mode_ == Mode::kChained) {
    sc_.chain().Depart(task.marks, task.known, 0);
  } else if (mode_ == Mode::kTold) {
    sc_.Other(id, task.known, task.marks);
  }
}

void MemoryModel::Fork(TaskId parent, TaskId child) {
  Task& born = AddTask(child);
  Task& task = At(parent);
  Tell(parent, task);
  knowledge_.Join(born.known, task.known);
  Advance(child, born);
  if (is_exact_ && child.value >= ScSet::kTasks) {
    is_exact_ = false;
    Settle();
    SetMode(mode_ == Mode::kChained ? Mode::kNewest : Mode::kUntold);
  }
  // What the parent does from now on has not happened before the child.
  Advance(parent, task);
}

void MemoryModel::Join(TaskId task, TaskId ended) {
  Task& me = At(task);
  Tell(task, me);
  knowledge_.Join(me.known, At(ended).known);
}

LocationId MemoryModel::Create(TaskId task, const MemoryValue& value) {
  if (sc_.is_full()) Prepare(/*is_sc=*/mode_ <= Mode::kChained);
  const LocationId id = locations_.Create();
  const Access access = {.id = task,
                         .task = At(task),
                         .location_id = id,
                         .location = locations_[id],
                         .order = MemoryOrder::kRelaxed,
                         .reads = false,
                         .writes = true};
  const bool is_told = mode_ == Mode::kTold;
  if (is_told) sc_.Access(ToSc(access, ~uint32_t{0}));
  StoreRecord& store = locations_.Insert(access.location, 0);
  store.value = value;
  store.task = task.value;
  store.epoch = access.task.epoch;
  if (is_told) {
    sc_.Stored(ToSc(access, 0), store);
    EndEraIfFull();
  }
  return id;
}

LocationId MemoryModel::CreateBeforeAll(const MemoryValue& value) {
  const LocationId id = locations_.Create();
  locations_.Insert(locations_[id], 0).value = value;
  return id;
}

void MemoryModel::Destroy(LocationId id) {
  Location& location = locations_[id];
  if (location.era != knowledge_.era()) locations_.Settle(location);
  sc_.Ended(location);
  locations_.Destroy(id);
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
  // A fence that is no event leaves every mode as it is.
  if (sc_.is_full() || (is_sc && is_to_prepare_[true])) {
    Prepare(is_sc || mode_ <= Mode::kChained);
  }
  Task& me = At(task);
  me.last_read = 0;
  if (IsAcquire(order) && me.pending != nullptr) {
    knowledge_.Join(me.known, *me.pending);
    knowledge_.Drop(me.pending);
    me.pending = nullptr;
  }
  Tell(task, me);
  if (!IsRelease(order)) return;
  const Mode event = is_sc ? mode_ : Mode::kUntold;
  if (event == Mode::kChained) {
    sc_.chain().AddFence(task, me.known, me.marks);
  } else if (event == Mode::kTold) {
    sc_.Fence(task, me.known, me.marks);
  }
  knowledge_.Drop(me.fence);
  me.fence = knowledge_.Copy(me.known);
  if (event == Mode::kTold) sc_.FenceReleased(task, me.fence);
  EndEraIfFull();
  Advance(task, me);
}

MemoryValue MemoryModel::Newest(LocationId location) const {
  const Location& history = locations_[location];
  return history.stores[history.count - 1].value;
}

void MemoryModel::ReadNewest(TaskId task) { At(task).reads_newest = true; }

}  // namespace fozzy

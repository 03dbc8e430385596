#include "fozzy/hooks.h"
#include "sim/sync/hook_scope.h"

namespace fozzy::hooks {
namespace {

MemoryValue ValueOf(Word word) { return {word.low, word.high}; }
Word WordOf(const MemoryValue& value) { return {value.low, value.high}; }

bool IsSame(Word a, Word b) { return a.low == b.low && a.high == b.high; }

// Notes what a read brought; a task that spins lets others go first, and sees
// the newest value when it comes back.
[[gnu::cold, gnu::noinline]] void Spin(Simulation& simulation, Site site) {
  simulation.executor().Yield(site);
  simulation.memory().ReadNewest(simulation.task());
}
[[gnu::always_inline]] inline void AfterRead(Simulation& simulation,
                                             LocationId location, Site site) {
  const uint64_t store = simulation.memory().LastRead(simulation.task());
  const bool is_spinning = simulation.executor().NoteRead(location, store);
  if (is_spinning) [[unlikely]]
    Spin(simulation, site);
}

// Stores reach every task in the end: one that has yielded so often in a row,
// and changed nothing, sees the newest value wherever it looks.
void SeeNewestIfStuck(Simulation& simulation) {
  constexpr uint32_t kYields = 8;
  const TaskId task = simulation.task();
  if (simulation.executor().task(task).yields < kYields) return;
  simulation.memory().ReadNewest(task);
}

Op OpOf(OpKind kind, LocationId location, std::memory_order order) {
  return {.kind = kind, .object = location, .order = OrderOf(order)};
}

}  // namespace

void Begin(AtomicCell& cell) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation != nullptr) simulation->Bind(cell);
}

Word Load(AtomicCell& cell, std::memory_order order, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return cell.value;
  const LocationId location = simulation->Bind(cell);
  PointAt(*simulation, cell, OpOf(OpKind::kLoad, location, order), site);
  SeeNewestIfStuck(*simulation);
  const MemoryValue value =
      simulation->memory().Load(simulation->task(), location, OrderOf(order));
  AfterRead(*simulation, location, site);
  return WordOf(value);
}

void Store(AtomicCell& cell, Word value, std::memory_order order, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) {
    cell.value = value;
    return;
  }
  const LocationId location = simulation->Bind(cell);
  PointAt(*simulation, cell, OpOf(OpKind::kStore, location, order), site);
  simulation->memory().Store(simulation->task(), location, ValueOf(value),
                             OrderOf(order));
  simulation->executor().NoteChange();
}

Word Update(AtomicCell& cell, Apply apply, Word operand,
            std::memory_order order, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) {
    const Word old = cell.value;
    cell.value = apply(old, operand);
    return old;
  }
  const LocationId location = simulation->Bind(cell);
  PointAt(*simulation, cell, OpOf(OpKind::kReadModifyWrite, location, order),
          site);
  MemoryModel& memory = simulation->memory();
  const Word old =
      WordOf(memory.BeginUpdate(simulation->task(), location, OrderOf(order)));
  const Word now = apply(old, operand);
  memory.EndUpdate(ValueOf(now));
  if (IsSame(old, now)) {
    AfterRead(*simulation, location, site);
  } else {
    simulation->executor().NoteChange();
  }
  return old;
}

bool CompareExchange(AtomicCell& cell, Word& expected, Word desired,
                     CompareOrders orders, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) {
    const bool is_same = IsSame(cell.value, expected);
    if (is_same) cell.value = desired;
    if (!is_same) expected = cell.value;
    return is_same;
  }
  const LocationId location = simulation->Bind(cell);
  PointAt(*simulation, cell,
          OpOf(OpKind::kReadModifyWrite, location, orders.success), site);
  SeeNewestIfStuck(*simulation);
  MemoryValue read = ValueOf(expected);
  const bool is_weak = orders.is_weak && simulation->MayFailSpuriously();
  const bool is_done = simulation->memory().CompareExchange(
      simulation->task(), location, read, ValueOf(desired),
      {OrderOf(orders.success), OrderOf(orders.failure), is_weak});
  if (is_done) {
    simulation->executor().NoteChange();
    return true;
  }
  if (IsSame(WordOf(read), expected)) simulation->NoteSpuriousFailure();
  expected = WordOf(read);
  AfterRead(*simulation, location, site);
  return false;
}

void Fence(std::memory_order order, Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return;
  simulation->executor().Point(OpOf(OpKind::kFence, 0, order), site);
  simulation->memory().Fence(simulation->task(), OrderOf(order));
}

void WaitWhile(AtomicCell& cell, Word old, std::memory_order order, Site site) {
  Simulation* simulation = Enter(cell.handle, site);
  if (simulation == nullptr) return;
  const LocationId location = simulation->Bind(cell);
  MemoryModel& memory = simulation->memory();
  Executor& executor = simulation->executor();
  const Op op = OpOf(OpKind::kLoad, location, order);
  PointAt(*simulation, cell, op, site);
  for (;;) {
    const TaskId task = simulation->task();
    const Word read = WordOf(memory.Load(task, location, OrderOf(order)));
    if (!IsSame(read, old)) {
      AfterRead(*simulation, location, site);
      return;
    }
    // What puts tasks to sleep looks at memory itself, where the newest value
    // is: a task that has read an older one must look again.
    if (!IsSame(WordOf(memory.Newest(location)), old)) {
      memory.ReadNewest(task);
      PointAt(*simulation, cell, op, site);
      continue;
    }
    executor.PointIn(simulation->WaitersOf(location).queue, op, site);
  }
}

AtomicCell* ShareCell(const void* object, Word value) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return nullptr;
  SharedCells::Shared& shared = simulation->shared_cells().Find(object);
  if (shared.references++ == 0) {
    const LocationId location =
        simulation->memory().Create(simulation->task(), ValueOf(value));
    simulation->executor().NoteObject(location);
    *shared.cell = {{location, simulation->run()}, value};
  }
  return shared.cell;
}

bool UnshareCell(const void* object, Word& value) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return false;
  SharedCells::Shared& shared = simulation->shared_cells().Find(object);
  if (--shared.references > 0) return false;
  value = WordOf(simulation->memory().Newest(simulation->Bind(*shared.cell)));
  simulation->End(*shared.cell);
  simulation->shared_cells().Erase(object);
  return true;
}

}  // namespace fozzy::hooks

#include "sim/core/run_probe_strategy.h"

#include <algorithm>

#include "sim/core/racing.h"

namespace fozzy {
namespace {

constexpr uint32_t kPlaces = 2 * RunProbeStrategy::kPairsMax;
static_assert((kPlaces & (kPlaces - 1)) == 0);

uint32_t PlaceOf(uint32_t object, TaskId task) {
  const uint64_t key = (uint64_t{object} << 32 | task.value) + 1;
  return static_cast<uint32_t>((key * 0x9e3779b97f4a7c15) >> 32) &
         (kPlaces - 1);
}

}  // namespace

RunProbeStrategy::RunProbeStrategy(const Options& options, Arena& arena)
    : walk_({.seed = options.seed}),
      task_ops_(arena),
      pairs_(arena),
      tasks_(arena),
      shared_(arena) {}

bool RunProbeStrategy::Begin(uint64_t run_index) {
  questions_ = 0;
  pairs_used_ = 0;
  task_ops_.clear();
  task_ops_.resize(kTasksMax);
  for (uint32_t i = 0; i < kTasksMax; ++i) task_ops_[i] = {{i}, {i}, 0};
  pairs_.clear();
  pairs_.resize(kPlaces);
  return walk_.Begin(run_index);
}

uint32_t RunProbeStrategy::PickTask(const TaskChoice& choice) {
  ++questions_;
  return walk_.PickTask(choice);
}

uint64_t RunProbeStrategy::PickValue(const ValueChoice& choice) {
  return walk_.PickValue(choice);
}

void RunProbeStrategy::Executed(const Op& op) {
  if (op.task.value >= kTasksMax) return;
  ++task_ops_[op.task.value].ops;
  if (op.kind == OpKind::kSpawn && op.object < kTasksMax) {
    task_ops_[op.object].parent = op.task;
  }
  if (HasObject(op.kind) && !IsOfTask(op.kind)) CountPair(op);
}

void RunProbeStrategy::CountPair(const Op& op) {
  uint32_t place = PlaceOf(op.object, op.task);
  while (pairs_[place].ops != 0 &&
         (pairs_[place].object != op.object || pairs_[place].task != op.task)) {
    place = (place + 1) & (kPlaces - 1);
  }
  Pair& pair = pairs_[place];
  if (pair.ops == 0) {
    if (pairs_used_ == kPairsMax) return;
    ++pairs_used_;
    pair.object = op.object;
    pair.task = op.task;
  }
  ++pair.ops;
  if (!IsReading(op.kind)) pair.is_changing = true;
}

void RunProbeStrategy::End(const RunSummary&) {
  GatherTasks();
  GatherShared();
  shape_ = {questions_, tasks_.span(), shared_.span()};
}

void RunProbeStrategy::GatherTasks() {
  tasks_.clear();
  for (const RunShape::TaskOps& task : task_ops_) {
    if (task.ops != 0) tasks_.push_back(task);
  }
}

void RunProbeStrategy::GatherShared() {
  shared_.clear();
  std::sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) {
    if ((a.ops == 0) != (b.ops == 0)) return b.ops == 0;
    if (a.object != b.object) return a.object < b.object;
    return a.task.value < b.task.value;
  });
  size_t begin = 0;
  while (begin < pairs_used_) {
    size_t end = begin + 1;
    while (end < pairs_used_ && pairs_[end].object == pairs_[begin].object) {
      ++end;
    }
    KeepIfShared(begin, end);
    begin = end;
  }
}

void RunProbeStrategy::KeepIfShared(size_t begin, size_t end) {
  bool is_changed = false;
  for (size_t i = begin; i < end; ++i) is_changed |= pairs_[i].is_changing;
  if (end - begin < 2 || !is_changed) return;
  for (size_t i = begin; i < end; ++i) {
    shared_.push_back({pairs_[i].object, pairs_[i].task, pairs_[i].ops});
  }
}

}  // namespace fozzy

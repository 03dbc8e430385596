#include "sim/core/dpor_history.h"

namespace fozzy {
namespace {

// Whether the op waits for a lock.
bool IsLock(const DporOp& op) {
  return op.kind == OpKind::kLock || op.kind == OpKind::kLockShared;
}

}  // namespace

DporHistory::DporHistory(Arena& arena, DporStack& stack)
    : stack_(stack),
      record_(arena, stack),
      ops_(arena),
      answers_(arena),
      is_asked_(arena),
      clocks_(arena),
      candidates_(arena),
      sections_(arena),
      removed_(arena) {}

void DporHistory::PlanReversals(uint32_t known, std::span<const Op> waiting) {
  known = Prepare(known, waiting);
  for (DporMark op = 1; op <= known; ++op) record_.Add(op);
  for (DporMark op = known + 1; op <= size(); ++op) {
    StartClock(op, OpOf(op));
    OrderAfterCandidates(op, OpOf(op));
    ClockOf(op)[OpOf(op).task] = op;
    record_.Add(op);
  }
  const DporMark end = size() + 1;
  for (const Op& pending : waiting) {
    const DporOp op = DporOpOf(pending);
    if (!IsLock(op) && op.kind != OpKind::kWait) continue;
    if (record_.IsUntold(op.task, op.object)) continue;
    StartClock(end, op);
    if (IsLock(op)) {
      PlanSections(end, op, /*is_waiting=*/true);
    } else {
      OrderAfterCandidates(end, op);
    }
  }
}

uint32_t DporHistory::Prepare(uint32_t known, std::span<const Op> waiting) {
  uint32_t tasks = kTimerTask.value + 1;
  uint32_t objects = 1;
  const auto admit = [&](const DporOp& op) {
    if (op.task >= tasks) tasks = op.task + 1;
    if (op.object < objects || IsPrivate(op.kind)) return;
    if (!IsOfTask(op.kind)) {
      objects = op.object + 1;
    } else if (op.object >= tasks) {
      tasks = op.object + 1;
    }
  };
  for (const DporOp& op : ops_) admit(op);
  for (const Op& op : waiting) admit(DporOpOf(op));
  if (tasks > width_) {
    width_ = tasks;
    known = 0;
  }
  if (known > size()) known = size();
  clocks_.resize((ops_.size() + 1) * width_);
  is_asked_.clear();
  is_asked_.resize(ops_.size() + 1);
  for (const DporAnswer& answer : answers_) is_asked_[answer.op] = 1;
  record_.Start(ops_.span(), answers_.span(),
                {.tasks = width_, .objects = objects});
  return known;
}

void DporHistory::Join(uint32_t* clock, DporMark op) {
  const uint32_t* other = ClockOf(op);
  for (uint32_t i = 0; i < width_; ++i) {
    if (clock[i] < other[i]) clock[i] = other[i];
  }
}

// Sets the clock of `op`, at `place`, to what came before it in any order: what
// its task did, and what made that possible.
void DporHistory::StartClock(DporMark place, const DporOp& op) {
  uint32_t* clock = ClockOf(place);
  for (uint32_t i = 0; i < width_; ++i) clock[i] = 0;
  const DporRecord::Task& task = record_.task(op.task);
  if (task.last != 0) Join(clock, task.last);
  if (task.last == 0 && task.spawn != 0) Join(clock, task.spawn);
  if (task.told != 0) Join(clock, task.told);
  if (op.kind != OpKind::kJoin || op.object >= width_) return;
  const DporMark exit = record_.task(op.object).exit;
  if (exit != 0) Join(clock, exit);
}

// Plans the reversals of the races of `op`, and completes its clock.
void DporHistory::OrderAfterCandidates(DporMark place, const DporOp& op) {
  if (IsLock(op)) PlanSections(place, op, /*is_waiting=*/false);
  if (op.kind == OpKind::kWait) PlanWithoutWait(place, op);
  AddCandidates(op);
  uint32_t* clock = ClockOf(place);
  for (const DporMark candidate : candidates_) {
    if (IsBefore(candidate, clock)) continue;
    // Those that give a lock back cannot come after one that takes it.
    const bool is_reversible = !IsLock(op) || IsDeadline(OpOf(candidate)) ||
                               OpOf(candidate).kind == OpKind::kTryLock;
    if (is_reversible) {
      removed_.clear();
      removed_.push_back(candidate);
      PlanWithout(place, op);
    }
    Join(clock, candidate);
  }
}

// Finds the ops that `op` depends on, the last ones of their kinds.
void DporHistory::AddCandidates(const DporOp& op) {
  candidates_.clear();
  if (IsDeadline(op)) {
    for (uint32_t i = 0; i < width_; ++i) AddCandidate(record_.task(i).last);
    return;
  }
  AddCandidate(record_.deadline());
  if (IsOfTask(op.kind) || IsPrivate(op.kind)) return;
  const DporRecord::Object& object = record_.object(op.object);
  const DporMark write = object.write;
  AddCandidate(write);
  // A lock that was given back without an op.
  const bool is_kept = object.section.begin != 0 && object.section.end == 0;
  if (IsLock(op) && is_kept) AddCandidate(record_.task(object.holder).last);
  if (IsShared(op.kind)) return;
  for (uint32_t i = 0; i < width_; ++i) {
    const DporMark shared = record_.use(op.object, i).shared;
    if (shared > write) AddCandidate(shared);
  }
}

void DporHistory::AddCandidate(DporMark op) {
  if (op == 0) return;
  size_t at = 0;
  while (at < candidates_.size() && candidates_[at] > op) ++at;
  candidates_.insert(at, op);
}

// Plans runs in which `op` has the lock before those that had it last.
void DporHistory::PlanSections(DporMark place, const DporOp& op,
                               bool is_waiting) {
  AddSections(op, is_waiting);
  for (const DporSection& section : sections_) {
    if (IsBefore(section.begin, ClockOf(place))) continue;
    PlanWithoutSection(place, op, section);
  }
}

void DporHistory::AddSections(const DporOp& op, bool is_waiting) {
  sections_.clear();
  const DporRecord::Object object = record_.object(op.object);
  if (op.kind == OpKind::kLock) {
    for (uint32_t i = 0; i < width_; ++i) {
      const DporSection& section = record_.use(op.object, i).section;
      if (section.begin < object.section.begin) continue;
      AddSection(section, i, is_waiting);
    }
  }
  if (!sections_.empty() || object.holder == op.task) return;
  AddSection(object.section, object.holder, is_waiting);
  if (object.try_lock == 0 || object.try_lock == object.section.begin) return;
  AddSection({.begin = object.try_lock, .end = object.section.end},
             object.holder, is_waiting);
}

void DporHistory::AddSection(DporSection section, uint32_t task,
                             bool is_waiting) {
  if (section.begin == 0) return;
  const bool has_ended_unseen = section.end == 0 && !is_waiting;
  if (has_ended_unseen) section.end = record_.task(task).last;
  sections_.push_back(section);
}

// Plans a run without `section`, and without the others that cannot come to
// their ends then.
void DporHistory::PlanWithoutSection(DporMark place, const DporOp& op,
                                     const DporSection& section) {
  removed_.clear();
  removed_.push_back(section.begin);
  while (RemoveBroken()) {
  }
  for (const DporMark begin : removed_) {
    if (IsBefore(begin, ClockOf(place))) return;
  }
  PlanWithout(place, op);
}

// Removes a section that would begin and not end.  Returns false if there is
// none.
bool DporHistory::RemoveBroken() {
  for (const DporSection& section : sections_) {
    if (IsRemoved(section.begin)) continue;
    if (section.end != 0 && !IsRemoved(section.end)) continue;
    removed_.push_back(section.begin);
    return true;
  }
  return false;
}

// Plans a run in which `op` gets what the last kWait before it got, if its own
// turn came with a kNotify since.
void DporHistory::PlanWithoutWait(DporMark place, const DporOp& op) {
  const DporRecord::Object& object = record_.object(op.object);
  if (object.wait == 0 || object.wait == object.write) return;
  if (IsBefore(object.wait, ClockOf(place))) return;
  removed_.clear();
  removed_.push_back(object.wait);
  PlanWithout(place, op);
}

// Plans a run that comes to `op`, executed at `place`, without the removed ops
// and all that depends on them.
void DporHistory::PlanWithout(DporMark place, const DporOp& op) {
  DporMark first = removed_[0];
  for (const DporMark removed : removed_) {
    if (removed < first) first = removed;
  }
  const size_t question = stack_.TaskQuestionAt(first - 1);
  if (question == stack_.size()) return;
  ArenaVector<DporOp>& sequence = stack_.sequence();
  sequence.clear();
  size_t certain = ~size_t{0};
  for (DporMark i = first + 1; i < place; ++i) {
    if (IsRemoved(i)) continue;
    sequence.push_back(OpOf(i));
    const bool is_last_certain = is_asked_[i] != 0 && certain > sequence.size();
    if (is_last_certain) certain = sequence.size();
  }
  sequence.push_back(op);
  stack_.Plan(question, certain);
}

// Whether `op` is a removed one or depends on one.
bool DporHistory::IsRemoved(DporMark op) {
  const uint32_t* clock = ClockOf(op);
  for (const DporMark removed : removed_) {
    if (IsBefore(removed, clock)) return true;
  }
  return false;
}

}  // namespace fozzy

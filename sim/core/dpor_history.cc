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
      removed_(arena),
      sequence_(arena),
      races_(arena),
      races_removed_(arena) {}

void DporHistory::PlanReversals(uint32_t known, bool is_whole,
                                std::span<const Op> waiting) {
  known = Prepare(known, waiting);
  is_whole_ = is_whole;
  for (DporMark op = 1; op <= known; ++op) record_.Add(op);
  for (DporMark op = known + 1; op <= size(); ++op) {
    RaceWithEndedWait(op);
    StartClock(op, OpOf(op));
    OrderAfterCandidates(op, OpOf(op));
    ClockOf(op)[OpOf(op).task] = op;
    record_.Add(op);
  }
  PlanRaces();
  const DporMark end = size() + 1;
  for (const Op& pending : waiting) {
    const DporOp op = DporOpOf(pending);
    RaceWaiting(end, op);
  }
}

// Finds the races of a wait that the deadline at `place` ends: it might have
// been successful before that, but at another time.
void DporHistory::RaceWithEndedWait(DporMark place) {
  if (!IsDeadline(OpOf(place))) return;
  const uint32_t task = OpOf(place).object;
  DporMark next = place + 1;
  while (next <= size() && OpOf(next).task != task) ++next;
  if (next > size() || OpOf(next).kind != OpKind::kGiveUp) return;
  DporOp op = OpOf(next);
  op.kind = op.wait;
  op.wait = OpKind::kNone;
  RaceWaiting(place, op);
}

// Finds the races of `op`, for which its task waits in vain at `place`.
void DporHistory::RaceWaiting(DporMark place, const DporOp& op) {
  if (!IsLock(op) && op.kind != OpKind::kWait) return;
  if (record_.IsUntold(op.task, op.object)) return;
  StartClock(place, op);
  if (IsLock(op)) {
    RaceWithSections(place, op, /*is_waiting=*/true);
  } else {
    OrderAfterCandidates(place, op);
  }
}

uint32_t DporHistory::Prepare(uint32_t known, std::span<const Op> waiting) {
  uint32_t tasks = kTimerTask.value + 1;
  uint32_t objects = 1;
  const auto admit = [&](const DporOp& op) {
    if (op.task >= tasks) tasks = op.task + 1;
    if (op.object < objects ||
        (IsPrivate(op.kind) && op.kind != OpKind::kGiveUp))
      return;
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
  for (const DporAnswer& answer : answers_) {
    if (answer.op <= size()) is_asked_[answer.op] = 1;
  }
  while (!races_.empty() && races_.back().second > known) races_.pop_back();
  const size_t removed =
      races_.empty() ? 0 : races_.back().removed + races_.back().count;
  races_removed_.resize(removed);
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
  // Who waits again at once was not waiting to be told: that comes with a lock.
  if (task.told != 0 && op.kind != OpKind::kWait) Join(clock, task.told);
  if (op.kind != OpKind::kJoin || op.object >= width_) return;
  const DporMark exit = record_.task(op.object).exit;
  if (exit != 0) Join(clock, exit);
}

// Finds the races of `op`, and completes its clock.
void DporHistory::OrderAfterCandidates(DporMark place, const DporOp& op) {
  if (IsLock(op)) RaceWithSections(place, op, /*is_waiting=*/false);
  if (op.kind == OpKind::kWait) RaceWithWait(place, op);
  AddCandidates(op);
  uint32_t* clock = ClockOf(place);
  for (const DporMark candidate : candidates_) {
    if (IsBefore(candidate, clock)) continue;
    // Those that give a lock back cannot come after one that takes it.
    const bool is_reversible = !IsLock(op) || IsDeadline(OpOf(candidate)) ||
                               OpOf(candidate).kind == OpKind::kTryLock;
    if (is_reversible) {
      RaceWith(candidate, place, op);
    }
    Join(clock, candidate);
  }
}

void DporHistory::RaceWith(DporMark first, DporMark place, const DporOp& op) {
  for (; first != 0; first = UseBefore(first, op)) {
    first = StepOf(first);
    if (IsBefore(first, ClockOf(place))) return;
    if (op.kind == OpKind::kWait && HadToWait(first, op)) continue;
    removed_.clear();
    removed_.push_back(first);
    return KeepRace(place, op);
  }
}

// Returns the op that was chosen when `op` was executed.
DporMark DporHistory::StepOf(DporMark op) const {
  // What a kWait gives back is given back in the same step.
  const bool is_part_of_wait = op > 1 && OpOf(op).kind == OpKind::kUnlock &&
                               OpOf(op - 1).kind == OpKind::kWait &&
                               OpOf(op - 1).task == OpOf(op).task &&
                               stack_.TaskQuestionAt(op - 1) == stack_.size();
  if (is_part_of_wait) --op;
  // Nor can what comes along with another op be put off alone.
  while (op > 1 && ComesAlong(OpOf(op).kind) &&
         OpOf(op - 1).task == OpOf(op).task) {
    --op;
  }
  return op;
}

// Returns the last op before `before` of another task that uses the object of
// `op`, or 0: what made a wait impossible may lie further back than what found
// it so.
DporMark DporHistory::UseBefore(DporMark before, const DporOp& op) const {
  while (--before > 0) {
    const DporOp& other = OpOf(before);
    if (other.task == op.task || IsDeadline(other)) continue;
    if (AreDependent(other, op)) break;
  }
  return before;
}

// Whether `op` was about to be executed, and impossible, when `first` was.
bool DporHistory::HadToWait(DporMark first, const DporOp& op) const {
  if (record_.task(op.task).last > first) return false;
  const size_t question = stack_.TaskQuestionAt(first - 1);
  if (question == stack_.size()) return true;
  return !stack_.IsReady(stack_[question], op.task);
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
  const bool was_locked = IsLock(op) && object.section.begin != 0;
  if (was_locked) AddCandidate(EndOf(object.section, object.holder));
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

// Finds the races of `op`, which wants a lock, with those that had it last.
void DporHistory::RaceWithSections(DporMark place, const DporOp& op,
                                   bool is_waiting) {
  AddSections(op, is_waiting);
  for (const DporSection& section : sections_) {
    if (IsBefore(section.begin, ClockOf(place))) continue;
    RaceWithSection(place, op, section);
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
  if (!is_waiting) section.end = EndOf(section, task);
  sections_.push_back(section);
}

// Returns where a section has ended whose lock another task has had since.
DporMark DporHistory::EndOf(const DporSection& section, uint32_t task) const {
  if (section.end != 0) return section.end;
  // A condition may have given it back without an op of its own.  If not, more
  // than one can have it, as it is with call_once.
  const DporMark wait = record_.task(task).wait;
  return wait > section.begin ? wait : section.begin;
}

// `op` could have the lock without `section`, and without the others that
// cannot come to their ends then.
void DporHistory::RaceWithSection(DporMark place, const DporOp& op,
                                  const DporSection& section) {
  removed_.clear();
  removed_.push_back(section.begin);
  while (RemoveBroken()) {
  }
  for (const DporMark begin : removed_) {
    if (IsBefore(begin, ClockOf(place))) return;
  }
  KeepRace(place, op);
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

// `op` could get what the last kWait before it got, if its own turn came with a
// kNotify since.
void DporHistory::RaceWithWait(DporMark place, const DporOp& op) {
  const DporRecord::Object& object = record_.object(op.object);
  if (object.wait == 0 || object.wait == object.write) return;
  RaceWith(object.wait, place, op);
}

// Keeps the race of `op`, at `place`, with the removed ones until all clocks
// are known.
void DporHistory::KeepRace(DporMark place, const DporOp& op) {
  const bool is_executed = place <= size() && OpOf(place) == op;
  if (!is_executed) {
    PlanWithout(place, op);
    return;
  }
  races_.push_back({.second = place,
                    .removed = static_cast<uint32_t>(races_removed_.size()),
                    .count = static_cast<uint32_t>(removed_.size())});
  for (const DporMark removed : removed_) races_removed_.push_back(removed);
}

void DporHistory::PlanRaces() {
  size_t kept = 0;
  uint32_t kept_removed = 0;
  for (const Race race : races_) {
    removed_.clear();
    for (uint32_t i = 0; i < race.count; ++i) {
      removed_.push_back(races_removed_[race.removed + i]);
    }
    if (PlanWithout(race.second, OpOf(race.second))) continue;
    races_[kept++] = {
        .second = race.second, .removed = kept_removed, .count = race.count};
    for (const DporMark removed : removed_) {
      races_removed_[kept_removed++] = removed;
    }
  }
  races_.resize(kept);
  races_removed_.resize(kept_removed);
}

// Plans a run that comes to `op`, executed at `place`, without the removed ops
// and all that depends on them.  Returns whether nothing more can come of it.
bool DporHistory::PlanWithout(DporMark place, const DporOp& op) {
  DporMark first = removed_[0];
  for (const DporMark removed : removed_) {
    if (removed < first) first = removed;
  }
  const size_t question = stack_.TaskQuestionAt(first - 1);
  if (question == stack_.size()) return true;
  sequence_.ops.clear();
  // How a run would go on with what it waited for in vain is not known.
  sequence_.is_whole = is_whole_ && (place > size() || OpOf(place) == op);
  sequence_.certain = ~size_t{0};
  for (DporMark i = first + 1; i < place; ++i) AddToSequence(i);
  sequence_.ops.push_back(op);
  sequence_.needed = sequence_.ops.size();
  for (DporMark i = place + 1; i <= size() && sequence_.is_whole; ++i)
    AddToSequence(i);
  return stack_.Plan(question, sequence_, record_.names_vary());
}

void DporHistory::AddToSequence(DporMark op) {
  if (ComesAlong(OpOf(op).kind) || IsRemoved(op)) return;
  sequence_.ops.push_back(OpOf(op));
  const size_t size = sequence_.ops.size();
  if (is_asked_[op] != 0 && sequence_.certain > size) sequence_.certain = size;
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

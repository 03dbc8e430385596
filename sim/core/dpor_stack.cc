#include "sim/core/dpor_stack.h"

#include <algorithm>

namespace fozzy {
namespace {

enum class Fate : uint8_t { kSleeps = 0, kWakes, kRuns };

// What becomes of a task that sleeps before `op` while `ops` are executed.
Fate FateOf(const DporOp& op, std::span<const DporOp> ops) {
  for (const DporOp& executed : ops) {
    if (executed.task == op.task) return Fate::kRuns;
    if (AreDependent(executed, op)) return Fate::kWakes;
  }
  return Fate::kSleeps;
}

// Makes `named` include what `op` speaks of.
void Extend(DporNames& named, const DporOp& op) {
  if (op.task >= named.tasks) named.tasks = op.task + 1;
  if (IsPrivate(op.kind)) return;
  uint32_t& bound = IsOfTask(op.kind) ? named.tasks : named.objects;
  if (op.object >= bound) bound = op.object + 1;
}

void SaveOp(ByteWriter& writer, const DporOp& op) {
  writer.Write(op.task);
  writer.Write(op.object);
  writer.Write(static_cast<uint64_t>(op.kind));
}

DporOp LoadOp(ByteReader& reader) {
  DporOp op;
  op.task = static_cast<uint32_t>(reader.Read(~uint32_t{0}));
  op.object = static_cast<uint32_t>(reader.Read(~uint32_t{0}));
  op.kind = static_cast<OpKind>(reader.Read(kOpKinds - 1));
  return op;
}

}  // namespace

std::span<DporStack::Ready> DporStack::ReadyOf(const Question& question) {
  return ready_.span().subspan(question.ready_begin, question.last + 1);
}

std::span<const DporStack::Ready> DporStack::ReadyOf(
    const Question& question) const {
  return ready_.span().subspan(question.ready_begin, question.last + 1);
}

std::span<const DporOp> DporStack::SleepersOf(const Question& question) const {
  return sleepers_.span().subspan(question.sleepers_begin, question.sleepers);
}

void DporStack::PushValue(uint32_t ops, uint64_t last) {
  questions_.push_back({.ops = ops, .last = last});
}

bool DporStack::PushTask(uint32_t ops, const TaskChoice& choice,
                         std::span<const DporOp> since) {
  if (HasSleeperRun(since)) return false;
  Question question = {
      .is_task = true,
      .ops = ops,
      .last = choice.runnable.size() - 1,
      .ready_begin = static_cast<uint32_t>(ready_.size()),
      .sleepers_begin = static_cast<uint32_t>(sleepers_.size())};
  PushSleepers(since);
  question.sleepers =
      static_cast<uint32_t>(sleepers_.size() - question.sleepers_begin);
  for (const TaskId task : choice.runnable) {
    DporOp op = DporOpOf(choice.pending[task.value]);
    op.task = task.value;
    ready_.push_back({.op = op});
  }
  question.named = NamesAt(question, since);
  question.named.objects = std::max(question.named.objects, choice.objects + 1);
  question.tree = TakePlan(since);
  question.is_free = !AnswerPlanned(question);
  if (question.is_free && !AnswerNew(question)) {
    ready_.resize(question.ready_begin);
    sleepers_.resize(question.sleepers_begin);
    return false;
  }
  PlanDeadline(question);
  questions_.push_back(question);
  last_task_ = questions_.size();
  return true;
}

// Returns the bounds of what is known at `question`, after `since`.
DporNames DporStack::NamesAt(const Question& question,
                             std::span<const DporOp> since) const {
  DporNames named = {.tasks = kTimerTask.value + 1, .objects = 1};
  if (last_task_ != 0) named = questions_[last_task_ - 1].named;
  for (const DporOp& op : since) Extend(named, op);
  for (const Ready& ready : ReadyOf(question)) Extend(named, ready.op);
  return named;
}

// A deadline that does not pass now may never do, and then takes part in no
// race: that it passes here is another run, whatever else happens.
void DporStack::PlanDeadline(Question& question) {
  for (const Ready& ready : ReadyOf(question)) {
    if (!IsDeadline(ready.op)) continue;
    if (IsSameStep(ready.op, AnswerOf(question))) continue;
    if (IsAsleep(question, ready.op.task)) continue;
    trees_.AddBranch(question.tree, ready.op);
  }
}

// Returns what of the plan is left after `since`.
WakeupTrees::Tree DporStack::TakePlan(std::span<const DporOp> since) {
  for (const DporOp& op : since) {
    // The first one was followed when it was chosen, if it is what was
    // announced.
    const bool is_first = &op == since.data() && last_task_ > 0;
    if (is_first && IsSameStep(op, AnswerOf(questions_[last_task_ - 1]))) {
      continue;
    }
    trees_.Follow(plan_, op);
  }
  const WakeupTrees::Tree plan = plan_;
  plan_ = 0;
  return plan;
}

// Adds those that sleep after `since`.
void DporStack::PushSleepers(std::span<const DporOp> since) {
  if (last_task_ == 0) return;
  const Question& before = questions_[last_task_ - 1];
  for (uint32_t i = 0; i < before.sleepers; ++i) {
    const DporOp op = sleepers_[before.sleepers_begin + i];
    if (FateOf(op, since) == Fate::kSleeps) sleepers_.push_back(op);
  }
  for (const Ready& ready : ReadyOf(before)) {
    if (!ready.is_done) continue;
    if (FateOf(ready.op, since) == Fate::kSleeps) sleepers_.push_back(ready.op);
  }
}

bool DporStack::HasSleeperRun(std::span<const DporOp> since) const {
  if (last_task_ == 0) return false;
  const Question& before = questions_[last_task_ - 1];
  for (const DporOp& op : SleepersOf(before)) {
    if (FateOf(op, since) == Fate::kRuns) return true;
  }
  for (const Ready& ready : ReadyOf(before)) {
    if (ready.is_done && FateOf(ready.op, since) == Fate::kRuns) return true;
  }
  return false;
}

bool DporStack::IsAsleep(const Question& question, uint32_t task) const {
  for (const DporOp& op : SleepersOf(question)) {
    if (op.task == task) return true;
  }
  return false;
}

// Answers a question that has no plan: the first task that is awake.
bool DporStack::AnswerNew(Question& question) {
  for (uint32_t i = 0; i <= question.last; ++i) {
    if (IsAsleep(question, ready_[question.ready_begin + i].op.task)) continue;
    question.answer = i;
    return true;
  }
  return false;
}

// Answers with the first branch of the plan that is possible.
bool DporStack::AnswerPlanned(Question& question) {
  while (question.tree != 0) {
    const DporOp op = trees_.FirstOp(question.tree);
    const std::span<const Ready> ready = ReadyOf(question);
    for (uint32_t i = 0; i < ready.size(); ++i) {
      if (ready[i].op.task != op.task || ready[i].is_done) continue;
      if (IsAsleep(question, op.task)) continue;
      question.answer = i;
      // A task whose wait has just timed out goes on without the op that it
      // announced: the plan stays the same.
      plan_ = IsSameStep(op, ready[i].op) ? trees_.TakeFirst(question.tree)
                                          : trees_.SplitFirst(question.tree);
      return true;
    }
    WakeupTrees::Tree lost = trees_.SplitFirst(question.tree);
    trees_.Clear(lost);
  }
  return false;
}

// Takes the next answer to a question whose present one has been dealt with.
bool DporStack::AnswerNext(Question& question) {
  if (!question.is_task) return question.answer++ < question.last;
  ready_[question.ready_begin + question.answer].is_done = true;
  if (AnswerPlanned(question)) return true;
  const std::span<Ready> ready = ReadyOf(question);
  for (uint32_t i = 0; i < ready.size(); ++i) {
    if (!ready[i].is_planned || ready[i].is_done) continue;
    question.answer = i;
    return true;
  }
  return false;
}

size_t DporStack::TaskQuestionAt(uint32_t ops) const {
  size_t low = 0;
  size_t high = questions_.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (questions_[middle].ops <= ops) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  while (low > 0 && questions_[low - 1].ops == ops) {
    if (questions_[--low].is_task) return low;
  }
  return questions_.size();
}

bool DporStack::IsReady(const Question& question, uint32_t task) const {
  for (const Ready& ready : ReadyOf(question)) {
    if (ready.op.task == task) return true;
  }
  return false;
}

bool DporStack::Plan(size_t at, DporSequence& sequence, bool names_vary) {
  Question& question = questions_[at];
  if (!IsReady(question, sequence.ops[0].task)) return true;
  // A deadline that could have passed and then could not has taken part in no
  // race: what the run did after does not show all that it could have done.
  if (IsReady(question, kTimerTask.value)) sequence.is_whole = false;
  sequence.named = names_vary ? question.named : DporNames{};
  size_t place = 0;
  DporCover cover = DporCover::kNone;
  for (const DporOp& op : SleepersOf(question)) {
    const DporCover other = CoverOf(op, sequence, place);
    // A plan leads to where those that slept at its start are awake.  If it was
    // cut, they are not, and what they cover weakly was left to this run.
    if (question.is_free && other == DporCover::kWeak) continue;
    if (other > cover) cover = other;
  }
  for (const Ready& ready : ReadyOf(question)) {
    if (!ready.is_done && !ready.is_planned) continue;
    const DporCover other = CoverOf(ready.op, sequence, place);
    if (other > cover) cover = other;
  }
  if (cover == DporCover::kNone) cover = trees_.Insert(question.tree, sequence);
  return cover == DporCover::kStrong;
}

uint32_t DporStack::Advance() {
  trees_.Clear(plan_);
  while (!questions_.empty()) {
    Question& question = questions_.back();
    if (AnswerNext(question)) {
      if (question.is_task || question.ops == 0) return question.ops;
      return question.ops - 1;
    }
    Pop();
  }
  return kDone;
}

void DporStack::Truncate(size_t size) {
  trees_.Clear(plan_);
  while (questions_.size() > size) Pop();
}

void DporStack::Pop() {
  Question& question = questions_.back();
  if (question.is_task) {
    trees_.Clear(question.tree);
    ready_.resize(question.ready_begin);
    sleepers_.resize(question.sleepers_begin);
  }
  questions_.pop_back();
  if (last_task_ <= questions_.size()) return;
  last_task_ = questions_.size();
  while (last_task_ > 0 && !questions_[last_task_ - 1].is_task) --last_task_;
}

void DporStack::Save(ByteWriter& writer) const {
  writer.Write(questions_.size());
  for (const Question& question : questions_) {
    writer.Write(question.is_task ? 1 : 0);
    writer.Write(question.ops);
    writer.Write(question.last);
    writer.Write(question.answer);
    if (!question.is_task) continue;
    writer.Write(question.named.tasks);
    writer.Write(question.named.objects);
    for (const Ready& ready : ReadyOf(question)) {
      SaveOp(writer, ready.op);
      writer.Write(ready.is_done ? 1 : 0);
      const bool is_planned =
          ready.is_planned || trees_.HasBranch(question.tree, ready.op.task);
      writer.Write(is_planned ? 1 : 0);
    }
    writer.Write(question.sleepers);
    for (const DporOp& op : SleepersOf(question)) SaveOp(writer, op);
  }
}

bool DporStack::Load(ByteReader& reader) {
  const uint64_t size = reader.Read(reader.left());
  uint32_t ops = 0;
  for (uint64_t i = 0; i < size; ++i) {
    Question question = {.is_task = reader.Read(1) != 0};
    question.ops = static_cast<uint32_t>(reader.Read(kOpsMax));
    question.last = reader.Read(question.is_task ? reader.left() : kOpsMax);
    question.answer = reader.Read(question.last);
    if (question.is_task) LoadTasks(reader, question);
    if (!reader.is_sound() || question.ops < ops) return false;
    ops = question.ops;
    questions_.push_back(question);
    if (question.is_task) last_task_ = questions_.size();
  }
  return reader.is_sound();
}

void DporStack::LoadTasks(ByteReader& reader, Question& question) {
  question.ready_begin = static_cast<uint32_t>(ready_.size());
  question.sleepers_begin = static_cast<uint32_t>(sleepers_.size());
  question.named.tasks = static_cast<uint32_t>(reader.Read(~uint32_t{0}));
  question.named.objects = static_cast<uint32_t>(reader.Read(~uint32_t{0}));
  for (uint64_t i = 0; i <= question.last && reader.is_sound(); ++i) {
    Ready ready = {.op = LoadOp(reader)};
    ready.is_done = reader.Read(1) != 0;
    ready.is_planned = reader.Read(1) != 0;
    ready_.push_back(ready);
  }
  question.sleepers = static_cast<uint32_t>(reader.Read(reader.left()));
  for (uint32_t i = 0; i < question.sleepers && reader.is_sound(); ++i) {
    sleepers_.push_back(LoadOp(reader));
  }
}

}  // namespace fozzy

#include "sim/search/schedule_log.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/history_table.h"
#include "sim/search/op_names.h"
#include "sim/sync/sync_names.h"

namespace fozzy {
namespace {

// Plain variables have numbers of their own.
constexpr uint32_t kVariables = 0x80000000;

bool HasObject(OpKind kind) {
  switch (kind) {
    case OpKind::kNone:
    case OpKind::kStart:
    case OpKind::kExit:
    case OpKind::kSpawn:
    case OpKind::kJoin:
    case OpKind::kYield:
    case OpKind::kFence:
    case OpKind::kTimer:
      return false;
    default:
      return true;
  }
}

// What an answer other than the dullest means, or nothing.
std::string Remark(const ValueChoice& choice, uint64_t answer) {
  switch (choice.kind) {
    case ChoiceKind::kRandom:
      return absl::StrCat(" = ", answer);
    case ChoiceKind::kReadsFrom:
      return absl::StrCat(" [stale by ", answer, "]");
    case ChoiceKind::kPlace:
      return absl::StrCat(" [lands ", answer, " before the last]");
    case ChoiceKind::kSpurious:
      return " [spurious]";
    case ChoiceKind::kWake:
      return absl::StrCat(" [wakes waiter ", answer + 1, "]");
    case ChoiceKind::kDeadline:
      return absl::StrCat(" [deadline ", answer + 1, " of this moment]");
    case ChoiceKind::kFault:
      return " [fault]";
    default:
      return absl::StrCat(" [chose ", answer, "]");
  }
}

}  // namespace

void ScheduleLog::OnValue(const ValueChoice& choice, uint64_t answer) {
  if (answer == 0 && choice.kind != ChoiceKind::kRandom) return;
  if (entries_.empty() || entries_.back().task != choice.key.task) {
    Add({.task = choice.key.task,
         .now = simulation_.executor().now(),
         .text = "choice"});
  }
  entries_.back().text += Remark(choice, answer);
  entries_.back().is_notable = true;
}

void ScheduleLog::OnOp(const Op& op, Site site) {
  ScheduleEntry entry;
  // A deadline is shown where it matters.
  entry.task = op.kind == OpKind::kTimer && op.task == kTimerTask
                   ? TaskId{op.object}
                   : op.task;
  entry.now = simulation_.executor().now();
  entry.text = OpText(op, site);
  entry.is_notable = op.kind == OpKind::kTimer || op.kind == OpKind::kGiveUp;
  if (HasObject(op.kind)) {
    entry.object = op.object;
    const auto [use, is_new] = uses_.try_emplace(op.object, Use{op.task});
    if (use->second.task != op.task) use->second.is_shared = true;
  }
  Add(std::move(entry));
}

void ScheduleLog::OnLog(TaskId task, uint64_t now, std::string_view text) {
  Add({.task = task,
       .now = now,
       .text = absl::StrCat(
           "\"", PlainText(absl::string_view(text.data(), text.size())), "\""),
       .object = 0,
       .is_notable = true});
}

void ScheduleLog::Add(ScheduleEntry entry) {
  if (entries_.size() == 2 * kKept) {
    entries_.erase(entries_.begin() + kKept,
                   entries_.begin() + kKept + kKept / 2);
    left_out_ += kKept / 2;
  }
  entries_.push_back(std::move(entry));
}

bool ScheduleLog::IsShared(uint32_t object) const {
  const auto use = uses_.find(object);
  return use != uses_.end() && use->second.is_shared;
}

// "mutex 3", "var 1", or "#2" for what is atomic.
std::string ScheduleLog::ObjectName(uint32_t object) {
  std::string& name = names_[object];
  if (!name.empty()) return name;
  name = (object & kVariables) != 0 ? absl::StrCat("var ", object & ~kVariables)
                                    : absl::StrCat("#", object);
  for (const SyncObject* const known : simulation_.objects()) {
    if ((object & kVariables) == 0 && known->id == object) {
      name = absl::StrCat(NameOf(known->kind), " ", object);
    }
  }
  return name;
}

std::string ScheduleLog::OpText(const Op& op, Site site) {
  std::string text(NameOf(op.kind));
  if (op.kind == OpKind::kTimer) {
    return op.task == kTimerTask ? "deadline passes"
                                 : absl::StrCat("wakes up ", PlaceOf(site));
  }
  if (op.kind == OpKind::kSpawn || op.kind == OpKind::kJoin) {
    absl::StrAppend(&text, " ", simulation_.NameOf(TaskId{op.object}));
  } else if (HasObject(op.kind)) {
    absl::StrAppend(&text, " ", ObjectName(op.object));
  }
  if (site.file != nullptr) absl::StrAppend(&text, " ", PlaceOf(site));
  return text;
}

}  // namespace fozzy

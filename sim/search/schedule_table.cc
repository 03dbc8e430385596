#include "sim/search/schedule_table.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "sim/history_table.h"
#include "sim/search/op_names.h"

namespace fozzy {
namespace {

// Rows of one task in a row that are not folded, at the start and at the end.
constexpr size_t kShownAtEnds = 3;
constexpr size_t kColumnsMax = 8;

bool NamesTask(OpKind kind) {
  return kind == OpKind::kSpawn || kind == OpKind::kJoin;
}

bool HasObject(OpKind kind) {
  return kind != OpKind::kStart && kind != OpKind::kExit &&
         kind != OpKind::kYield && kind != OpKind::kFence;
}

std::string OpText(const Op& op, Site site) {
  if (op.kind == OpKind::kTimer) {
    return op.task == kTimerTask ? "deadline passes"
                                 : absl::StrCat("wakes up ", PlaceOf(site));
  }
  std::string text(NameOf(op.kind));
  if (NamesTask(op.kind)) {
    absl::StrAppend(&text, " task ", op.object - 1);
  } else if (HasObject(op.kind)) {
    const bool is_variable = (op.object & kVariables) != 0;
    absl::StrAppend(&text, is_variable ? " var " : " #",
                    op.object & ~kVariables);
  }
  if (site.file != nullptr) absl::StrAppend(&text, " ", PlaceOf(site));
  return text;
}

void Pad(std::string& line, size_t width) {
  if (line.size() < width) line.append(width - line.size(), ' ');
}

}  // namespace

void ScheduleTable::OnTask(const TaskChoice& choice, uint32_t answer) {
  // Leaving a task that could go on is what makes a schedule.
  if (answer != 0 && choice.runnable[0] == choice.current) {
    Mark(choice.current, "preempted");
  }
}

void ScheduleTable::OnValue(const ValueChoice& choice, uint64_t answer) {
  if (answer == 0) return;
  switch (choice.kind) {
    case ChoiceKind::kReadsFrom:
      return Mark(choice.key.task,
                  absl::StrCat("reads an older value, ", answer, " back"));
    case ChoiceKind::kPlace:
      return Mark(choice.key.task,
                  absl::StrCat("lands before ", answer, " other stores"));
    case ChoiceKind::kSpurious:
      return Mark(choice.key.task, "for no reason");
    case ChoiceKind::kFault:
      return Mark(choice.key.task, "fault");
    default: {
      const std::string_view kind = ChoiceKindName(choice.kind);
      return Mark(choice.key.task,
                  absl::StrCat(absl::string_view(kind.data(), kind.size()),
                               " = ", answer));
    }
  }
}

void ScheduleTable::OnOp(const Op& op, Site site) {
  // A deadline is shown where it matters.
  const bool is_deadline = op.kind == OpKind::kTimer && op.task == kTimerTask;
  rows_.push_back({is_deadline ? TaskId{op.object} : op.task, OpText(op, site),
                   is_deadline});
}

void ScheduleTable::OnLog(TaskId task, uint64_t now, std::string_view text) {
  rows_.push_back(
      {task,
       absl::StrCat(
           "log: ", PlainText(absl::string_view(text.data(), text.size())),
           " (", now, " ns)"),
       true});
}

// Adds to what `task` did last, or says it in a row of its own.
void ScheduleTable::Mark(TaskId task, std::string_view mark) {
  const absl::string_view text(mark.data(), mark.size());
  if (!rows_.empty() && rows_.back().task == task) {
    absl::StrAppend(&rows_.back().text, " [", text, "]");
    rows_.back().is_kept = true;
    return;
  }
  rows_.push_back({task, absl::StrCat("[", text, "]"), true});
}

std::vector<ScheduleTable::Row> ScheduleTable::Folded() const {
  std::vector<Row> folded;
  for (size_t begin = 0; begin < rows_.size();) {
    size_t end = begin;
    while (end < rows_.size() && rows_[end].task == rows_[begin].task) ++end;
    size_t hidden = 0;
    for (size_t i = begin; i < end; ++i) {
      const bool is_shown = rows_[i].is_kept || i < begin + kShownAtEnds ||
                            i + kShownAtEnds >= end;
      if (!is_shown) ++hidden;
      if (is_shown && hidden > 0) {
        folded.push_back(
            {rows_[begin].task, absl::StrCat("... ", hidden, " more"), false});
        hidden = 0;
      }
      if (is_shown) folded.push_back(rows_[i]);
    }
    begin = end;
  }
  return folded;
}

// Returns the tasks that did something, by number.
std::vector<TaskId> ScheduleTable::TasksOf(const std::vector<Row>& rows) {
  std::vector<TaskId> tasks;
  for (const Row& row : rows) tasks.push_back(row.task);
  const auto is_before = [](TaskId a, TaskId b) { return a.value < b.value; };
  std::sort(tasks.begin(), tasks.end(), is_before);
  tasks.erase(std::unique(tasks.begin(), tasks.end()), tasks.end());
  return tasks;
}

std::string ScheduleTable::Text(NameOf name_of) const {
  const std::vector<Row> rows = Folded();
  const std::vector<TaskId> tasks = TasksOf(rows);
  std::vector<size_t> widths;
  for (const TaskId task : tasks) {
    size_t width = name_of(task).size();
    for (const Row& row : rows) {
      if (row.task == task) width = std::max(width, row.text.size());
    }
    widths.push_back(width);
  }
  std::vector<size_t> starts(1, 2);
  for (size_t i = 0; i < widths.size(); ++i) {
    // Beyond so many, columns share the place of the last.
    starts.push_back(i + 1 < kColumnsMax ? starts.back() + widths[i] + 2
                                         : starts.back());
  }
  std::string text;
  for (size_t i = 0; i < std::min(tasks.size(), kColumnsMax); ++i) {
    Pad(text, starts[i]);
    text += name_of(tasks[i]);
  }
  text += "\n";
  const size_t cut_from = kRowsMax / 4;
  const size_t cut = rows.size() > kRowsMax ? rows.size() - kRowsMax : 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (cut > 0 && i == cut_from) {
      absl::StrAppend(&text, "  ... ", cut, " rows left out\n");
      i += cut;
    }
    size_t column = 0;
    while (tasks[column] != rows[i].task) ++column;
    std::string line;
    Pad(line, starts[column]);
    if (column >= kColumnsMax) {
      absl::StrAppend(&line, name_of(rows[i].task), ": ");
    }
    absl::StrAppend(&text, line, rows[i].text, "\n");
  }
  return text;
}

}  // namespace fozzy

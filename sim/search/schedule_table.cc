#include "sim/search/schedule_table.h"

#include <algorithm>
#include <map>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace fozzy {
namespace {

constexpr size_t kColumnsMax = 6;
constexpr size_t kCellMax = 60;
constexpr size_t kFoldedMin = 3;
// Of the rows that are shown of a long run: the end is what went wrong.
constexpr size_t kFirstRows = 40;

struct Row {
  TaskId task = {};
  bool is_time = false;  // across all columns
  std::string text;
};

bool IsFoldable(const ScheduleLog& log, const ScheduleEntry& entry) {
  return !entry.is_notable && !log.IsShared(entry.object);
}

std::string TimeText(uint64_t now) {
  return absl::StrCat("-- ", now / 1'000'000, ".",
                      absl::Dec(now % 1'000'000, absl::kZeroPad6), " ms --");
}

// Returns how many entries from `first` on are one row.
size_t FoldedAt(const ScheduleLog& log, size_t first) {
  const std::vector<ScheduleEntry>& entries = log.entries();
  size_t end = first;
  while (end < entries.size() && entries[end].task == entries[first].task &&
         entries[end].now == entries[first].now &&
         IsFoldable(log, entries[end])) {
    ++end;
  }
  return end - first >= kFoldedMin ? end - first : 1;
}

std::vector<Row> RowsOf(const ScheduleLog& log) {
  const std::vector<ScheduleEntry>& entries = log.entries();
  std::vector<Row> rows;
  uint64_t now = 0;
  for (size_t i = 0; i < entries.size();) {
    const ScheduleEntry& entry = entries[i];
    if (entry.now != now) {
      now = entry.now;
      rows.push_back({entry.task, true, TimeText(now)});
    }
    const size_t count = FoldedAt(log, i);
    rows.push_back(
        {entry.task, false,
         count == 1 ? entry.text : absl::StrCat("(", count, " ops)")});
    i += count;
  }
  return rows;
}

void Cut(std::vector<Row>& rows, uint64_t left_out) {
  if (rows.size() <= kScheduleRowsMax && left_out == 0) return;
  const size_t shown = std::min(rows.size(), kScheduleRowsMax - 1);
  const size_t cut = rows.size() - shown;
  const auto begin =
      rows.begin() + static_cast<ptrdiff_t>(std::min(kFirstRows, shown));
  const auto place = rows.erase(begin, begin + static_cast<ptrdiff_t>(cut));
  rows.insert(
      place,
      {{}, true, absl::StrCat("-- ", cut + left_out, " rows left out --")});
}

std::string Limited(std::string text) {
  if (text.size() <= kCellMax) return text;
  text.resize(kCellMax - 3);
  return text + "...";
}

std::string Padded(std::string text, size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

// Tasks that have rows, by id, and how wide their columns are.
std::map<uint32_t, size_t> ColumnsOf(const std::vector<Row>& rows,
                                     const Simulation& simulation) {
  std::map<uint32_t, size_t> columns;
  for (const Row& row : rows) {
    if (row.is_time) continue;
    size_t& width = columns[row.task.value];
    width = std::max(
        {width, Limited(row.text).size(), simulation.NameOf(row.task).size()});
  }
  return columns;
}

std::string Line(absl::string_view number, absl::string_view cells) {
  std::string line =
      absl::StrCat(std::string(number.size() < 4 ? 4 - number.size() : 0, ' '),
                   number, " ", cells);
  absl::StripTrailingAsciiWhitespace(&line);
  return line + "\n";
}

std::string Cells(const Row& row, const std::map<uint32_t, size_t>& columns,
                  const Simulation& simulation) {
  if (row.is_time) return row.text;
  if (columns.size() > kColumnsMax) {
    return absl::StrCat(simulation.NameOf(row.task), ": ", row.text);
  }
  std::string cells;
  for (const auto& [task, width] : columns) {
    absl::StrAppend(
        &cells, Padded(task == row.task.value ? Limited(row.text) : "", width),
        "  ");
  }
  return cells;
}

}  // namespace

std::string ScheduleTable(const ScheduleLog& log) {
  const Simulation& simulation = log.simulation();
  std::vector<Row> rows = RowsOf(log);
  Cut(rows, log.left_out());
  const std::map<uint32_t, size_t> columns = ColumnsOf(rows, simulation);
  std::string table;
  if (columns.size() <= kColumnsMax) {
    std::string names;
    for (const auto& [task, width] : columns) {
      absl::StrAppend(&names, Padded(simulation.NameOf(TaskId{task}), width),
                      "  ");
    }
    table += Line("", names);
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    table += Line(absl::StrCat(i + 1), Cells(rows[i], columns, simulation));
  }
  return table;
}

}  // namespace fozzy

#include "sim/history_table.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace fozzy {
namespace {

// Characters of a cell, at most: room for a call of two short arguments.
constexpr size_t kCellMax = 48;

struct Moment {
  uint64_t moment;
  const ReportedCall* call;
  bool is_return;
};

// What one task does, as the table goes from row to row.
struct Column {
  size_t width = 0;
  uint32_t open = 0;  // calls in progress
};

std::string Cell(const Moment& moment) {
  std::string cell = moment.is_return
                         ? absl::StrCat("] ", CallText(*moment.call))
                         : absl::StrCat("[ ", moment.call->op);
  if (cell.size() > kCellMax) {
    cell.resize(kCellMax - 3);
    cell += "...";
  }
  return cell;
}

std::vector<Moment> Moments(std::span<const ReportedCall> calls) {
  std::vector<Moment> moments;
  for (const ReportedCall& call : calls) {
    moments.push_back({call.times.invoked, &call, false});
    if (call.times.returned == CallTimes::kNever) continue;
    moments.push_back({call.times.returned, &call, true});
  }
  std::sort(
      moments.begin(), moments.end(),
      [](const Moment& a, const Moment& b) { return a.moment < b.moment; });
  return moments;
}

std::string TaskName(uint32_t task) { return absl::StrCat("task ", task); }

std::string Padded(std::string text, size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

std::string Line(absl::string_view number,
                 const std::vector<std::string>& cells) {
  std::string line = absl::StrCat(number, "  ", absl::StrJoin(cells, "  "));
  absl::StripTrailingAsciiWhitespace(&line);
  return line + "\n";
}

// The cells of the row of `moment`; counts its call in or out.
std::vector<std::string> Row(const Moment& moment,
                             std::map<uint32_t, Column>& columns) {
  const uint32_t actor = moment.call->times.task;
  if (moment.is_return) --columns[actor].open;
  std::vector<std::string> cells;
  for (const auto& [task, column] : columns) {
    std::string cell = column.open > 0 ? "|" : "";
    if (task == actor) cell = Cell(moment);
    cells.push_back(Padded(std::move(cell), column.width));
  }
  if (!moment.is_return) ++columns[actor].open;
  return cells;
}

}  // namespace

std::string PlainText(absl::string_view text) {
  constexpr absl::string_view kDigits = "0123456789abcdef";
  std::string plain;
  for (const char c : text) {
    if (c >= ' ' && c <= '~') {
      plain += c;
      continue;
    }
    const unsigned char byte = static_cast<unsigned char>(c);
    plain += "\\x";
    plain += kDigits[byte >> 4];
    plain += kDigits[byte & 15];
  }
  return plain;
}

std::string CallText(const ReportedCall& call) {
  if (call.times.returned == CallTimes::kNever) return call.op;
  return absl::StrCat(call.op, " -> ", call.result);
}

std::string HistoryTable(std::span<const ReportedCall> calls) {
  const std::vector<Moment> moments = Moments(calls);
  std::map<uint32_t, Column> columns;
  for (const Moment& moment : moments) {
    const uint32_t task = moment.call->times.task;
    size_t& width = columns[task].width;
    width = std::max({width, Cell(moment).size(), TaskName(task).size()});
  }
  const size_t number_width =
      moments.empty() ? 1 : absl::StrCat(moments.back().moment).size();
  std::vector<std::string> names;
  for (const auto& [task, column] : columns) {
    names.push_back(Padded(TaskName(task), column.width));
  }
  std::string table = Line(std::string(number_width, ' '), names);
  const size_t hidden =
      moments.size() - std::min(moments.size(), kHistoryRowsMax);
  if (hidden > 0) {
    absl::StrAppend(&table, "(", hidden, " earlier rows are left out)\n");
  }
  for (size_t i = 0; i < moments.size(); ++i) {
    const std::vector<std::string> row = Row(moments[i], columns);
    const std::string number = absl::StrCat(moments[i].moment);
    const std::string indent(number_width - number.size(), ' ');
    if (i >= hidden) table += Line(indent + number, row);
  }
  return table;
}

}  // namespace fozzy

// Histories as people read them.
#ifndef FOZZY_SIM_HISTORY_TABLE_H_
#define FOZZY_SIM_HISTORY_TABLE_H_

#include <cstddef>
#include <span>
#include <string>

#include "absl/strings/string_view.h"
#include "fozzy/linearizability.h"

namespace fozzy {

// Rows of a table, at most; the last ones are shown.
inline constexpr size_t kHistoryRowsMax = 64;

// Returns one row per moment and one column per task, in order:
//
//      task 0                 task 2
//   0  [ push(1)
//   1  |                      [ pop()
//   2  ] push(1) -> true      |
//
// "[" is an invocation, "]" a return, "|" a call in progress.
std::string HistoryTable(std::span<const ReportedCall> calls);

// Returns "push(1) -> true", or "push(1)" for a pending call.
std::string CallText(const ReportedCall& call);

// Returns `text` on one line of printable ASCII; other bytes as "\x0a".
std::string PlainText(absl::string_view text);

}  // namespace fozzy

#endif  // FOZZY_SIM_HISTORY_TABLE_H_

// A schedule as people read it.
#ifndef FOZZY_SIM_SEARCH_SCHEDULE_TABLE_H_
#define FOZZY_SIM_SEARCH_SCHEDULE_TABLE_H_

#include <cstddef>
#include <string>

#include "sim/search/schedule_log.h"

namespace fozzy {

// Rows of a table, at most, with the one that says what was cut out.
inline constexpr size_t kScheduleRowsMax = 200;

// Returns one row per op and one column per task, in order:
//
//     main                  task 1                task 2
//   1 spawn task 1 q.cc:30
//   2                       load #1 q.cc:12
//   3                                             load #1 q.cc:12 [stale by 1]
//
// Three or more rows in a row of one task that no other task could tell are
// one, "(5 ops)"; virtual time stands where it moves.  With more than six
// tasks there is one column, and rows begin with the name of their task.
// Call it right after the run.
std::string ScheduleTable(const ScheduleLog& log);

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SCHEDULE_TABLE_H_

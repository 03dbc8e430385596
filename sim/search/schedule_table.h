// What the tasks of a run did, for people: a column for each task.
#ifndef FOZZY_SIM_SEARCH_SCHEDULE_TABLE_H_
#define FOZZY_SIM_SEARCH_SCHEDULE_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "sim/simulation.h"

namespace fozzy {

// Collects the ops of a run.
class ScheduleTable final : public BodyListener {
 public:
  // Rows that are printed at most; those in the middle are left out first.
  static constexpr size_t kRowsMax = 200;

  void OnTask(const TaskChoice& choice, uint32_t answer) override;
  void OnValue(const ValueChoice& choice, uint64_t answer) override;
  void OnOp(const Op& op, Site site) override;
  void OnLog(TaskId task, uint64_t now, std::string_view text) override;

  // Returns the table.  Ops that one task does in a row are folded, but for
  // the first and the last few.
  using NameOf = absl::FunctionRef<std::string(TaskId)>;
  std::string Text(NameOf name_of) const;

 private:
  struct Row {
    TaskId task = {};
    std::string text;
    bool is_kept = false;  // never folded
  };

  void Mark(TaskId task, std::string_view mark);
  std::vector<Row> Folded() const;
  static std::vector<TaskId> TasksOf(const std::vector<Row>& rows);

  std::vector<Row> rows_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_SCHEDULE_TABLE_H_

// The tasks that can run, in the order strategies are shown them.
#ifndef FOZZY_SIM_CORE_TASK_SET_H_
#define FOZZY_SIM_CORE_TASK_SET_H_

#include <cstdint>
#include <cstring>
#include <span>

#include "fozzy/decision.h"
#include "fozzy/strategy.h"
#include "sim/core/arena_vector.h"

namespace fozzy {

// A dense array, kept in order as tasks come and go: the leader, if it is a
// member, then the others by id, and
// kTimerTask last: a deadline that passes early is never the dullest answer.
class TaskSet {
 public:
  explicit TaskSet(Arena& arena) : tasks_(arena) {}

  size_t size() const { return tasks_.size(); }
  TaskId operator[](size_t i) const { return tasks_[i]; }
  std::span<const TaskId> span() const { return tasks_.span(); }

  void Clear() {
    tasks_.clear();
    has_leader_ = false;
  }

  // Requires that `task` is not a member.
  void Insert(TaskId task) { tasks_.insert(Place(task), task); }

  // Requires that `task` is a member.
  void Erase(TaskId task) {
    if (has_leader_ && tasks_[0] == task) {
      has_leader_ = false;
      tasks_.erase(0);
      return;
    }
    tasks_.erase(Place(task));
  }

  // Inserts all of them in one pass.  Requires that they are in the order of
  // this set, none a member.
  void InsertAll(std::span<const TaskId> tasks) {
    size_t from = tasks_.size();
    tasks_.resize(from + tasks.size());
    const size_t first = has_leader_ ? 1 : 0;
    size_t to = tasks_.size();
    for (size_t left = tasks.size(); left > 0;) {
      const bool is_new =
          from == first || Rank(tasks_[from - 1]) < Rank(tasks[left - 1]);
      tasks_[--to] = is_new ? tasks[--left] : tasks_[--from];
    }
  }

  // Erases all that `is_gone` in one pass.
  template <class Predicate>
  void EraseIf(Predicate is_gone) {
    if (has_leader_ && is_gone(tasks_[0])) has_leader_ = false;
    size_t kept = 0;
    for (const TaskId task : tasks_) {
      tasks_[kept] = task;
      if (!is_gone(task)) ++kept;
    }
    tasks_.resize(kept);
  }

  bool Contains(TaskId task) const {
    if (has_leader_ && tasks_[0] == task) return true;
    const size_t place = Place(task);
    return place < tasks_.size() && tasks_[place] == task;
  }

  // Makes the member at `index` the leader; the one before takes its place
  // among the others.
  void Lead(size_t index) {
    const TaskId task = tasks_[index];
    if (!has_leader_) {
      Shift(0, index);
      has_leader_ = true;
      tasks_[0] = task;
      return;
    }
    const TaskId before = tasks_[0];
    const size_t place =
        tasks_.size() > kFew ? Leave(index, before) : LeaveFew(index, before);
    tasks_[place] = before;
    tasks_[0] = task;
  }

  // Puts the leader among the others.
  void Unlead() {
    if (!has_leader_) return;
    has_leader_ = false;
    const TaskId before = tasks_[0];
    size_t place = 0;
    while (place + 1 < tasks_.size() &&
           Rank(tasks_[place + 1]) < Rank(before)) {
      tasks_[place] = tasks_[place + 1];
      ++place;
    }
    tasks_[place] = before;
  }

 private:
  static uint32_t Rank(TaskId task) {
    return task == kTimerTask ? ~uint32_t{0} : task.value;
  }

  // Up to so many are looked at one after the other.
  static constexpr size_t kFew = 16;

  // Leaves the place at `index`, which others move to, for the one of `before`,
  // which is returned.
  size_t LeaveFew(size_t index, TaskId before) {
    for (; index > 1 && Rank(before) < Rank(tasks_[index - 1]); --index) {
      tasks_[index] = tasks_[index - 1];
    }
    const size_t last = tasks_.size() - 1;
    for (; index < last && Rank(tasks_[index + 1]) < Rank(before); ++index) {
      tasks_[index] = tasks_[index + 1];
    }
    return index;
  }
  size_t Leave(size_t index, TaskId before) {
    const size_t after = Place(before);  // the first that is to come after it
    if (after <= index) {
      Shift(after, index);
      return after;
    }
    for (size_t i = index; i + 1 < after; ++i) tasks_[i] = tasks_[i + 1];
    return after - 1;
  }

  // Moves [from, to) one place up.
  void Shift(size_t from, size_t to) {
    for (size_t i = to; i > from; --i) tasks_[i] = tasks_[i - 1];
  }

  // Returns where `task` is or belongs among those that do not lead.
  size_t Place(TaskId task) const {
    size_t low = has_leader_ ? 1 : 0;
    size_t high = tasks_.size();
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (Rank(tasks_[middle]) < Rank(task)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  ArenaVector<TaskId> tasks_;
  bool has_leader_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_TASK_SET_H_

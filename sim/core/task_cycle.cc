#include "sim/core/task_cycle.h"

namespace fozzy {
namespace {

// The part that is sorted by id: all, or all but the current task.
uint32_t SortedFrom(const TaskChoice& choice) {
  return choice.runnable[0] == choice.current ? 1 : 0;
}

// Returns the index in the sorted part of the first id >= `id`, or its end.
uint32_t FirstFrom(const TaskChoice& choice, uint64_t id) {
  uint32_t begin = SortedFrom(choice);
  auto end = static_cast<uint32_t>(choice.runnable.size());
  while (begin < end) {
    const uint32_t middle = begin + (end - begin) / 2;
    if (choice.runnable[middle].value < id) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

}  // namespace

uint32_t NextInCycle(const TaskChoice& choice, TaskId task) {
  const auto size = static_cast<uint32_t>(choice.runnable.size());
  const uint32_t sorted_from = SortedFrom(choice);
  const uint32_t sorted = FirstFrom(choice, uint64_t{task.value} + 1);
  const uint32_t wrapped = sorted < size ? sorted : sorted_from;
  if (sorted_from == 0) return wrapped;
  // The current task stands outside: does it come before `wrapped`?
  if (size == 1) return 0;
  const uint32_t above = task.value + 1;
  const uint32_t current_distance = choice.current.value - above;
  const uint32_t sorted_distance = choice.runnable[wrapped].value - above;
  return current_distance < sorted_distance ? 0 : wrapped;
}

uint32_t IndexOf(const TaskChoice& choice, TaskId task) {
  if (choice.runnable[0] == task) return 0;
  const uint32_t index = FirstFrom(choice, task.value);
  if (index == choice.runnable.size()) return kNotRunnable;
  return choice.runnable[index] == task ? index : kNotRunnable;
}

}  // namespace fozzy

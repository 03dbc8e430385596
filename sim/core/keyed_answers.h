// A recorded run in a form that survives the loss of parts of it.
#ifndef FOZZY_SIM_CORE_KEYED_ANSWERS_H_
#define FOZZY_SIM_CORE_KEYED_ANSWERS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "fozzy/strategy.h"

namespace fozzy {

// An answer and the question it was given to.
struct KeyedAnswer {
  ChoiceKey key;
  uint64_t answer = 0;

  friend bool operator==(const KeyedAnswer&, const KeyedAnswer&) = default;
};

// Questions by task, by kind, then in the order they were asked.
bool operator<(const ChoiceKey& a, const ChoiceKey& b);

// A stretch of a schedule: `task` was chosen `points` times in a row.
struct Segment {
  TaskId task = {};
  uint64_t points = 0;

  friend bool operator==(const Segment&, const Segment&) = default;
};

// Writes the answers of the recorded run `decisions` into `table`, sorted by
// key, and returns the part of it that was used.  Choices of tasks are left
// out: a schedule is a list of segments.  Requires room for all others.
std::span<KeyedAnswer> KeyAnswers(std::span<const Decision> decisions,
                                  std::span<KeyedAnswer> table);

// Returns the answer to the question `key` in `table`, which is sorted, or
// null.
const KeyedAnswer* FindAnswer(std::span<const KeyedAnswer> table,
                              const ChoiceKey& key);

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_KEYED_ANSWERS_H_

// The answers of a run, short enough to keep many of them.
#ifndef FOZZY_SIM_CORE_ANSWER_LIST_H_
#define FOZZY_SIM_CORE_ANSWER_LIST_H_

#include <cstdint>
#include <span>

#include "fozzy/decision.h"
#include "sim/core/arena.h"

namespace fozzy {

// One answer, given `count` times in a row.
struct AnswerRun {
  ChoiceKind kind = ChoiceKind::kTask;
  uint32_t count = 0;   // at least 1
  uint64_t answer = 0;  // of kTask: the id of the task

  friend bool operator==(const AnswerRun&, const AnswerRun&) = default;
};

// A list of them in memory that grows as needed and is kept when a shorter one
// takes its place.  Never destroyed, as the arena it grows in.
class AnswerList {
 public:
  void Assign(std::span<const AnswerRun> answers, Arena& arena) {
    size_ = static_cast<uint32_t>(answers.size());
    if (size_ > capacity_) {
      capacity_ = size_ > 2 * capacity_ ? size_ : 2 * capacity_;
      answers_ = arena.AllocateArray<AnswerRun>(capacity_);
    }
    for (uint32_t i = 0; i < size_; ++i) answers_[i] = answers[i];
  }

  std::span<const AnswerRun> span() const { return {answers_, size_}; }

  // Returns the number of answers, repeated ones counted as often.
  uint64_t Count() const {
    uint64_t count = 0;
    for (const AnswerRun& run : span()) count += run.count;
    return count;
  }

 private:
  AnswerRun* answers_ = nullptr;
  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
};

// Appends answers to an array of fixed size; what does not fit is left out.
template <uint32_t kSize>
class AnswerRecorder {
 public:
  void Clear() { size_ = 0; }

  void Append(ChoiceKind kind, uint64_t answer) {
    if (size_ != 0) {
      AnswerRun& last = runs_[size_ - 1];
      if (last.kind == kind && last.answer == answer &&
          last.count != ~uint32_t{0}) {
        ++last.count;
        return;
      }
    }
    if (size_ < kSize) runs_[size_++] = {kind, 1, answer};
  }

  std::span<const AnswerRun> span() const { return {runs_, size_}; }

 private:
  AnswerRun runs_[kSize];
  uint32_t size_ = 0;
};

// Reads a list answer by answer.
class AnswerReader {
 public:
  // Starts at answer number `from`.
  void Start(std::span<const AnswerRun> answers, uint64_t from) {
    answers_ = answers;
    at_ = 0;
    while (at_ < answers_.size() && from >= answers_[at_].count) {
      from -= answers_[at_++].count;
    }
    passed_ = from;
  }

  // Returns the next answer, or null after the last one.
  const AnswerRun* Next() {
    if (at_ == answers_.size()) return nullptr;
    const AnswerRun* run = &answers_[at_];
    if (++passed_ == run->count) {
      ++at_;
      passed_ = 0;
    }
    return run;
  }

 private:
  std::span<const AnswerRun> answers_ = {};
  size_t at_ = 0;
  uint64_t passed_ = 0;  // of answers_[at_]
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_ANSWER_LIST_H_

// The list of answers of a run, as short as it can be kept while it runs.
#ifndef FOZZY_SIM_CORE_ANSWER_LOG_H_
#define FOZZY_SIM_CORE_ANSWER_LOG_H_

#include <cstdint>
#include <span>

#include "sim/core/arena_vector.h"

namespace fozzy {

// A flat append of run-length coded answers: how many answers 0, then one that
// is not, and so on; numbers as LEB128.
class AnswerLog {
 public:
  explicit AnswerLog(Arena& arena) : bytes_(arena) {}

  void Clear() {
    bytes_.clear();
    zeros_ = 0;
    size_ = 0;
  }

  void Append(uint64_t answer) {
    ++size_;
    if (answer == 0) {
      ++zeros_;
      return;
    }
    if ((zeros_ | answer) < 0x80) {
      uint8_t* two = bytes_.extend(2);
      two[0] = static_cast<uint8_t>(zeros_);
      two[1] = static_cast<uint8_t>(answer);
    } else {
      Write(zeros_);
      Write(answer);
    }
    zeros_ = 0;
  }

  uint64_t size() const { return size_; }  // answers
  std::span<const uint8_t> bytes() const { return bytes_.span(); }
  // Answers 0 at the end, which are not in bytes().
  uint64_t zeros() const { return zeros_; }

 private:
  [[gnu::noinline]] void Write(uint64_t number) {
    while (number >= 0x80) {
      bytes_.push_back(static_cast<uint8_t>(number | 0x80));
      number >>= 7;
    }
    bytes_.push_back(static_cast<uint8_t>(number));
  }

  ArenaVector<uint8_t> bytes_;
  uint64_t zeros_ = 0;
  uint64_t size_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_ANSWER_LOG_H_

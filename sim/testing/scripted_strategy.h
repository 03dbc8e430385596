// A strategy for tests: the test says the answers and reads the questions.
#ifndef FOZZY_SIM_TESTING_SCRIPTED_STRATEGY_H_
#define FOZZY_SIM_TESTING_SCRIPTED_STRATEGY_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "fozzy/strategy.h"

namespace fozzy {

// Gives the answers of the script in order, then 0.  It does not test whether
// an answer is possible.
class ScriptedStrategy final : public Strategy {
 public:
  // What was asked, in order.  Choices of tasks have no weight and no draw;
  // their `last` is the index of the last runnable task.
  using Questions = std::vector<ValueChoice>;

  explicit ScriptedStrategy(std::vector<uint64_t> answers = {})
      : answers_(std::move(answers)) {}

  // There is always another run; it goes on in the script.
  bool Begin(uint64_t) override { return true; }

  uint32_t PickTask(const TaskChoice& choice) override {
    return static_cast<uint32_t>(
        PickValue({.kind = ChoiceKind::kTask,
                   .last = choice.runnable.size() - 1,
                   .key = {choice.current, ChoiceKind::kTask, choice.point}}));
  }

  uint64_t PickValue(const ValueChoice& choice) override {
    questions_.push_back(choice);
    return next_ < answers_.size() ? answers_[next_++] : 0;
  }

  const Questions& questions() const { return questions_; }

  // Whether the script has been used up.
  bool is_done() const { return next_ == answers_.size(); }

 private:
  std::vector<uint64_t> answers_;
  size_t next_ = 0;
  Questions questions_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_TESTING_SCRIPTED_STRATEGY_H_

// The questions of the present run, and what is still to be answered to them.
#ifndef FOZZY_SIM_CORE_DPOR_STACK_H_
#define FOZZY_SIM_CORE_DPOR_STACK_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/arena_vector.h"
#include "sim/core/dpor_bytes.h"
#include "sim/core/dpor_op.h"
#include "sim/core/dpor_wakeup_tree.h"

namespace fozzy {

// A stack of questions with the answers of the present run.  A question about
// tasks knows who could run, who sleeps, and which sequences of ops are planned
// for later runs.
//
// A task sleeps if all runs in which it comes next have been done.  It wakes
// when an op is executed that its own depends on.
//
// Source: sleep sets, Godefroid, "Partial-Order Methods for the Verification of
// Concurrent Systems", LNCS 1032, 1996.
class DporStack {
 public:
  struct Question {
    bool is_task = false;
    uint32_t ops = 0;  // executed before it was asked
    uint64_t answer = 0;
    uint64_t last = 0;
    // Whether there was no plan left for it.
    bool is_free = true;
    // Those that can run are ready_[ready_begin + i], i <= last; those that
    // slept already when it was asked are sleepers_[sleepers_begin + i].
    uint32_t ready_begin = 0;
    uint32_t sleepers_begin = 0;
    uint32_t sleepers = 0;
    DporNames named = {};        // that were known when it was asked
    WakeupTrees::Tree tree = 0;  // without the branch of the present run
  };

  explicit DporStack(Arena& arena)
      : questions_(arena), ready_(arena), sleepers_(arena), trees_(arena) {}

  size_t size() const { return questions_.size(); }
  const Question& operator[](size_t i) const { return questions_[i]; }

  // Adds a question about a value and answers 0.
  void PushValue(uint32_t ops, uint64_t last);

  // Adds a question about tasks, after `ops` executed ops, the last of which
  // are `since` the question about tasks before.  Returns false, and adds
  // nothing, if no task that can run is awake: whatever comes now has been
  // seen.
  bool PushTask(uint32_t ops, const TaskChoice& choice,
                std::span<const DporOp> since);

  // Whether a task that sleeps has executed an op of `since`, which follow the
  // last question about tasks.
  bool HasSleeperRun(std::span<const DporOp> since) const;

  // Returns the place of the question about tasks that was answered with the
  // op that came after `ops` ops, or size() if nothing was asked.
  size_t TaskQuestionAt(uint32_t ops) const;

  // Whether `task` could run at a question about tasks.
  bool IsReady(const Question& question, uint32_t task) const;

  // Plans a run in which `sequence`, which is used up, comes at question `at`
  // instead of what came there, unless that is impossible, or such a run has
  // been done or is planned.  Returns whether nothing more can come of this
  // race as long as the questions up to `at` have the same answers: how the
  // run went on after it did not matter.
  // If `names_vary` not all runs number tasks and objects in the same way.
  bool Plan(size_t at, DporSequence& sequence, bool names_vary);

  // Drops the questions that have no answer left, and takes the next answer of
  // the last one that has.  Returns the number of ops that repeat, or kDone.
  static constexpr uint32_t kDone = ~uint32_t{0};
  uint32_t Advance();

  // Drops all questions from number `size` on.
  void Truncate(size_t size);

  size_t planned() const { return trees_.size(); }

  void Save(ByteWriter& writer) const;
  // Fills an empty stack.  Returns false if what is read makes no sense.
  bool Load(ByteReader& reader);

 private:
  static constexpr uint32_t kOpsMax = kDone - 1;

  struct Ready {
    DporOp op = {};
    bool is_done = false;     // all runs in which it comes next
    bool is_planned = false;  // by a strategy that saved itself
  };

  std::span<Ready> ReadyOf(const Question& question);
  std::span<const Ready> ReadyOf(const Question& question) const;
  std::span<const DporOp> SleepersOf(const Question& question) const;
  const DporOp& AnswerOf(const Question& question) const {
    return ready_[question.ready_begin + question.answer].op;
  }
  WakeupTrees::Tree TakePlan(std::span<const DporOp> since);
  void PushSleepers(std::span<const DporOp> since);
  DporNames NamesAt(const Question& question,
                    std::span<const DporOp> since) const;
  void PlanDeadline(Question& question);
  bool AnswerNew(Question& question);
  bool AnswerPlanned(Question& question);
  bool AnswerNext(Question& question);
  bool IsAsleep(const Question& question, uint32_t task) const;
  void Pop();
  void LoadTasks(ByteReader& reader, Question& question);

  ArenaVector<Question> questions_;
  ArenaVector<Ready> ready_;
  ArenaVector<DporOp> sleepers_;
  WakeupTrees trees_;
  WakeupTrees::Tree plan_ = 0;  // what is to follow the last question
  size_t last_task_ = 0;        // place + 1 of the last question about tasks
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DPOR_STACK_H_

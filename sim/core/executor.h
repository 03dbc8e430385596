// Runs tasks one at a time, in the order that a strategy says.
#ifndef FOZZY_SIM_CORE_EXECUTOR_H_
#define FOZZY_SIM_CORE_EXECUTOR_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "fozzy/decision.h"
#include "fozzy/site.h"
#include "fozzy/strategy.h"
#include "sim/base/digest.h"
#include "sim/core/answer_log.h"
#include "sim/core/arena.h"
#include "sim/core/arena_vector.h"
#include "sim/core/carrier.h"
#include "sim/core/task.h"
#include "sim/core/task_set.h"
#include "sim/core/timer_queue.h"
#include "sim/core/value_oracle.h"
#include "sim/core/wait_queue.h"

namespace fozzy {

// Hears what a run does, in order.
class RunListener {
 public:
  virtual void OnTask(const TaskChoice& choice, uint32_t answer) = 0;
  virtual void OnValue(const ValueChoice& choice, uint64_t answer) = 0;
  // Right before it happens.
  virtual void OnOp(const Op& op, Site site) = 0;

 protected:
  ~RunListener() = default;
};

// How a run ended.
enum class RunEnd : uint8_t {
  kClean = 0,  // every task came to its end
  kDeadlock,   // those that are left wait, and no deadline is to come
  kLivelock,   // those that are left spin, and nothing ever changes
  kStepBound,  // more schedule points than allowed
  kStopped,    // somebody called Stop
};

// The heart of a simulation: it knows which tasks there are and which of them
// can run, asks the strategy who goes on, and moves virtual time.
//
// A task runs alone until it comes to a schedule point, where others may go
// first.  Everything that more than one task can see is done right after such
// a point: Point and the wait functions announce an op, return when its turn
// has come, and the caller does it at once.
//
// Called on the stacks of tasks, but for Run.
class Executor final : public ValueOracle {
 public:
  struct Options {
    uint64_t points_max = 1'000'000;  // schedule points of a run
    uint32_t timer_races = 2;  // deadlines that may pass before their time
    // How the functions of tasks are called; null: directly.
    void (*call)(void (*function)(void*), void* argument) = nullptr;
  };

  // Neither is owned.
  Executor(Arena& arena, Carrier& carrier);

  // Runs function(argument) as task 0, with every task that it starts, to the
  // end.  `strategy` has begun; `listener` may be null.  Unless the end is
  // kClean, the stacks of tasks that have not ended are lost.
  RunEnd Run(void (*function)(void*), void* argument, Strategy& strategy,
             const Options& options, RunListener* listener);

  TaskId current() const { return choice_.current; }
  uint64_t now() const { return now_; }  // virtual, in nanoseconds
  uint64_t points() const { return choice_.point; }
  bool is_abandoned() const { return is_abandoned_; }
  const Digest& digest() const { return digest_; }
  const AnswerLog& answers() const { return answers_; }
  uint32_t task_count() const { return task_count_; }
  const Task& task(TaskId task) const { return *tasks_[task.value]; }
  const Op& pending(TaskId task) const { return pending_[task.value]; }

  // There are objects up to this number.
  void NoteObject(uint32_t object) { objects_ = object; }

  // Starts a task, which becomes runnable.
  TaskId Spawn(void (*function)(void*), void* argument, Site site);

  // An op that can be done whenever its turn comes: returns when it has.
  [[gnu::always_inline]] void Point(const Op& op, Site site) {
    Announce(op, site);
    if (runnable_.size() > 1) Decide();
    Execute();
  }

  // An op that no other task could tell from one done earlier or later: it is
  // told to the listeners and does not let others go first.
  void Do(const Op& op, Site site) {
    Announce(op, site);
    Execute();
  }

  // An op that can be done while `queue` is open, by a task that waits in it
  // until then.  Returns true when its turn has come; the task is out of the
  // queue.  With a deadline, in nanoseconds, it returns false, and the op is
  // not done, if that passed first.
  bool PointIn(WaitQueue& queue, const Op& op, Site site,
               uint64_t deadline = kNoDeadline);

  // Those in `queue` can run, or cannot.
  void Open(WaitQueue& queue);
  void Close(WaitQueue& queue);

  // Takes task `id` out of the queue it waits in and puts it into `to`, to do
  // `op` there: what it announced is forgotten, and so is its deadline.
  void Move(TaskId id, WaitQueue& to, const Op& op);

  // Waits until task `id` has ended.
  void Join(TaskId id, Site site);

  // Waits until the deadline passes.
  void Sleep(uint64_t deadline, Site site);

  // Lets every other task go first that can: the task goes on when something
  // changes, or nobody else can run.
  void Yield(Site site);

  // What the current task just did changed something that others can see.
  void NoteChange() {
    me_->spins = 0;
    me_->yields = 0;
    rounds_ = 0;
    if (!yielded_.empty()) ResumeYielded(kYieldsMax);
  }

  // The current task read `store` (any number but 0) of `object`.  Returns
  // true if it spins: it then is to yield before it goes on.
  bool NoteRead(uint32_t object, uint64_t store) {
    uint64_t& last = me_->last_reads[object & 7];
    if (last != store) {
      last = store;
      return false;
    }
    return ++me_->spins >= kSpinsMax;
  }

  // Asks the strategy for a number from 0 to `last`; 0 is not asked for.
  uint64_t Choose(ChoiceKind kind, uint64_t last, Weight weight = {});
  uint64_t Ask(ChoiceKind kind, uint64_t last) override {
    return Choose(kind, last);
  }

  // Mixes something into the digest that the run did besides its ops.
  void Mix(uint64_t number) { digest_.Mix(number); }

  // Ends the run here and now; does not return.
  [[noreturn]] void Stop(RunEnd end);

 private:
  // Yields in a row after which a task waits until nobody else can run.
  static constexpr uint32_t kYieldsMax = 8;
  // Reads in a row that brought nothing new after which a task yields.
  static constexpr uint8_t kSpinsMax = 3;
  // Deadlines of one moment that are asked about.
  static constexpr uint64_t kTiesMax = 8;
  // Rounds of yields by all, without a change, that are a livelock.
  static constexpr uint32_t kRoundsMax = 1'000;

  static TaskId Enter(void* executor);

  [[gnu::always_inline]] void Announce(const Op& op, Site site) {
    Op& pending = pending_[choice_.current.value];
    // Field by field: in one piece they cannot be read before they have been
    // written in several, which takes as long as the rest of a point.
    pending.kind = op.kind;
    pending.object = op.object;
    pending.offset = op.offset;
    pending.size = op.size;
    pending.order = op.order;
    pending.task = choice_.current;
    // What is said without a place is near the one before.
    if (site.file != nullptr) me_->site = site;
    pending.site = me_->site.id();
    if (++choice_.point > points_max_) Stop(RunEnd::kStepBound);
  }
  void Execute() { Hear(pending_[choice_.current.value]); }
  void Hear(const Op& op) {
    digest_.Mix(
        (uint64_t{op.object} << 32 | op.site) ^
        ((uint64_t{op.task.value} << 8 | static_cast<uint64_t>(op.kind)) *
         0x9e3779b97f4a7c15));
    if (is_heard_) [[unlikely]]
      TellListeners(op);
  }
  void TellListeners(const Op& op);
  void Decide();
  // The task at `index` of runnable_ is the current one.
  void Become(uint32_t index) {
    choice_.current = runnable_[index];
    me_ = tasks_[choice_.current.value];
    runnable_.Lead(index);
  }
  uint32_t PickTask();
  uint32_t PickNext();
  void Advance();
  TimerQueue::Timer PopTimer();
  void Leave();
  TaskId AddTask(void (*function)(void*), void* argument);
  void AddTimerTask();
  TaskId Exit();
  void MakeRunnable(Task& task, TaskId id);
  void MakeWaiting(Task& task, TaskId id, TaskState state);
  void Enqueue(WaitQueue& queue, TaskId id);
  void Dequeue(TaskId id);
  void SetTimer(uint64_t deadline);
  void ClearTimer(Task& task);
  void OfferTimer();
  void FireTimer();
  bool ResumeYielded(uint32_t yields_max);
  void Reset();

  Arena& arena_;
  Carrier& carrier_;
  uint64_t points_max_ = 0;
  void (*call_)(void (*function)(void*), void* argument) = nullptr;
  Strategy* strategy_ = nullptr;
  RunListener* listener_ = nullptr;
  bool wants_ops_ = false;
  bool is_heard_ = false;
  bool is_abandoned_ = false;

  // The next question.  All of it is kept up to date, but for who can run.
  TaskChoice choice_;
  Task* me_ = nullptr;  // the current one
  TaskSet runnable_;
  ArenaVector<Task*> tasks_;  // as many as ever; those of the run come first
  ArenaVector<Op> pending_;
  ArenaVector<TaskId> yielded_;
  ArenaVector<TaskId> woken_;  // scratch of Open
  TimerQueue timers_;
  uint32_t live_timers_ = 0;
  uint32_t races_left_ = 0;
  bool is_timer_offered_ = false;
  uint32_t rounds_ = 0;  // of yields without a change
  uint32_t task_count_ = 0;
  uint32_t live_ = 0;  // tasks that have not ended
  uint32_t objects_ = 0;
  uint64_t now_ = 0;
  RunEnd end_ = RunEnd::kClean;
  Digest digest_;
  AnswerLog answers_;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_EXECUTOR_H_

// Records what concurrent tasks asked of an object and what it answered, for
// fozzy/linearizability.h to judge.
//
//   using Queue = fozzy::QueueModel<int>;         // fozzy/history_buffers.h
//   fozzy::HistoryOf<Queue> history;
//   auto call = history.Invoke(Queue::Push{3});   // in a task
//   call.Return(queue.push(3));
//   history.Record(Queue::Pop{}, [&] { return queue.pop(); });
#ifndef FOZZY_HISTORY_H_
#define FOZZY_HISTORY_H_

#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace fozzy {

// Returns the task that runs now, as recorded by the methods of History that
// are not told one.  Defined by the simulation.
uint32_t CurrentHistoryTask();

// When a call happened.  Moments are numbered from 0, one per event of the
// history; all are different.
struct CallTimes {
  static constexpr uint64_t kNever = ~uint64_t{0};

  uint32_t task = 0;
  uint64_t invoked = 0;
  uint64_t returned = kNever;  // kNever: pending, it may have taken effect

  friend bool operator==(const CallTimes&, const CallTimes&) = default;
};

// The part of a history that does not depend on what is called.
class CallLog {
 public:
  CallLog(const CallLog&) = delete;
  CallLog& operator=(const CallLog&) = delete;

  // Returns one entry per call, in the order of invocation.  Valid until the
  // next call is recorded.
  std::span<const CallTimes> times() const { return times_; }

 protected:
  CallLog() = default;
  ~CallLog() = default;

  // Returns the number of the call, from 0.
  uint32_t LogInvoke(uint32_t task);

  // Requires that the call has not returned.
  void LogReturn(uint32_t call);

 private:
  std::vector<CallTimes> times_;
  uint64_t moments_ = 0;
};

// The calls of one object by the tasks of one run.  The order of Invoke and
// Return is real time: tasks of a simulation run one at a time.  Lives where
// it is made: its calls point to it.
template <typename Op, typename Result>
class History : public CallLog {
 public:
  // A call in progress.  One that is dropped without Return stays pending: the
  // task ended, threw or is blocked, and the call may have taken effect.
  class Call {
   public:
    // Requires that the call has not returned.  The default is for calls that
    // have nothing to say.
    void Return(Result result = {}) {
      history_->LogReturn(call_);
      history_->results_[call_] = std::move(result);
    }

   private:
    friend class History;

    Call(History* history, uint32_t call) : history_(history), call_(call) {}

    History* history_;
    uint32_t call_;
  };

  // To be called right before the operation starts.
  [[nodiscard]] Call Invoke(uint32_t task, Op op) {
    const uint32_t call = LogInvoke(task);
    ops_.push_back(std::move(op));
    results_.emplace_back();
    return Call(this, call);
  }
  [[nodiscard]] Call Invoke(Op op) {
    return Invoke(CurrentHistoryTask(), std::move(op));
  }

  // Records `op`, carried out by `body()`, and returns what that returns.  If
  // `body` throws, the call stays pending.
  template <typename Body>
  auto Record(uint32_t task, Op op, Body&& body) {
    Call call = Invoke(task, std::move(op));
    if constexpr (std::is_void_v<decltype(body())>) {
      body();
      call.Return();
    } else {
      auto result = body();
      call.Return(Result(result));
      return result;
    }
  }
  template <typename Body>
  auto Record(Op op, Body&& body) {
    return Record(CurrentHistoryTask(), std::move(op),
                  std::forward<Body>(body));
  }

  // Requires a call of times().
  const Op& op(uint32_t call) const { return ops_[call]; }

  // Returns nothing for a pending call.  Requires a call of times().
  const std::optional<Result>& result(uint32_t call) const {
    return results_[call];
  }

 private:
  std::vector<Op> ops_;
  std::vector<std::optional<Result>> results_;
};

// The history that a model of fozzy/history_models.h, or one like them, can
// judge.
template <typename Model>
using HistoryOf = History<typename Model::Op, typename Model::Result>;

}  // namespace fozzy

#endif  // FOZZY_HISTORY_H_

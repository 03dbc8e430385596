// Histories of tasks that share an object, drawn at random.
#ifndef FOZZY_SIM_TESTING_RANDOM_HISTORY_H_
#define FOZZY_SIM_TESTING_RANDOM_HISTORY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "fozzy/history.h"
#include "sim/base/rng.h"

namespace fozzy {

struct RandomHistoryOptions {
  uint32_t tasks = 3;
  uint32_t calls = 5;            // in all
  uint32_t pending_percent = 0;  // of tasks that stop after each step of a call
  bool goes_on = false;  // tasks that stopped in a call leave it and go on
};

// Records calls of tasks that take turns at random: one invokes, lets the
// object act in as many steps as it likes, and returns.  The object is
//
//   Op Draw(Rng&);                                  // what to ask next
//   std::optional<Result> Act(uint32_t task, const Op&);  // once per step;
//                                                   // nothing: not yet done
//
// so an object that acts in one step is linearizable.  Tasks that stop
// may leave fewer calls.
template <typename Object, typename Op, typename Result>
void RecordRandomHistory(Object& object, Rng& rng,
                         const RandomHistoryOptions& options,
                         History<Op, Result>& history) {
  struct Task {
    std::optional<typename History<Op, Result>::Call> call;
    std::optional<Op> op;
    std::optional<Result> result;
    bool has_stopped = false;
  };
  std::vector<Task> tasks(options.tasks);
  uint32_t invoked = 0;
  uint32_t stopped = 0;
  uint32_t open = 0;
  while (stopped < options.tasks && (invoked < options.calls || open > 0)) {
    const uint32_t id = static_cast<uint32_t>(rng.UpTo(options.tasks - 1));
    Task& task = tasks[id];
    if (task.has_stopped) continue;
    if (!task.op.has_value()) {
      if (invoked == options.calls) continue;
      task.op = object.Draw(rng);
      task.call.emplace(history.Invoke(id, *task.op));
      ++invoked;
      ++open;
    } else if (!task.result.has_value()) {
      task.result = object.Act(id, *task.op);
    } else {
      task.call->Return(*task.result);
      task = Task();
      --open;
      continue;
    }
    if (!rng.Chance(options.pending_percent, 100)) continue;
    --open;
    task = Task();
    if (options.goes_on) continue;
    task.has_stopped = true;
    ++stopped;
  }
}

}  // namespace fozzy

#endif  // FOZZY_SIM_TESTING_RANDOM_HISTORY_H_

// Random programs over everything that can be waited for, against all of their
// schedules: what partial-order reduction leaves out brings nothing new.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fozzy/sync.h"
#include "sim/base/fast_rng.h"
#include "sim/core/dfs_strategy.h"
#include "sim/core/dpor_strategy.h"
#include "sim/simulation.h"

namespace fozzy {
namespace {

using std::chrono::milliseconds;

// What the tasks of a program share.
struct World {
  atomic<int> x = 0;
  atomic<int> y = 0;
  mutex lock;
  int guarded = 0;
  timed_mutex timed;
  int timed_uses = 0;
  condition_variable changed;
  counting_semaphore<8> tokens{1};
  latch gate{2};
  barrier<> meeting{2};
  promise<int> result;
  shared_future<int> outcome = result.get_future().share();
  atomic<bool> is_claimed = false;
  shared_mutex book;
  int page = 0;
  once_flag once;
  int first = 0;
  atomic<int> flag = 0;
};

// Something a task does, and what it sees.
struct Action {
  std::string_view name;
  int (*act)(World& world, int task);
};

constexpr auto kMemory = std::to_array<Action>({
    {"x=1", [](World& w, int) { return w.x.store(1), 0; }},
    {"x=2", [](World& w, int) { return w.x.store(2), 0; }},
    {"x", [](World& w, int) { return w.x.load(); }},
    {"x++", [](World& w, int) { return w.x.fetch_add(1); }},
    {"x<->3", [](World& w, int) { return w.x.exchange(3); }},
    {"y=1", [](World& w, int) { return w.y.store(1), 0; }},
    {"y", [](World& w, int) { return w.y.load(); }},
    {"cas",
     [](World& w, int) {
       int old = 0;
       return w.x.compare_exchange_strong(old, 5) ? -1 : old;
     }},
});

constexpr auto kLocks = std::to_array<Action>({
    {"section",
     [](World& w, int) {
       const lock_guard<mutex> hold(w.lock);
       return ++w.guarded;
     }},
    {"try_section",
     [](World& w, int) {
       const unique_lock<mutex> hold(w.lock, std::try_to_lock);
       return hold.owns_lock() ? ++w.guarded : -1;
     }},
    {"section_for",
     [](World& w, int) {
       const unique_lock<timed_mutex> hold(w.timed, milliseconds(1));
       return hold.owns_lock() ? ++w.timed_uses : -1;
     }},
    {"timed_section",
     [](World& w, int) {
       const lock_guard<timed_mutex> hold(w.timed);
       return ++w.timed_uses;
     }},
    {"read",
     [](World& w, int) {
       const shared_lock<shared_mutex> hold(w.book);
       return w.page;
     }},
    {"try_read",
     [](World& w, int) {
       const shared_lock<shared_mutex> hold(w.book, std::try_to_lock);
       return hold.owns_lock() ? w.page : -1;
     }},
    {"write",
     [](World& w, int) {
       const unique_lock<shared_mutex> hold(w.book);
       return ++w.page;
     }},
    {"once",
     [](World& w, int task) {
       call_once(w.once, [&] { w.first = task + 1; });
       return w.first;
     }},
});

constexpr auto kConditions = std::to_array<Action>({
    {"wait",
     [](World& w, int) {
       unique_lock<mutex> hold(w.lock);
       w.changed.wait(hold);
       return w.guarded;
     }},
    {"wait_until_set",
     [](World& w, int) {
       unique_lock<mutex> hold(w.lock);
       w.changed.wait(hold, [&] { return w.guarded > 0; });
       return w.guarded;
     }},
    {"wait_for",
     [](World& w, int) {
       unique_lock<mutex> hold(w.lock);
       const cv_status status = w.changed.wait_for(hold, milliseconds(1));
       return 2 * w.guarded + (status == cv_status::timeout ? 1 : 0);
     }},
    {"set_one",
     [](World& w, int) {
       {
         const lock_guard<mutex> hold(w.lock);
         ++w.guarded;
       }
       w.changed.notify_one();
       return 0;
     }},
    {"set_all",
     [](World& w, int) {
       const lock_guard<mutex> hold(w.lock);
       ++w.guarded;
       w.changed.notify_all();
       return 0;
     }},
    {"flag.wait",
     [](World& w, int) {
       w.flag.wait(0);
       return w.flag.load();
     }},
    {"flag=1,one",
     [](World& w, int) {
       w.flag.store(1);
       w.flag.notify_one();
       return 0;
     }},
    {"flag++,all",
     [](World& w, int) {
       const int old = w.flag.fetch_add(1);
       w.flag.notify_all();
       return old;
     }},
});

constexpr auto kCounters = std::to_array<Action>({
    {"acquire", [](World& w, int) { return w.tokens.acquire(), 0; }},
    {"try_acquire",
     [](World& w, int) { return w.tokens.try_acquire() ? 1 : 0; }},
    {"acquire_for",
     [](World& w, int) {
       return w.tokens.try_acquire_for(milliseconds(1)) ? 1 : 0;
     }},
    {"release", [](World& w, int) { return w.tokens.release(), 0; }},
    {"count_down", [](World& w, int) { return w.gate.count_down(), 0; }},
    {"gate.wait", [](World& w, int) { return w.gate.wait(), w.x.load(); }},
    {"try_wait", [](World& w, int) { return w.gate.try_wait() ? 1 : 0; }},
    {"meet", [](World& w, int) { return w.meeting.arrive_and_wait(), 0; }},
    {"drop", [](World& w, int) { return w.meeting.arrive_and_drop(), 0; }},
});

constexpr auto kTasks = std::to_array<Action>({
    {"set_value",
     [](World& w, int task) {
       const bool is_claimed = w.is_claimed.exchange(true);
       if (!is_claimed) w.result.set_value(task + 1);
       return is_claimed ? 1 : 0;
     }},
    {"get", [](World& w, int) { return w.outcome.get(); }},
    {"poll",
     [](World& w, int) {
       return static_cast<int>(w.outcome.wait_for(milliseconds(0)));
     }},
    {"get_for",
     [](World& w, int) {
       return static_cast<int>(w.outcome.wait_for(milliseconds(1)));
     }},
    {"sleep",
     [](World& w, int) {
       fozzy::this_thread::sleep_for(milliseconds(1));
       return w.x.load();
     }},
    {"child",
     [](World& w, int) {
       thread child([&] { w.x.fetch_add(1); });
       child.join();
       return w.x.load();
     }},
});

using Program = std::vector<std::vector<const Action*>>;  // by task

template <size_t kCount>
const Action* Draw(const std::array<Action, kCount>& actions, FastRng& rng) {
  return &actions[rng.UpTo(kCount - 1)];
}

// Of one kind and of memory, so that tasks meet.
const Action* DrawAction(uint64_t kind, FastRng& rng) {
  if (rng.UpTo(3) == 0) kind = rng.UpTo(4);
  switch (kind) {
    case 0:
      return Draw(kMemory, rng);
    case 1:
      return Draw(kLocks, rng);
    case 2:
      return Draw(kConditions, rng);
    case 3:
      return Draw(kCounters, rng);
    default:
      return Draw(kTasks, rng);
  }
}

Program DrawProgram(uint64_t index) {
  FastRng rng(/*seed=*/1, index);
  const uint64_t kind = rng.UpTo(4);
  Program program(2 + rng.UpTo(1));
  for (auto& task : program) {
    const uint64_t count = 1 + rng.UpTo(program.size() == 2 ? 2 : 1);
    while (task.size() < count) task.push_back(DrawAction(kind, rng));
  }
  return program;
}

std::string TextOf(const Program& program) {
  std::string text;
  for (const auto& task : program) {
    for (const Action* action : task) text.append(action->name) += "; ";
    text += "| ";
  }
  return text;
}

// What the tasks have seen in the run that goes on.
using Seen = std::array<std::array<int, 4>, 4>;

void Perform(const Program& program, Seen& seen) {
  constexpr int kNotReached = -9;
  for (auto& task : seen) task.fill(kNotReached);
  World world;
  std::vector<thread> tasks;
  for (size_t i = 0; i < program.size(); ++i) {
    tasks.emplace_back([&, i] {
      for (size_t k = 0; k < program[i].size(); ++k) {
        seen[i][k] = program[i][k]->act(world, static_cast<int>(i));
      }
    });
  }
  for (thread& task : tasks) task.join();
}

// A panic ends the run in the middle: how far the others were says nothing.
std::string TextOf(const Seen& seen, const std::optional<Finding>& finding) {
  std::string text;
  if (finding) text += FindingKindName(finding->kind);
  if (finding && finding->kind != FindingKind::kDeadlock) return text;
  for (const auto& task : seen) {
    for (const int value : task) text += " " + std::to_string(value);
  }
  return text;
}

std::vector<Op> WaitingOf(const Executor& executor) {
  std::vector<Op> waiting;
  for (TaskId id{0}; id.value < executor.task_count(); ++id.value) {
    if (id == kTimerTask) continue;
    if (executor.task(id).state == TaskState::kEnded) continue;
    waiting.push_back(executor.pending(id));
  }
  return waiting;
}

// Memory of a search.
class Blocks {
 public:
  Blocks() { ours = this; }
  Arena& arena() { return arena_; }

 private:
  static void* Grow(size_t bytes) {
    constexpr size_t kAlignment = 64;
    ours->blocks_.push_back(std::make_unique<std::byte[]>(bytes + kAlignment));
    void* block = ours->blocks_.back().get();
    size_t space = bytes + kAlignment;
    return std::align(kAlignment, bytes, block, space);
  }

  static inline Blocks* ours = nullptr;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  Arena arena_{Grow};
};

// Returns what can be seen, as the strategy searches.
std::set<std::string> Outcomes(const Program& program, MemoryModelKind model,
                               Strategy& strategy) {
  Simulation simulation({.memory_model = model,
                         .timer_races = 1,
                         .spurious_wakes = 1,
                         .stack_bytes = size_t{32} << 10});
  std::set<std::string> outcomes;
  Seen seen;
  for (uint64_t run = 0; strategy.Begin(run); ++run) {
    const RunOutcome outcome =
        simulation.Run([&] { Perform(program, seen); }, strategy, nullptr);
    if (!outcome.is_abandoned) outcomes.insert(TextOf(seen, outcome.finding));
    const std::vector<Op> waiting = WaitingOf(simulation.executor());
    strategy.End({.found = outcome.finding.has_value(),
                  .abandoned = outcome.is_abandoned,
                  .points = outcome.points,
                  .waiting = waiting});
  }
  return outcomes;
}

TEST(DporSyncTest, NothingThatCanBeSeenIsLeftOut) {
  constexpr uint64_t kPrograms = 300;
  constexpr uint64_t kRunsMax = 1'000;
  uint64_t compared = 0;
  uint64_t runs_of_all = 0;
  uint64_t runs_reduced = 0;
  for (uint64_t i = 0; i < kPrograms; ++i) {
    const Program program = DrawProgram(i);
    SCOPED_TRACE(std::to_string(i) + ": " + TextOf(program));
    const MemoryModelKind model =
        i % 4 == 0 ? MemoryModelKind::kCpp20 : MemoryModelKind::kSc;
    Blocks blocks;
    DfsStrategy all(blocks.arena(), {.runs_max = kRunsMax});
    const std::set<std::string> expected = Outcomes(program, model, all);
    if (!all.is_exhaustive()) continue;  // too large to be judged
    DporStrategy reduced(blocks.arena(), {.runs_max = kRunsMax});
    ASSERT_EQ(Outcomes(program, model, reduced), expected);
    ASSERT_TRUE(reduced.is_exhaustive());
    ++compared;
    runs_of_all += all.runs();
    runs_reduced += reduced.complete() + reduced.blocked();
  }
  EXPECT_GT(compared, kPrograms / 2);
  EXPECT_LT(runs_reduced, runs_of_all / 2);
  RecordProperty("compared", static_cast<int>(compared));
  RecordProperty("runs_of_all", static_cast<int>(runs_of_all));
  RecordProperty("runs_reduced", static_cast<int>(runs_reduced));
}

}  // namespace
}  // namespace fozzy

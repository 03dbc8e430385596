// A simulated world for C++ code: tasks, memory, time, and what goes wrong.
#ifndef FOZZY_SIM_SIMULATION_H_
#define FOZZY_SIM_SIMULATION_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "fozzy/finding.h"
#include "fozzy/hooks.h"
#include "fozzy/strategy.h"
#include "sim/core/arena.h"
#include "sim/core/executor.h"
#include "sim/core/memory_model.h"
#include "sim/core/race_detector.h"
#include "sim/fiber_carrier.h"
#include "sim/search/subject.h"
#include "sim/sync/heap_blocks.h"
#include "sim/sync/property_log.h"
#include "sim/sync/shared_cells.h"
#include "sim/sync/task_storage.h"

namespace fozzy {

// Everything that can be waited for: a lock, a condition, a semaphore, the end
// of a task.  What the fields mean is up to the type that uses it.
struct SyncObject {
  uint32_t id = 0;  // in the memory model, whose channel carries its order
  hooks::SyncKind kind = hooks::SyncKind::kMutex;
  WaitQueue queue;   // those that want it for themselves
  WaitQueue shared;  // those that would share it
  TaskId owner = kMainStack;
  TaskId last_owner = kMainStack;
  uint32_t relocks = 0;  // by the last owner, in a row
  uint64_t count = 0;
  uint32_t sharers = 0;
  uint32_t phase = 0;
  Site site = {};                 // where its owner got it
  SyncObject* partner = nullptr;  // the mutex of a condition
  // Who told it something last, if nobody heard it.
  TaskId unheard_task = kMainStack;
  Site unheard_site = {};
};

// A task has a shared lock.
struct SharedHold {
  const SyncObject* object = nullptr;
  TaskId task = {};
  Site site = {};
};

// Hears what bodies say, beside the decisions and ops of RunListener.
class BodyListener : public RunListener {
 public:
  // A line of fozzy::Log.  `now` in nanoseconds.
  virtual void OnLog(TaskId task, uint64_t now, std::string_view text) = 0;

 protected:
  ~BodyListener() = default;
};

// One world, for one run after the other.
class Simulation {
 public:
  struct Options {
    MemoryModelKind memory_model = MemoryModelKind::kCpp20;
    uint64_t points_max = 1'000'000;
    uint32_t timer_races = 2;
    uint32_t spurious_wakes = 2;  // of conditions, in a run
    // Of weak compare-exchanges, in a run.  Without a bound a search of all
    // runs never ends, and one that fails for ever looks like a livelock.
    uint32_t spurious_failures = 2;
    size_t stack_bytes = size_t{256} << 10;
  };
  explicit Simulation(const Options& options);
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  // The world that the calling code runs in, or null.
  static Simulation* current();

  // Runs `body` as task 0 to the end of all tasks, or to a finding.
  // `strategy` has begun; `listener` may be null.  After a finding the stacks
  // of tasks that had not ended stay as they are, for ever.
  RunOutcome Run(const std::function<void()>& body, Strategy& strategy,
                 BodyListener* listener);

  // For code that runs inside.

  Executor& executor() { return executor_; }
  const Executor& executor() const { return executor_; }
  MemoryModel& memory() { return memory_; }
  RaceDetector& races() { return races_; }
  TaskId task() const { return executor_.current(); }
  // Where the current task is: of its latest op that said so.
  Site site() const { return executor_.task(task()).site; }

  // Returns the object that `cell` is in this run.
  SyncObject& Bind(hooks::SyncCell& cell) {
    if (cell.handle.run != run_) return BindSlowly(cell);
    return *objects_[cell.handle.id];
  }
  LocationId Bind(hooks::AtomicCell& cell) {
    if (cell.handle.run != run_) return BindSlowly(cell);
    return cell.handle.id;
  }
  uint32_t Bind(hooks::PlainCell& cell) {
    if (cell.handle.run != run_) return BindSlowly(cell);
    return cell.handle.id;
  }
  uint32_t Bind(hooks::LocalCell& cell) {
    if (cell.handle.run != run_) cell.handle = {++locals_, run_};
    return cell.handle.id;
  }
  // Returns those that wait for `location` to change.
  SyncObject& WaitersOf(LocationId location);
  // The same if the atomic object of `handle` has had any in this run, or null.
  const SyncObject* FindWaiters(const hooks::Handle& handle) const {
    const bool is_known = handle.run == run_ && handle.id < waiters_.size() &&
                          waiters_[handle.id] != 0;
    return is_known ? objects_[waiters_[handle.id] - 1] : nullptr;
  }
  // Ends what the cell is in this run.
  void End(hooks::SyncCell& cell);
  void End(hooks::AtomicCell& cell);
  void End(hooks::PlainCell& cell);

  // The objects that were used in this run, some of them ended since.
  std::span<SyncObject* const> objects() const {
    return {objects_.data(), objects_used_};
  }
  std::vector<SharedHold>& shared_holds() { return shared_holds_; }
  const std::vector<SharedHold>& shared_holds() const { return shared_holds_; }
  SharedCells& shared_cells() { return shared_cells_; }
  TaskStorage& storage() { return storage_; }
  HeapBlocks& heap() { return heap_; }
  PropertyLog& properties() { return properties_; }
  const PropertyLog& properties() const { return properties_; }

  // The current task uses the object at `address`: a finding if it is in
  // memory that was given back.
  void RequireAlive(const void* address, Site site);

  // Whether a wait that starts now ends for no reason.
  bool ChooseSpuriousWake();

  // Whether a weak compare-exchange may fail for no reason, and that it did.
  bool MayFailSpuriously() const { return spurious_failures_left_ > 0; }
  void NoteSpuriousFailure() { --spurious_failures_left_; }

  // Ends the run with a finding.
  [[noreturn]] void Fail(FindingKind kind, std::string title,
                         std::string message, std::string details = "");

  // The finding stays, the run goes on: for what is noticed when it is over,
  // and where the stack cannot be left.
  void Note(FindingKind kind, std::string title, std::string message);

  // "main", or the name it was given, or "task 3".
  std::string NameOf(TaskId task) const;
  // The name it was given, or "": for signal handlers, too.
  std::string_view GivenName(TaskId task) const;
  void SetName(TaskId task, std::string name);

  void Log(std::string_view text);

  // Whether a fault at `address` is the overflow of a task's stack, and what
  // those stacks have.
  bool IsStackOverflow(const void* address) const {
    return carrier_.IsOverflow(address);
  }
  size_t stack_bytes() const { return options_.stack_bytes; }

  // The number of this run, never 0, of no other run of this thread.
  uint32_t run() const { return run_; }

  // A thread of the host used a simulated object at `site`; called there.
  void NoteRealThread(Site site);

 private:
  uint32_t NewObject(hooks::SyncKind kind, uint32_t initial);
  SyncObject& BindSlowly(hooks::SyncCell& cell);
  LocationId BindSlowly(hooks::AtomicCell& cell);
  uint32_t BindSlowly(hooks::PlainCell& cell);
  static void EnterBody(void* self);
  RunEnd RunTasks(Strategy& strategy);
  void Explain(RunEnd end);
  void LookForRealThreads();

  const Options options_;
  Arena arena_;
  FiberCarrier carrier_;
  Executor executor_;
  MemoryModel memory_;
  RaceDetector races_;
  ArenaVector<SyncObject*> objects_;  // as many as ever
  ArenaVector<uint32_t> free_objects_;
  ArenaVector<uint32_t> waiters_;  // by location: 1 + the slot of its object
  std::vector<SharedHold> shared_holds_;
  SharedCells shared_cells_;
  TaskStorage storage_;
  HeapBlocks heap_;
  PropertyLog properties_;
  uint32_t locals_ = 0;
  uint32_t spurious_wakes_left_ = 0;
  uint32_t spurious_failures_left_ = 0;
  uint32_t objects_used_ = 0;
  uint32_t run_ = 0;
  const std::function<void()>* body_ = nullptr;
  BodyListener* listener_ = nullptr;
  std::optional<Finding> finding_;
  // Where a thread of the host used an object of this run, if it did.
  std::atomic<const char*> real_thread_file_ = nullptr;
  std::atomic<uint32_t> real_thread_line_ = 0;
  std::vector<std::string> names_;  // by task; empty: none was given
};

// "queue.cc:12", or "?" for a place that is not known.
std::string PlaceOf(Site site);

}  // namespace fozzy

#endif  // FOZZY_SIM_SIMULATION_H_

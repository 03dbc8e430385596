#include "sim/simulation.h"

#include <cstdlib>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"
#include "sim/current.h"
#include "sim/deadlock.h"
#include "sim/sync/heap_findings.h"
#include "sim/task_entry.h"

namespace fozzy {
namespace {

void* Grow(size_t bytes) {
  void* block = std::aligned_alloc(64, bytes);
  FOZZY_CHECK(block != nullptr);
  std::memset(block, 0, bytes);
  return block;
}

// Whether a new object of `kind` can be had at once.
bool StartsOpen(hooks::SyncKind kind, uint32_t initial) {
  switch (kind) {
    case hooks::SyncKind::kMutex:
    case hooks::SyncKind::kRecursiveMutex:
    case hooks::SyncKind::kSharedMutex:
    case hooks::SyncKind::kOnce:
      return true;
    case hooks::SyncKind::kSemaphore:
      return initial > 0;
    case hooks::SyncKind::kLatch:
      return initial == 0;
    case hooks::SyncKind::kCondition:
    case hooks::SyncKind::kBarrier:
    case hooks::SyncKind::kFuture:
    case hooks::SyncKind::kAtomic:
      return false;
  }
  return false;
}

}  // namespace

// Debuggers break here: on the stack of the task that went wrong, if it was
// one.
extern "C" __attribute__((noinline)) void fozzy_finding() {
  asm volatile("" ::: "memory");
}

Simulation::Simulation(const Options& options)
    : options_(options),
      arena_(Grow, std::free),
      carrier_(options.stack_bytes),
      executor_(arena_, carrier_),
      memory_(arena_, executor_),
      races_(arena_, memory_),
      objects_(arena_),
      free_objects_(arena_),
      waiters_(arena_),
      shared_cells_(arena_) {}

Simulation::~Simulation() = default;

Simulation* Simulation::current() { return current_simulation.simulation; }

RunOutcome Simulation::Run(const std::function<void()>& body,
                           Strategy& strategy, BodyListener* listener) {
  FOZZY_CHECK(current_simulation.simulation == nullptr);
  body_ = &body;
  listener_ = listener;
  finding_.reset();
  names_.clear();
  objects_used_ = 0;
  free_objects_.clear();
  waiters_.clear();
  shared_holds_.clear();
  shared_cells_.Reset();
  storage_.Reset();
  heap_.Reset();
  properties_.Reset();
  locals_ = 0;
  spurious_wakes_left_ = options_.spurious_wakes;
  spurious_failures_left_ = options_.spurious_failures;
  run_ = ++current_simulation.runs;
  memory_.Reset(options_.memory_model);
  races_.Reset();
  const RunEnd end = RunTasks(strategy);
  if (!finding_) Explain(end);
  if (finding_ && end != RunEnd::kStopped) fozzy_finding();
  LookForRealThreads();
  return {.finding = std::move(finding_),
          .digest = executor_.digest(),
          .points = executor_.points(),
          .is_abandoned = executor_.is_abandoned(),
          .is_forced = executor_.answers().size() == 0};
}

RunEnd Simulation::RunTasks(Strategy& strategy) {
  const TerminateInRun terminate;
  current_simulation.simulation = this;
  running_simulation.store(this, std::memory_order_release);
  const RunEnd end = executor_.Run(EnterBody, this, strategy,
                                   {.points_max = options_.points_max,
                                    .timer_races = options_.timer_races,
                                    .call = CallUserCode},
                                   listener_);
  running_simulation.store(nullptr, std::memory_order_release);
  current_simulation.simulation = nullptr;
  return end;
}

void Simulation::EnterBody(void* self) {
  (*static_cast<Simulation*>(self)->body_)();
}

void Simulation::Fail(FindingKind kind, std::string title, std::string message,
                      std::string details) {
  // What was noted is what went wrong first.
  if (finding_) executor_.Stop(RunEnd::kStopped);
  finding_ = Finding{.kind = kind,
                     .title = std::move(title),
                     .message = std::move(message),
                     .step = std::nullopt,
                     .details = std::move(details)};
  fozzy_finding();
  executor_.Stop(RunEnd::kStopped);
}

void Simulation::Note(FindingKind kind, std::string title,
                      std::string message) {
  if (finding_) return;
  finding_ = Finding{.kind = kind,
                     .title = std::move(title),
                     .message = std::move(message),
                     .step = std::nullopt,
                     .details = ""};
  fozzy_finding();
}

void Simulation::LookForRealThreads() {
  const char* file = real_thread_file_.load(std::memory_order_acquire);
  if (file == nullptr) return;
  real_thread_file_.store(nullptr, std::memory_order_relaxed);
  const std::string place =
      PlaceOf(Site{file, real_thread_line_.load(std::memory_order_relaxed), 0});
  finding_.reset();
  Note(FindingKind::kRealThread, place,
       absl::StrCat("a thread of the host used a simulated object at ", place,
                    "; start tasks with fozzy::thread"));
}

// Turns what the executor saw into a finding.
void Simulation::Explain(RunEnd end) {
  switch (end) {
    case RunEnd::kClean:
      if (heap_.is_used()) NoteLeaks(*this);
      return;
    case RunEnd::kStopped:
      return;
    case RunEnd::kDeadlock:
      finding_ = ExplainDeadlock(*this);
      return;
    case RunEnd::kLivelock:
      finding_ = ExplainLivelock(*this);
      return;
    case RunEnd::kStepBound:
      finding_ = ExplainStepBound(*this, options_.points_max);
      return;
  }
}

// Returns its slot.
uint32_t Simulation::NewObject(hooks::SyncKind kind, uint32_t initial) {
  uint32_t slot = objects_used_;
  if (!free_objects_.empty()) {
    slot = free_objects_.back();
    free_objects_.pop_back();
  } else {
    ++objects_used_;
  }
  if (slot == objects_.size()) {
    objects_.push_back(arena_.AllocateArray<SyncObject>(1));
  }
  SyncObject& object = *objects_[slot];
  object = SyncObject{};
  object.id = memory_.CreateChannel();
  executor_.NoteObject(object.id);
  object.kind = kind;
  object.count = initial;
  object.queue.is_open = StartsOpen(kind, initial);
  object.shared.is_open = true;
  object.sharers = kind == hooks::SyncKind::kBarrier ? initial : 0;
  return slot;
}

SyncObject& Simulation::BindSlowly(hooks::SyncCell& cell) {
  const uint32_t slot = NewObject(cell.kind, cell.initial);
  cell.handle = {slot, run_};
  return *objects_[slot];
}

SyncObject& Simulation::WaitersOf(LocationId location) {
  if (location >= waiters_.size()) waiters_.resize(location + 1);
  uint32_t& slot = waiters_[location];
  if (slot == 0) slot = 1 + NewObject(hooks::SyncKind::kAtomic, 0);
  return *objects_[slot - 1];
}

LocationId Simulation::BindSlowly(hooks::AtomicCell& cell) {
  cell.handle = {memory_.CreateBeforeAll({cell.value.low, cell.value.high}),
                 run_};
  executor_.NoteObject(cell.handle.id);
  return cell.handle.id;
}

uint32_t Simulation::BindSlowly(hooks::PlainCell& cell) {
  cell.handle = {races_.Create(), run_};
  return cell.handle.id;
}

void Simulation::End(hooks::SyncCell& cell) {
  if (cell.handle.run != run_) return;
  memory_.Destroy(objects_[cell.handle.id]->id);
  free_objects_.push_back(cell.handle.id);
  cell.handle = {};
}

void Simulation::End(hooks::AtomicCell& cell) {
  if (cell.handle.run != run_) return;
  const LocationId location = cell.handle.id;
  memory_.Destroy(location);
  if (location < waiters_.size() && waiters_[location] != 0) {
    const uint32_t slot = waiters_[location] - 1;
    memory_.Destroy(objects_[slot]->id);
    free_objects_.push_back(slot);
    waiters_[location] = 0;
  }
  cell.handle = {};
}

void Simulation::End(hooks::PlainCell& cell) {
  if (cell.handle.run != run_) return;
  races_.Destroy(cell.handle.id);
  cell.handle = {};
}

void Simulation::RequireAlive(const void* address, Site site) {
  const HeapBlocks::Block* block = heap_.Find(address);
  if (block == nullptr || block->state != HeapBlocks::State::kFreed) return;
  FailUseAfterFree(*this, address, site);
}

bool Simulation::ChooseSpuriousWake() {
  constexpr Weight kRarely = Weight::Odds(1, 50);
  if (spurious_wakes_left_ == 0) return false;
  if (executor_.Choose(ChoiceKind::kSpurious, 1, kRarely) == 0) return false;
  --spurious_wakes_left_;
  return true;
}

std::string_view Simulation::GivenName(TaskId task) const {
  if (task.value >= names_.size()) return {};
  return names_[task.value];
}

std::string Simulation::NameOf(TaskId task) const {
  if (!GivenName(task).empty()) return std::string(GivenName(task));
  if (task.value == 0) return "main";
  if (task == kTimerTask) return "timer";
  return absl::StrCat("task ", task.value - 1);
}

void Simulation::SetName(TaskId task, std::string name) {
  if (task.value >= names_.size()) names_.resize(task.value + 1);
  names_[task.value] = std::move(name);
}

void Simulation::NoteRealThread(Site site) {
  real_thread_line_.store(site.line, std::memory_order_relaxed);
  real_thread_file_.store(site.file == nullptr ? "?" : site.file,
                          std::memory_order_release);
}

void Simulation::Log(std::string_view text) {
  for (const char c : text) executor_.Mix(static_cast<unsigned char>(c));
  if (listener_ != nullptr) listener_->OnLog(task(), executor_.now(), text);
}

std::string PlaceOf(Site site) {
  if (site.file == nullptr) return "?";
  absl::string_view file = site.file;
  const size_t slash = file.rfind('/');
  if (slash != absl::string_view::npos) file.remove_prefix(slash + 1);
  return absl::StrCat(file, ":", site.line);
}

}  // namespace fozzy

// How long operations of simulated tasks take.  Beside nothing but the oracle,
// which answers 0 or draws, and one task after the other in turn.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <cstring>

#include "sim/core/memory_model.h"
#include "sim/core/race_detector.h"

namespace fozzy {
namespace {

constexpr MemoryOrder kRelaxed = MemoryOrder::kRelaxed;
constexpr MemoryOrder kAcquire = MemoryOrder::kAcquire;
constexpr MemoryOrder kRelease = MemoryOrder::kRelease;
constexpr MemoryOrder kAcqRel = MemoryOrder::kAcquireRelease;
constexpr MemoryOrder kSc = MemoryOrder::kSequentiallyConsistent;

void* Zeroed(size_t bytes) {
  void* memory = std::aligned_alloc(64, (bytes + 63) / 64 * 64);
  return std::memset(memory, 0, bytes);
}

class DrawingOracle final : public ValueOracle {
 public:
  uint64_t Ask(ChoiceKind, uint64_t last) override {
    if (is_calm) return 0;
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ >> 33) % (last + 1);
  }

  bool is_calm = true;

 private:
  uint64_t state_ = 1;
};

// A model with tasks 0 and 2 to `tasks`, and two locations.
struct Subject {
  explicit Subject(uint32_t tasks, bool is_calm = true) {
    oracle.is_calm = is_calm;
    Begin(tasks);
  }

  void Begin(uint32_t tasks) {
    model.Reset(MemoryModelKind::kCpp20);
    x = model.CreateBeforeAll({});
    y = model.CreateBeforeAll({});
    for (uint32_t task = 2; task <= tasks; ++task) model.Fork({0}, {task});
  }

  Arena arena{Zeroed, std::free};
  DrawingOracle oracle;
  MemoryModel model{arena, oracle};
  LocationId x = 0;
  LocationId y = 0;
};

// Task 2 stores, task 3 loads.
void StoreAndLoad(benchmark::State& state, MemoryOrder store, MemoryOrder load,
                  bool is_calm) {
  Subject subject(3, is_calm);
  uint64_t value = 0;
  for (auto _ : state) {
    subject.model.Store({2}, subject.x, {++value, 0}, store);
    benchmark::DoNotOptimize(subject.model.Load({3}, subject.x, load));
  }
  state.SetItemsProcessed(state.iterations() * 2);
}
BENCHMARK_CAPTURE(StoreAndLoad, sc, kSc, kSc, true);
BENCHMARK_CAPTURE(StoreAndLoad, release_acquire, kRelease, kAcquire, true);
BENCHMARK_CAPTURE(StoreAndLoad, relaxed, kRelaxed, kRelaxed, true);
BENCHMARK_CAPTURE(StoreAndLoad, release_acquire_drawn, kRelease, kAcquire,
                  false);
BENCHMARK_CAPTURE(StoreAndLoad, relaxed_drawn, kRelaxed, kRelaxed, false);
BENCHMARK_CAPTURE(StoreAndLoad, mixed, kRelease, kSc, true);
BENCHMARK_CAPTURE(StoreAndLoad, mixed_drawn, kRelease, kSc, false);

// A task loads what it knows already.
void LoadKnown(benchmark::State& state, MemoryOrder order) {
  Subject subject(3);
  for (auto _ : state) {
    benchmark::DoNotOptimize(subject.model.Load({3}, subject.x, order));
  }
}
BENCHMARK_CAPTURE(LoadKnown, acquire, kAcquire);
BENCHMARK_CAPTURE(LoadKnown, sc, kSc);

// One task by itself.
void OwnStore(benchmark::State& state, MemoryOrder order) {
  Subject subject(3);
  for (auto _ : state) subject.model.Store({2}, subject.x, {1, 0}, order);
}
BENCHMARK_CAPTURE(OwnStore, relaxed, kRelaxed);
BENCHMARK_CAPTURE(OwnStore, release, kRelease);
BENCHMARK_CAPTURE(OwnStore, sc, kSc);

void OwnFetchAdd(benchmark::State& state, MemoryOrder order) {
  Subject subject(3);
  for (auto _ : state) {
    const MemoryValue value = subject.model.BeginUpdate({2}, subject.x, order);
    subject.model.EndUpdate({value.low + 1, 0});
  }
}
BENCHMARK_CAPTURE(OwnFetchAdd, relaxed, kRelaxed);
BENCHMARK_CAPTURE(OwnFetchAdd, acq_rel, kAcqRel);
BENCHMARK_CAPTURE(OwnFetchAdd, sc, kSc);

// Tasks take turns to add.
void FetchAdd(benchmark::State& state, MemoryOrder order) {
  const auto tasks = static_cast<uint32_t>(state.range(0));
  Subject subject(tasks + 1);
  uint32_t task = 2;
  for (auto _ : state) {
    const MemoryValue value =
        subject.model.BeginUpdate({task}, subject.x, order);
    subject.model.EndUpdate({value.low + 1, 0});
    task = task == tasks + 1 ? 2 : task + 1;
  }
}
BENCHMARK_CAPTURE(FetchAdd, sc, kSc)->Arg(2)->Arg(4)->Arg(14)->Arg(1000);
BENCHMARK_CAPTURE(FetchAdd, acq_rel, kAcqRel)->Arg(2)->Arg(4)->Arg(14);
BENCHMARK_CAPTURE(FetchAdd, relaxed, kRelaxed)->Arg(2)->Arg(4)->Arg(14);

// Dekker's: each task stores its own, fences, loads the other's.
void FencedDekker(benchmark::State& state) {
  Subject subject(3, /*is_calm=*/false);
  uint64_t value = 0;
  for (auto _ : state) {
    subject.model.Store({2}, subject.x, {++value, 0}, kRelaxed);
    subject.model.Fence({2}, kSc);
    benchmark::DoNotOptimize(subject.model.Load({2}, subject.y, kRelaxed));
    subject.model.Store({3}, subject.y, {value, 0}, kRelaxed);
    subject.model.Fence({3}, kSc);
    benchmark::DoNotOptimize(subject.model.Load({3}, subject.x, kRelaxed));
  }
  state.SetItemsProcessed(state.iterations() * 6);
}
BENCHMARK(FencedDekker);

void LockAndUnlock(benchmark::State& state) {
  Subject subject(3);
  const LocationId lock = subject.model.CreateChannel();
  uint32_t task = 2;
  for (auto _ : state) {
    subject.model.Acquire({task}, lock);
    subject.model.Release({task}, lock);
    task = 5 - task;
  }
}
BENCHMARK(LockAndUnlock);

// A whole small run: two tasks, two locations, `ops` stores and loads.
void Run(benchmark::State& state) {
  const int64_t ops = state.range(0);
  Subject subject(3);
  for (auto _ : state) {
    subject.Begin(3);
    for (int64_t i = 0; i < ops; i += 2) {
      subject.model.Store({2}, subject.x, {1, 0}, kRelease);
      benchmark::DoNotOptimize(subject.model.Load({3}, subject.x, kAcquire));
    }
  }
}
BENCHMARK(Run)->Arg(0)->Arg(10)->Arg(100);

void WatchPlainMemory(benchmark::State& state) {
  Subject subject(3);
  RaceDetector detector(subject.arena, subject.model);
  const VariableId variable = detector.Create();
  const LocationId lock = subject.model.CreateChannel();
  subject.model.Acquire({2}, lock);
  for (auto _ : state) {
    benchmark::DoNotOptimize(detector.OnWrite({2}, variable, Site::Here()));
    benchmark::DoNotOptimize(detector.OnRead({2}, variable, Site::Here()));
  }
  state.SetItemsProcessed(state.iterations() * 2);
}
BENCHMARK(WatchPlainMemory);

}  // namespace
}  // namespace fozzy

BENCHMARK_MAIN();

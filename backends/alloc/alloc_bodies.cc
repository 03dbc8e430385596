#include "backends/alloc/alloc_bodies.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "backends/alloc/mutant_sync.h"
#include "backends/alloc/sim_memory.h"
#include "fozzy/property.h"
#include "fozzy/sync.h"
#include "kernels/alloc/allocator.h"

namespace fozzy {
namespace {

using alloc::ThreadCache;

constexpr size_t kSize = 256;

// An allocator, and what its users write into its blocks: the number of the
// task that has each, 0 for none.  Two users of one block are a data race, or
// read what the other wrote.
template <class Sync>
class World {
 public:
  using Allocator = alloc::Allocator<Sync, SimMemory, SimClock, SimShape>;

  World() : allocator_(memory_, clock_, {}), owners_(kBlocks, var<int>(0)) {
    // The first use of an allocator is by one task.
    ThreadCache cache;
    Free(cache, Allocate(cache, 1), 1);
    allocator_.Detach(cache);
  }

  Allocator& allocator() { return allocator_; }

  void* Allocate(ThreadCache& cache, int task) {
    void* block = allocator_.Allocate(cache, kSize);
    FOZZY_ALWAYS(block != nullptr, "there is memory");
    if (block == nullptr) return nullptr;
    FOZZY_ALWAYS(OwnerOf(block) == 0, "a block has one owner");
    OwnerOf(block) = task;
    return block;
  }

  // Frees a block that belongs to `task`.
  void Free(ThreadCache& cache, void* block, int task) {
    FOZZY_ALWAYS(OwnerOf(block) == task, "a block keeps its contents");
    OwnerOf(block) = 0;
    allocator_.Free(cache, block);
  }

  // Passes a block on.
  void Give(void* block, int task) { OwnerOf(block) = task; }
  int OwnerAt(void* block) { return OwnerOf(block); }

  // To be called when all blocks are free and all others are detached.
  void ExpectEmpty() {
    ThreadCache cache;
    allocator_.Trim(cache);
    const alloc::AllocatorStats stats = allocator_.GetStats();
    FOZZY_ALWAYS(stats.live == 0, "no block is lost");
    for (const uint64_t faults : stats.faults) {
      FOZZY_ALWAYS(faults == 0, "no fault is reported");
    }
  }

 private:
  static constexpr size_t kBlocks = SimShape::kArenaMax / kSize;

  var<int>& OwnerOf(const void* block) {
    const auto offset =
        static_cast<const std::byte*>(block) - SimMemory::Base();
    return owners_[static_cast<size_t>(offset) / kSize];
  }

  SimMemory memory_;
  SimClock clock_;
  Allocator allocator_;
  std::vector<var<int>> owners_;
};

// Three tasks that swap blocks through two places, and free what they find
// there: most blocks are freed by another task than allocated them.
template <class Sync>
void RemoteFrees() {
  World<Sync> world;
  atomic<void*> places[2] = {};
  const auto swap = [&world, &places](int task) {
    ThreadCache cache;
    for (atomic<void*>& place : places) {
      void* block = world.Allocate(cache, task);
      if (block == nullptr) return;
      void* old = place.exchange(block, std::memory_order_acq_rel);
      if (old != nullptr) world.Free(cache, old, world.OwnerAt(old));
    }
    world.allocator().Detach(cache);
  };
  thread one([&swap] { swap(1); });
  thread two([&swap] { swap(2); });
  thread three([&swap] { swap(3); });
  one.join();
  two.join();
  three.join();
  ThreadCache cache;
  for (atomic<void*>& place : places) {
    void* block = place.load();
    world.Free(cache, block, world.OwnerAt(block));
  }
  world.allocator().Detach(cache);
  world.ExpectEmpty();
}

// Tasks that take and give back a few blocks each: magazines go round, and the
// top of a stack is taken and put back while another task looks at it.
template <class Sync>
void Magazines() {
  World<Sync> world;
  const auto use = [&world](int task) {
    ThreadCache cache;
    for (int round = 0; round < 2; ++round) {
      void* blocks[3] = {};
      for (void*& block : blocks) block = world.Allocate(cache, task);
      for (void* block : blocks) {
        if (block != nullptr) world.Free(cache, block, task);
      }
    }
    world.allocator().Detach(cache);
  };
  thread one([&use] { use(1); });
  thread two([&use] { use(2); });
  thread three([&use] { use(3); });
  one.join();
  two.join();
  three.join();
  world.ExpectEmpty();
}

// A task ends with blocks that others have, and others go on to free them.
template <class Sync>
void LiveAtExit() {
  World<Sync> world;
  void* blocks[4] = {};
  thread first([&world, &blocks] {
    ThreadCache cache;
    for (void*& block : blocks) block = world.Allocate(cache, 1);
    world.Free(cache, blocks[3], 1);
    world.allocator().Detach(cache);
  });
  first.join();
  thread second([&world, &blocks] {
    ThreadCache cache;
    world.Free(cache, blocks[0], 1);
    world.Free(cache, world.Allocate(cache, 2), 2);
    world.allocator().Detach(cache);
  });
  thread third([&world, &blocks] {
    ThreadCache cache;
    world.Free(cache, blocks[1], 1);
    world.Free(cache, blocks[2], 1);
    world.allocator().Detach(cache);
  });
  second.join();
  third.join();
  world.ExpectEmpty();
}

// One task gives all free memory back while another works.
template <class Sync>
void TrimmedMeanwhile() {
  World<Sync> world;
  thread worker([&world] {
    ThreadCache cache;
    for (int round = 0; round < 3; ++round) {
      world.Free(cache, world.Allocate(cache, 1), 1);
      world.allocator().Detach(cache);
    }
  });
  ThreadCache cache;
  world.Free(cache, world.Allocate(cache, 2), 2);
  world.allocator().Trim(cache);
  world.allocator().Detach(cache);
  worker.join();
  world.ExpectEmpty();
}

// The stack of magazines alone: each task takes two and puts them back in the
// order it took them, so that they lie otherwise than before.
template <class Sync>
void MagazineStacks() {
  using Mag = alloc::Magazine<Sync, 1>;
  constexpr uint32_t kMagazines = 3;
  constexpr uint32_t kLimit = 10;
  const auto table = std::make_unique<Mag[]>(kMagazines + 1);
  std::vector<var<int>> owners(kMagazines + 1, var<int>(0));
  alloc::MagazineStack<Sync, Mag> stack;
  for (uint32_t i = 1; i <= kMagazines; ++i) stack.Push(&table[0], i, kLimit);
  const auto take = [&](int task) {
    const uint32_t number = stack.Pop(&table[0]);
    if (number == 0) return number;
    FOZZY_ALWAYS(owners[number] == 0, "a magazine has one owner");
    owners[number] = task;
    return number;
  };
  const auto put_back = [&](uint32_t number, int task) {
    if (number == 0) return;
    FOZZY_ALWAYS(owners[number] == task, "a magazine keeps its owner");
    owners[number] = 0;
    stack.Push(&table[0], number, kLimit);
  };
  const auto work = [&](int task) {
    const uint32_t first = take(task);
    const uint32_t second = take(task);
    put_back(first, task);
    put_back(second, task);
  };
  thread one([&work] { work(1); });
  thread two([&work] { work(2); });
  thread three([&work] { work(3); });
  one.join();
  two.join();
  three.join();
  uint32_t left = 0;
  while (take(4) != 0) ++left;
  FOZZY_ALWAYS(left == kMagazines, "no magazine is lost");
}

constexpr AllocBody kBodies[] = {
    {"live_at_exit", LiveAtExit<SimSync>},
    {"magazine_stack", MagazineStacks<SimSync>},
    {"magazines", Magazines<SimSync>},
    {"remote_frees", RemoteFrees<SimSync>},
    {"trimmed_meanwhile", TrimmedMeanwhile<SimSync>},
};

template <Mutation kMutation>
constexpr auto kFrees = RemoteFrees<MutantSync<kMutation>>;
template <Mutation kMutation>
constexpr auto kStack = MagazineStacks<MutantSync<kMutation>>;

constexpr AllocMutant kMutants[] = {
    {"lock_left_out", kFrees<Mutation::kNoLock>, true},
    {"pop_failure_relaxed", kStack<Mutation::kPopFailureRelaxed>, true},
    {"pop_load_relaxed", kStack<Mutation::kPopLoadRelaxed>, true},
    {"pop_success_relaxed", kStack<Mutation::kPopSuccessRelaxed>, false},
    {"push_lost", kFrees<Mutation::kPushLost>, true},
    {"push_relaxed", kFrees<Mutation::kPushRelaxed>, true},
    {"version_left_out", kStack<Mutation::kNoVersion>, true},
};

}  // namespace

std::span<const AllocBody> AllocBodies() { return kBodies; }
std::span<const AllocMutant> AllocMutants() { return kMutants; }

}  // namespace fozzy

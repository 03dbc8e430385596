#include <cstdlib>
#include <new>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "fozzy/heap.h"
#include "sim/sync/heap_findings.h"
#include "sim/sync/hook_scope.h"

namespace fozzy {
namespace {

using Block = HeapBlocks::Block;

// Of blocks, apart from objects of other kinds.
constexpr uint32_t kBlocks = 0x40000000;

std::string Who(const Simulation& simulation, TaskId task, Site site) {
  return absl::StrCat(simulation.NameOf(task), " at ", PlaceOf(site));
}

std::string Origin(const Simulation& simulation, const Block& block) {
  return absl::StrCat("; it was created by ",
                      Who(simulation, block.task, block.site));
}

[[noreturn]] void FailDoubleFree(Simulation& simulation, const Block& block) {
  const Site here = simulation.site();
  std::set<std::string> places = {PlaceOf(here), PlaceOf(block.freed_site)};
  simulation.Fail(
      FindingKind::kDoubleFree, absl::StrJoin(places, ", "),
      absl::StrCat(Who(simulation, simulation.task(), here), " destroys what ",
                   Who(simulation, block.freed_task, block.freed_site),
                   " destroyed before", Origin(simulation, block)));
}

// Returns the block that starts at `memory` and is alive, once the current task
// has its turn to end it; null if it is none of this heap.
Block* FindToFree(Simulation& simulation, const void* memory, Site site) {
  HeapBlocks& heap = simulation.heap();
  if (!HeapBlocks::IsHeap(memory)) return nullptr;
  Block* block = heap.Find(memory);
  if (block == nullptr || !heap.IsStart(*block, memory)) {
    hooks::Misuse("free of what is not the start of a block", site);
  }
  simulation.executor().Point(
      {.kind = OpKind::kWrite, .object = heap.NumberOf(*block) | kBlocks},
      site);
  // Others may have asked for blocks meanwhile.
  block = heap.Find(memory);
  if (block->state != HeapBlocks::State::kLive) {
    FailDoubleFree(simulation, *block);
  }
  block->freed_task = simulation.task();
  block->freed_site = simulation.site();
  return block;
}

}  // namespace

void FailUseAfterFree(Simulation& simulation, const void* address, Site site) {
  const Site here = site.file != nullptr ? site : simulation.site();
  const std::string user = Who(simulation, simulation.task(), here);
  const Block* block = simulation.heap().Find(address);
  if (block == nullptr) {
    simulation.Fail(FindingKind::kUseAfterFree, PlaceOf(here),
                    absl::StrCat(user,
                                 " uses an object that another task destroyed "
                                 "before it could"));
  }
  simulation.Fail(
      FindingKind::kUseAfterFree,
      absl::StrCat(PlaceOf(here), ", ", PlaceOf(block->freed_site)),
      absl::StrCat(user, " uses what ",
                   Who(simulation, block->freed_task, block->freed_site),
                   " destroyed", Origin(simulation, *block)));
}

void NoteLeaks(Simulation& simulation) {
  std::set<std::string> places;
  uint64_t bytes = 0;
  std::vector<const Block*> left;
  for (const Block& block : simulation.heap().blocks()) {
    if (block.state == HeapBlocks::State::kFreed) continue;
    left.push_back(&block);
    bytes += block.bytes;
    places.insert(PlaceOf(block.site));
  }
  if (left.empty()) return;
  const Block& first = *left.front();
  simulation.Note(
      FindingKind::kLeak, absl::StrJoin(places, ", "),
      absl::StrCat(left.size() == 1 ? "a block" : "blocks", " of ", bytes,
                   " bytes in all ", left.size() == 1 ? "was" : "were",
                   " never destroyed; the first was created by ",
                   Who(simulation, first.task, first.site)));
}

namespace hooks {

void BeginFree(void* memory, Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) return;
  Block* block = FindToFree(*simulation, memory, site);
  if (block != nullptr) block->state = HeapBlocks::State::kDying;
}

void EndFree(void* memory, Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (!HeapBlocks::IsHeap(memory)) return std::free(memory);
  // What a run left behind is gone.
  if (simulation == nullptr) return;
  Block& block = *simulation->heap().Find(memory);
  block.state = HeapBlocks::State::kFreed;
  if (site.file != nullptr) block.freed_site = site;
}

}  // namespace hooks

namespace heap {

void* allocate(std::size_t bytes, std::size_t alignment, Site site) {
  Simulation* simulation = current_simulation.simulation;
  if (simulation == nullptr) {
    void* memory = std::aligned_alloc(
        alignment, (bytes + alignment - 1) / alignment * alignment);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
  }
  void* memory = simulation->heap().Allocate(bytes, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  Block& block = *simulation->heap().Find(memory);
  block.task = simulation->task();
  block.site = site.file != nullptr ? site : simulation->site();
  return memory;
}

void deallocate(void* memory, Site site) {
  if (memory == nullptr) return;
  hooks::BeginFree(memory, site);
  hooks::EndFree(memory, site);
}

}  // namespace heap
}  // namespace fozzy

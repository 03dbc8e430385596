#include "scenarios/steps_memory.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "scenarios/quote.h"
#include "scenarios/step_runner.h"

namespace fozzy {
namespace {

// Reads the id that `key` holds: decimal digits and nothing else.
std::optional<uint64_t> ReadId(StepRunner& runner, absl::string_view key) {
  const std::string* text = runner.world().kv().Find(key);
  if (text == nullptr) {
    runner.Fail(FindingKind::kChecker, "memory_free",
                absl::StrCat("missing alloc id key ", Quote(key)));
    return std::nullopt;
  }
  uint64_t id = 0;
  const absl::string_view digits = absl::StripPrefix(*text, "+");
  const bool is_number =
      !digits.empty() &&
      std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit);
  if (!is_number || !absl::SimpleAtoi(digits, &id)) {
    runner.Fail(FindingKind::kChecker, "memory_free",
                absl::StrCat("alloc id key ", Quote(key), " is not a u64"));
    return std::nullopt;
  }
  return id;
}

}  // namespace

void MemoryAlloc::Run(StepRunner& runner, const Step& step) {
  World& world = runner.world();
  const uint64_t bytes = step.u64(kBytes);
  const MemoryLedger::Allocation allocation = world.memory().Allocate(bytes);
  if (allocation.id == 0) {
    runner.Tell(EventKind::kMemoryAllocFailed, {bytes},
                {allocation.refused_by});
    runner.Fail(
        FindingKind::kChecker, "memory_alloc_failed",
        absl::StrCat("memory allocation failed: ", allocation.refused_by));
    return;
  }
  runner.Tell(EventKind::kMemoryAlloc,
              {allocation.id, bytes, allocation.effective_bytes});
  if (step.has(kKey)) {
    world.kv().Set(step.text(kKey), absl::StrCat(allocation.id));
  }
}

void MemoryFree::Check(const Step& step, CheckReport& report) {
  if (step.has(kAllocId) && step.has(kKey)) {
    report.Error(step, kKey, "both \"alloc_id\" and \"key\"", "one of them");
  } else if (!step.has(kAllocId) && !step.has(kKey)) {
    report.Error(step, kKey, "neither \"alloc_id\" nor \"key\"", "one of them");
  }
}

void MemoryFree::Run(StepRunner& runner, const Step& step) {
  const std::optional<uint64_t> id =
      step.has(kAllocId) ? step.u64(kAllocId) : ReadId(runner, step.text(kKey));
  if (!id) return;
  if (!runner.world().memory().Free(*id)) {
    runner.Fail(FindingKind::kChecker, "memory_free_missing",
                absl::StrCat("allocation id ", *id, " was not live"));
    return;
  }
  runner.Tell(EventKind::kMemoryFree, {*id});
}

void MemoryLimitMb::Run(StepRunner& runner, const Step& step) {
  runner.world().memory().LimitMb(step.u64(kMb));
}

void MemoryFailAfterAllocs::Run(StepRunner& runner, const Step& step) {
  runner.world().memory().FailAfter(step.u64(kCount));
}

void MemoryFragmentation::Run(StepRunner& runner, const Step& step) {
  runner.world().memory().Fragment(step.u64(kSeed));
}

void MemoryPressureWave::Run(StepRunner& runner, const Step& step) {
  runner.world().memory().SetPressureWave(step.text(kPattern));
}

void MemoryCheckpoint::Run(StepRunner& runner, const Step& step) {
  runner.world().memory().Touch();
  runner.Tell(EventKind::kMemoryCheckpoint, {}, {step.text(kName)});
}

void MemoryAssertInUseBytes::Run(StepRunner& runner, const Step& step) {
  const uint64_t in_use = runner.world().memory().totals().in_use_bytes;
  if (in_use == step.u64(kEquals)) return;
  runner.FailAssertion(absl::StrCat("expected in_use_bytes=", step.u64(kEquals),
                                    ", got ", in_use));
}

}  // namespace fozzy

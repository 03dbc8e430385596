#include "backends/virtual/memory_ledger.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "sim/base/seeds.h"

namespace fozzy {
namespace {

constexpr uint64_t kMax = ~uint64_t{0};
__extension__ using Wide = unsigned __int128;

uint64_t Saturate(Wide value) {
  return value > kMax ? kMax : static_cast<uint64_t>(value);
}

uint64_t LimitBytes(uint64_t mb) { return Saturate(Wide{mb} * (1 << 20)); }

std::vector<uint64_t> ParseWave(absl::string_view pattern) {
  std::vector<uint64_t> wave;
  for (absl::string_view entry : absl::StrSplit(pattern, ',')) {
    uint64_t multiplier = 0;
    entry = absl::StripAsciiWhitespace(entry);
    if (absl::SimpleAtoi(entry, &multiplier) && multiplier > 0) {
      wave.push_back(multiplier);
    }
  }
  return wave;
}

}  // namespace

MemoryLedger::MemoryLedger(UndoLog& undo, const Options& options)
    : undo_(undo) {
  if (options.limit_mb) state_.limit_bytes = LimitBytes(*options.limit_mb);
  if (options.fail_after) state_.fail_after = *options.fail_after;
  state_.fragmentation_seed = options.fragmentation_seed;
  if (options.pressure_wave) state_.wave = ParseWave(*options.pressure_wave);
}

MemoryLedger::Allocation MemoryLedger::Allocate(uint64_t bytes) {
  Keep();
  Totals& totals = state_.totals;
  ++totals.alloc_count;
  Allocation allocation;
  allocation.effective_bytes = EffectiveBytes(bytes);
  const Wide in_use = Wide{totals.in_use_bytes} + allocation.effective_bytes;
  if (in_use > state_.limit_bytes) {
    allocation.refused_by = "limit_mb";
  } else if (totals.alloc_count > state_.fail_after) {
    allocation.refused_by = "fail_after_allocs";
  }
  if (!allocation.refused_by.empty()) {
    ++totals.failed_alloc_count;
    return allocation;
  }
  allocation.id = ++state_.last_id;
  totals.in_use_bytes = Saturate(in_use);
  totals.allocated_bytes =
      Saturate(Wide{totals.allocated_bytes} + allocation.effective_bytes);
  totals.peak_bytes = std::max(totals.peak_bytes, totals.in_use_bytes);
  live_.emplace(allocation.id, allocation.effective_bytes);
  if (undo_.is_open()) {
    undo_.Add([this, id = allocation.id] { live_.erase(id); });
  }
  return allocation;
}

bool MemoryLedger::Free(uint64_t id) {
  Keep();
  const auto found = live_.find(id);
  if (found == live_.end()) return false;
  const uint64_t bytes = found->second;
  Totals& totals = state_.totals;
  ++totals.free_count;
  totals.in_use_bytes -= std::min(totals.in_use_bytes, bytes);
  live_.erase(found);
  if (undo_.is_open()) {
    undo_.Add([this, id, bytes] { live_.emplace(id, bytes); });
  }
  return true;
}

void MemoryLedger::LimitMb(uint64_t mb) {
  Keep();
  state_.limit_bytes = LimitBytes(mb);
}

void MemoryLedger::FailAfter(uint64_t count) {
  Keep();
  state_.fail_after = count;
}

void MemoryLedger::Fragment(uint64_t seed) {
  Keep();
  state_.fragmentation_seed = seed;
}

void MemoryLedger::SetPressureWave(absl::string_view pattern) {
  Keep();
  state_.wave = ParseWave(pattern);
}

void MemoryLedger::Touch() { Keep(); }

uint64_t MemoryLedger::leaked_bytes() const {
  uint64_t sum = 0;
  for (const auto& [id, bytes] : live_) sum += bytes;
  return sum;
}

// Announces that the state is about to change, and that the model is in use.
void MemoryLedger::Keep() {
  if (undo_.is_open()) {
    undo_.Add([this, before = state_] { state_ = before; });
  }
  state_.is_touched = true;
}

uint64_t MemoryLedger::EffectiveBytes(uint64_t bytes) const {
  const uint64_t count = state_.totals.alloc_count;
  uint64_t effective = bytes;
  if (!state_.wave.empty()) {
    effective =
        Saturate(Wide{bytes} * state_.wave[(count - 1) % state_.wave.size()]);
  }
  if (state_.fragmentation_seed) {
    const uint64_t percent =
        FragmentationPercent(*state_.fragmentation_seed, count, bytes);
    effective = Saturate(Wide{effective} + Wide{effective} * percent / 100);
  }
  return effective;
}

}  // namespace fozzy

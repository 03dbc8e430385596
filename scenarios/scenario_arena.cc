#include "scenarios/scenario_arena.h"

#include <algorithm>
#include <cstring>

namespace fozzy {
namespace {

constexpr size_t kBlockBytesMax = 64 << 10;

}  // namespace

ScenarioArena::ScenarioArena(size_t block_bytes) : block_bytes_(block_bytes) {}

absl::string_view ScenarioArena::Copy(absl::string_view text) {
  char* const copy = Allocate(text.size());
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  return {copy, text.size()};
}

void ScenarioArena::AddBlock(size_t bytes) {
  const size_t size = std::max(bytes, block_bytes_);
  blocks_.emplace_back(new char[size]);
  next_ = blocks_.back().get();
  left_ = size;
  block_bytes_ = std::min(block_bytes_ * 2, kBlockBytesMax);
}

}  // namespace fozzy

#include "sim/search/explore_digests.h"

#include <algorithm>
#include <utility>

namespace fozzy {
namespace {

constexpr size_t kSlotsMin = 1024;

}  // namespace

void ExploreDigests::Add(uint64_t digest) {
  if (digest == 0) {
    has_zero_ = true;
    return;
  }
  if (2 * (count_ + 1) > slots_.size()) {
    // Growing comes before the look whether it is new, one too early at most.
    if (count_ < count_max_) Grow();
  }
  if (Insert(digest)) ++count_;
}

// Source: Knuth, The Art of Computer Programming 3, 6.4: linear probing.
bool ExploreDigests::Insert(uint64_t digest) {
  const size_t mask = slots_.size() - 1;
  size_t slot = digest & mask;
  while (slots_[slot] != 0) {
    if (slots_[slot] == digest) return false;
    slot = (slot + 1) & mask;
  }
  if (count_ >= count_max_) {
    is_full_ = true;
    return false;
  }
  slots_[slot] = digest;
  return true;
}

void ExploreDigests::Grow() {
  std::vector<uint64_t> before = std::move(slots_);
  slots_.assign(std::max(kSlotsMin, 2 * before.size()), 0);
  for (const uint64_t digest : before) {
    if (digest != 0) Insert(digest);
  }
}

std::vector<uint64_t> ExploreDigests::Sorted() const {
  std::vector<uint64_t> sorted;
  sorted.reserve(count());
  if (has_zero_) sorted.push_back(0);
  for (const uint64_t digest : slots_) {
    if (digest != 0) sorted.push_back(digest);
  }
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace fozzy

#include "backends/virtual/message_queue.h"

#include <algorithm>

#include "sim/base/check.h"

namespace fozzy {
namespace {

size_t LowBit(size_t number) { return number & (~number + 1); }

}  // namespace

size_t MessageQueue::Add(bool is_open) {
  const size_t slot = is_open_.size();
  if (slot + 1 >= tree_.size()) Grow();
  is_open_.push_back(false);
  SetOpen(slot, is_open);
  return slot;
}

void MessageQueue::RemoveLast() {
  SetOpen(is_open_.size() - 1, false);
  is_open_.pop_back();
}

void MessageQueue::Clear() {
  is_open_.clear();
  std::fill(tree_.begin(), tree_.end(), 0u);
  open_ = 0;
}

void MessageQueue::SetOpen(size_t slot, bool is_open) {
  if (is_open_[slot] == is_open) return;
  is_open_[slot] = is_open;
  open_ += is_open ? 1 : static_cast<size_t>(-1);
  Update(slot, is_open);
}

size_t MessageQueue::Find(size_t rank) const {
  FOZZY_CHECK(rank < open_);
  size_t position = 0;
  size_t left = rank;
  for (size_t step = tree_.size() / 2; step > 0; step /= 2) {
    const size_t next = position + step;
    if (next < tree_.size() && tree_[next] <= left) {
      left -= tree_[next];
      position = next;
    }
  }
  return position;
}

// Doubles the tree, in linear time, so that growing costs each slot O(1).
void MessageQueue::Grow() {
  tree_.assign(tree_.empty() ? 64 : tree_.size() * 2, 0);
  for (size_t i = 1; i < tree_.size(); ++i) {
    if (i <= is_open_.size() && is_open_[i - 1]) ++tree_[i];
    const size_t parent = i + LowBit(i);
    if (parent < tree_.size()) tree_[parent] += tree_[i];
  }
}

void MessageQueue::Update(size_t slot, bool is_open) {
  for (size_t i = slot + 1; i < tree_.size(); i += LowBit(i)) {
    tree_[i] += is_open ? 1u : ~0u;
  }
}

}  // namespace fozzy

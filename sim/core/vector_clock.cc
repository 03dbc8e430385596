#include "sim/core/vector_clock.h"

#include "sim/base/check.h"

namespace fozzy {
namespace {

// Levels of the tree: leaves are at 0, the root at kTop.
constexpr uint32_t kTop = 2;

// The child of a node at `level` under which entry `index` lies.
uint32_t ChildOf(uint32_t level, uint32_t index) {
  const uint32_t leaf = index / ClockNode::kEpochs;
  return level == kTop ? leaf / ClockNode::kChildren
                       : leaf % ClockNode::kChildren;
}

ClockNode* Share(ClockNode* node) {
  if (node != nullptr) ++node->references;
  return node;
}

ClockNode* MakeNode(ClockPool& pool) {
  ClockNode* node = pool.Take();
  std::memset(static_cast<void*>(node), 0, sizeof(*node));
  node->references = 1;
  return node;
}

// Gives up one reference.
void Drop(ClockPool& pool, ClockNode* node, uint32_t level) {
  if (node == nullptr || --node->references != 0) return;
  if (level != 0) {
    for (ClockNode* child : node->children) Drop(pool, child, level - 1);
  }
  pool.Give(node);
}

// Returns a node of the same content that no one else refers to, for one
// reference to `node`.
ClockNode* MakeOwn(ClockPool& pool, ClockNode* node, uint32_t level) {
  if (node->references == 1) return node;
  ClockNode* own = pool.Take();
  *own = *node;
  own->references = 1;
  if (level != 0) {
    for (ClockNode* child : own->children) Share(child);
  }
  --node->references;
  return own;
}

// Joins leaves: returns what stands for both, for one reference to `node`.
ClockNode* JoinLeaf(ClockPool& pool, ClockNode* node, ClockNode* other) {
  bool is_above = false;
  bool is_below = false;
  for (uint32_t i = 0; i < ClockNode::kEpochs; ++i) {
    is_above |= node->epochs[i] > other->epochs[i];
    is_below |= node->epochs[i] < other->epochs[i];
  }
  if (!is_below) return node;
  if (!is_above) {
    Drop(pool, node, 0);
    return Share(other);
  }
  node = MakeOwn(pool, node, 0);
  for (uint32_t i = 0; i < ClockNode::kEpochs; ++i) {
    if (node->epochs[i] < other->epochs[i]) node->epochs[i] = other->epochs[i];
  }
  return node;
}

// As JoinLeaf, at any level.
ClockNode* JoinNode(ClockPool& pool, ClockNode* node, ClockNode* other,
                    uint32_t level) {
  if (node == other || other == nullptr) return node;
  if (node == nullptr) return Share(other);
  if (level == 0) return JoinLeaf(pool, node, other);
  bool is_same = true;
  for (uint32_t i = 0; i < ClockNode::kChildren; ++i) {
    ClockNode* theirs = other->children[i];
    if (theirs != nullptr && theirs != node->children[i]) {
      node = MakeOwn(pool, node, level);
      node->children[i] = JoinNode(pool, node->children[i], theirs, level - 1);
    }
    is_same &= node->children[i] == theirs;
  }
  if (!is_same) return node;
  Drop(pool, node, level);
  return Share(other);
}

bool IsNodeAtMost(const ClockNode* node, const ClockNode* other,
                  uint32_t level) {
  if (node == other || node == nullptr) return true;
  if (level == 0) {
    for (uint32_t i = 0; i < ClockNode::kEpochs; ++i) {
      const uint32_t epoch = other == nullptr ? 0 : other->epochs[i];
      if (node->epochs[i] > epoch) return false;
    }
    return true;
  }
  for (uint32_t i = 0; i < ClockNode::kChildren; ++i) {
    const ClockNode* theirs = other == nullptr ? nullptr : other->children[i];
    if (!IsNodeAtMost(node->children[i], theirs, level - 1)) return false;
  }
  return true;
}

}  // namespace

uint32_t VectorClock::GetFar(TaskId task) const {
  if (task.value < kFlat || task.value >= kTasksMax) return 0;
  const uint32_t index = task.value - kFlat;
  const ClockNode* node = root_;
  for (uint32_t level = kTop; level != 0 && node != nullptr; --level) {
    node = node->children[ChildOf(level, index)];
  }
  return node == nullptr ? 0 : node->epochs[index % ClockNode::kEpochs];
}

void VectorClock::SetSlowly(ClockPool& pool, TaskId task, uint32_t epoch) {
  FOZZY_CHECK(task.value < kTasksMax);
  if (task.value < kFlat) {
    Widen((task.value / kLanes + 1) * kLanes);
    flat_[task.value] = epoch;
    return;
  }
  const uint32_t index = task.value - kFlat;
  ClockNode** place = &root_;
  for (uint32_t level = kTop;; --level) {
    *place = *place == nullptr ? MakeNode(pool) : MakeOwn(pool, *place, level);
    if (level == 0) break;
    place = &(*place)->children[ChildOf(level, index)];
  }
  (*place)->epochs[index % ClockNode::kEpochs] = epoch;
}

void VectorClock::JoinFar(ClockPool& pool, const VectorClock& other) {
  root_ = JoinNode(pool, root_, other.root_, kTop);
}

void VectorClock::AssignFar(ClockPool& pool, const VectorClock& other) {
  Share(other.root_);
  Drop(pool, root_, kTop);
  root_ = other.root_;
}

void VectorClock::ClearFar(ClockPool& pool) {
  Drop(pool, root_, kTop);
  root_ = nullptr;
}

bool VectorClock::IsAtMost(const VectorClock& other) const {
  for (uint32_t i = 0; i < width_; ++i) {
    if (flat_[i] > other.Get({i})) return false;
  }
  return IsNodeAtMost(root_, other.root_, kTop);
}

}  // namespace fozzy

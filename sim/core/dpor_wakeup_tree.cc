#include "sim/core/dpor_wakeup_tree.h"

namespace fozzy {

namespace {

// Whether two ops of different runs may be of one object all the same.
bool MayMeet(const DporOp& a, const DporOp& b, const DporNames& named) {
  if (AreDependent(a, b)) return true;
  return a.object >= named.objects && b.object >= named.objects;
}

}  // namespace

DporCover CoverOf(const DporOp& op, const DporSequence& sequence, size_t& at) {
  const std::span<const DporOp> ops = sequence.ops.span();
  if (op.task >= sequence.named.tasks) return DporCover::kNone;
  for (at = 0; at < ops.size() && ops[at].task != op.task;) ++at;
  const bool is_part = at < ops.size();
  for (size_t i = 0; i < at; ++i) {
    const bool is_before = is_part ? AreDependent(ops[i], ops[at])
                                   : MayMeet(ops[i], op, sequence.named);
    if (is_before) return DporCover::kNone;
  }
  if (at < sequence.needed) return DporCover::kStrong;
  return sequence.is_whole ? DporCover::kWeak : DporCover::kNone;
}

DporCover WakeupTrees::Insert(Tree& tree, DporSequence& sequence) {
  DporCover cover = DporCover::kStrong;
  Tree parent = 0;
  Tree last = 0;  // of the branches behind `parent`
  for (Tree branch = tree; branch != 0;) {
    size_t at = 0;
    const DporCover step = CoverOf(nodes_[branch].op, sequence, at);
    if (step == DporCover::kNone) {
      last = branch;
      branch = nodes_[branch].next;
      continue;
    }
    if (step == DporCover::kWeak) cover = DporCover::kWeak;
    if (at < sequence.ops.size()) sequence.ops.erase(at);
    if (at < sequence.needed) --sequence.needed;
    if (at < sequence.certain) --sequence.certain;
    parent = branch;
    last = 0;
    branch = nodes_[branch].children;
    // Behind a leaf everything is going to be tried.
    if (branch == 0) return cover;
  }
  const Tree added = NewBranch(sequence);
  if (last != 0) {
    nodes_[last].next = added;
  } else if (parent != 0) {
    nodes_[parent].children = added;
  } else {
    tree = added;
  }
  return cover;
}

// Returns the certain part of `sequence` as a branch; 0 if there is none.
WakeupTrees::Tree WakeupTrees::NewBranch(const DporSequence& sequence) {
  size_t size = sequence.ops.size();
  if (size > sequence.certain) size = sequence.certain;
  const size_t size_max = used_ < kNodesMax ? kPlanMax : 1;
  if (size > size_max) size = size_max;
  Tree branch = 0;
  while (size > 0) {
    const Tree behind = branch;
    branch = NewNode(sequence.ops[--size]);
    nodes_[branch].children = behind;
  }
  return branch;
}

void WakeupTrees::AddBranch(Tree& tree, const DporOp& op) {
  if (HasBranch(tree, op.task)) return;
  const Tree added = NewNode(op);
  Tree last = tree;
  if (last == 0) {
    tree = added;
    return;
  }
  while (nodes_[last].next != 0) last = nodes_[last].next;
  nodes_[last].next = added;
}

bool WakeupTrees::HasBranch(Tree tree, uint32_t task) const {
  while (tree != 0 && nodes_[tree].op.task != task) tree = nodes_[tree].next;
  return tree != 0;
}

WakeupTrees::Tree WakeupTrees::TakeFirst(Tree& tree) {
  const Tree first = tree;
  const Tree behind = nodes_[first].children;
  tree = nodes_[first].next;
  Release(first);
  return behind;
}

WakeupTrees::Tree WakeupTrees::SplitFirst(Tree& tree) {
  const Tree first = tree;
  tree = nodes_[first].next;
  nodes_[first].next = 0;
  return first;
}

void WakeupTrees::Follow(Tree& tree, const DporOp& op) {
  Tree found = tree;
  while (found != 0 && !IsSameStep(nodes_[found].op, op)) {
    found = nodes_[found].next;
  }
  if (found == 0) return;
  const Tree behind = nodes_[found].children;
  nodes_[found].children = 0;
  Clear(tree);
  tree = behind;
}

void WakeupTrees::Clear(Tree& tree) {
  while (tree != 0) {
    // The branches behind the first one become branches beside it.
    Tree last = nodes_[tree].children;
    if (last != 0) {
      while (nodes_[last].next != 0) last = nodes_[last].next;
      nodes_[last].next = nodes_[tree].next;
      nodes_[tree].next = nodes_[tree].children;
    }
    const Tree first = tree;
    tree = nodes_[first].next;
    Release(first);
  }
}

WakeupTrees::Tree WakeupTrees::NewNode(const DporOp& op) {
  ++used_;
  if (free_ == 0) {
    if (nodes_.empty()) nodes_.push_back({});
    nodes_.push_back({.op = op});
    return static_cast<Tree>(nodes_.size() - 1);
  }
  const Tree node = free_;
  free_ = nodes_[node].next;
  nodes_[node] = {.op = op};
  return node;
}

void WakeupTrees::Release(Tree node) {
  --used_;
  nodes_[node].next = free_;
  free_ = node;
}

}  // namespace fozzy

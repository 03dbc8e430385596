#include "sim/core/dpor_wakeup_tree.h"

namespace fozzy {

bool FindInitial(const DporOp& op, std::span<const DporOp> sequence,
                 size_t& at) {
  for (size_t i = 0; i < sequence.size(); ++i) {
    if (sequence[i].task == op.task) {
      at = i;
      return true;
    }
    if (AreDependent(sequence[i], op)) return false;
  }
  at = kNotInSequence;
  return true;
}

void WakeupTrees::Insert(Tree& tree, ArenaVector<DporOp>& sequence,
                         size_t certain) {
  Tree parent = 0;
  Tree last = 0;
  for (Tree branch = tree; branch != 0;) {
    size_t at = 0;
    last = branch;
    if (!FindInitial(nodes_[branch].op, sequence.span(), at)) {
      branch = nodes_[branch].next;
      continue;
    }
    if (at != kNotInSequence) {
      sequence.erase(at);
      if (at < certain) --certain;
    }
    // A leaf: everything behind it is going to be tried.
    if (nodes_[branch].children == 0) return;
    parent = branch;
    last = 0;
    branch = nodes_[branch].children;
  }
  if (certain > sequence.size()) certain = sequence.size();
  for (size_t i = 0; i < certain; ++i) {
    const Tree node = NewNode(sequence[i]);
    if (last != 0) {
      nodes_[last].next = node;
    } else if (parent != 0) {
      nodes_[parent].children = node;
    } else {
      tree = node;
    }
    parent = node;
    last = 0;
  }
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
  while (found != 0 && nodes_[found].op != op) found = nodes_[found].next;
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

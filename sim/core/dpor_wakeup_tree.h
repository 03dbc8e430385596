// The sequences of ops that are still to be tried from some point of a run.
#ifndef FOZZY_SIM_CORE_DPOR_WAKEUP_TREE_H_
#define FOZZY_SIM_CORE_DPOR_WAKEUP_TREE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/arena_vector.h"
#include "sim/core/dpor_op.h"

namespace fozzy {

// Returned by FindInitial: the op of a task that is not in the sequence.
inline constexpr size_t kNotInSequence = ~size_t{0};

// Returns whether `op` is a weak initial of `sequence`: some run that begins
// with `op` is equivalent to one that begins with `sequence`.  Then `at` is the
// place of the first op of its task there, or kNotInSequence.
bool FindInitial(const DporOp& op, std::span<const DporOp> sequence,
                 size_t& at);

// Ordered trees of ops, any number of them, with memory in common.  A tree is a
// list of branches, each an op followed by a tree.  What branches off later is
// tried later.
//
// Source: wakeup trees, Abdulla, Aronsson, Jonsson, Sagonas, "Optimal dynamic
// partial order reduction", POPL 2014.
class WakeupTrees {
 public:
  // A tree: its first branch; 0: it is empty.
  using Tree = uint32_t;

  explicit WakeupTrees(Arena& arena) : nodes_(arena) {}

  // Adds `sequence` to `tree`, unless a sequence there leads to the same runs.
  // No more than the first `certain` ops of it are kept as a plan: what comes
  // after them is known to be possible, but may turn out differently.
  // `sequence` is used up.
  void Insert(Tree& tree, ArenaVector<DporOp>& sequence, size_t certain);

  const DporOp& FirstOp(Tree tree) const { return nodes_[tree].op; }

  // Whether a branch of `tree` begins with an op of `task`.
  bool HasBranch(Tree tree, uint32_t task) const;

  // Removes the first branch of `tree`, and returns the tree behind its op.
  Tree TakeFirst(Tree& tree);

  // Moves the first branch of `tree`, op and all, into a tree of its own.
  Tree SplitFirst(Tree& tree);

  // Follows `op`: `tree` becomes the tree behind that branch, and the other
  // branches are lost.  Does nothing if there is no such branch.
  void Follow(Tree& tree, const DporOp& op);

  // Empties `tree`.
  void Clear(Tree& tree);

  // Nodes in use, of all trees.
  size_t size() const { return used_; }

 private:
  struct Node {
    DporOp op = {};
    Tree next = 0;      // the branch after this one
    Tree children = 0;  // the tree behind op
  };

  Tree NewNode(const DporOp& op);
  void Release(Tree node);

  ArenaVector<Node> nodes_;  // [0] is not used
  Tree free_ = 0;            // linked by `next`
  size_t used_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DPOR_WAKEUP_TREE_H_

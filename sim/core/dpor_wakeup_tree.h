// The sequences of ops that are still to be tried from some point of a run.
#ifndef FOZZY_SIM_CORE_DPOR_WAKEUP_TREE_H_
#define FOZZY_SIM_CORE_DPOR_WAKEUP_TREE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/arena_vector.h"
#include "sim/core/dpor_op.h"

namespace fozzy {

// Bounds of numbers.
struct DporNames {
  uint32_t tasks = ~uint32_t{0};
  uint32_t objects = ~uint32_t{0};
};

// What a run could have done instead of an op and all that depends on it: first
// what it takes to reverse a race, then whatever else it did.
struct DporSequence {
  explicit DporSequence(Arena& arena) : ops(arena) {}

  ArenaVector<DporOp> ops;
  size_t needed = 0;  // ops that reverse the race, at least 1
  // Ops that are sure to be repeated: those after them follow an answer that
  // may be another one next time.
  size_t certain = 0;
  bool is_whole = false;  // the run came to an end
  // Tasks and objects below these have the same numbers in all runs that begin
  // in the same way; others may be numbered otherwise.
  DporNames named = {};
};

// Whether a run that begins with some op stands for those that begin with a
// sequence.
enum class DporCover : uint8_t {
  kNone = 0,
  kWeak,    // for those that go on as this one did
  kStrong,  // for all that reverse the race
};

// Returns how `op` covers `sequence`: strongly if it is one of the needed ops
// and none before it matters to it; weakly if that holds of a later op, or of
// `op` after all of them.  `at` becomes its place, or the size.
DporCover CoverOf(const DporOp& op, const DporSequence& sequence, size_t& at);

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

  // Adds `sequence`, which is used up, to `tree`, unless a sequence there
  // covers it.  Returns how it is covered then; not kNone.
  DporCover Insert(Tree& tree, DporSequence& sequence);

  // Adds a branch of one op, unless there is one of its task.
  void AddBranch(Tree& tree, const DporOp& op);

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
  // Longer plans are cut, and with so many nodes in use every plan is: what
  // comes after is found out then.
  static constexpr size_t kPlanMax = 512;
  static constexpr size_t kNodesMax = size_t{1} << 20;

  struct Node {
    DporOp op = {};
    Tree next = 0;      // the branch after this one
    Tree children = 0;  // the tree behind op
  };

  Tree NewNode(const DporOp& op);
  Tree NewBranch(const DporSequence& sequence);
  void Release(Tree node);

  ArenaVector<Node> nodes_;  // [0] is not used
  Tree free_ = 0;            // linked by `next`
  size_t used_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DPOR_WAKEUP_TREE_H_

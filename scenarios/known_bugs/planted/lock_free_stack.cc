// Treiber's stack, and what happens to nodes that come back or go away.
// Source: Treiber, "Systems programming: coping with parallelism", 1986.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
constexpr auto kAcquire = std::memory_order_acquire;
constexpr auto kAcquireRelease = std::memory_order_acq_rel;

// A stack of nodes 1, 2 and 3, on top of each other in that order; 0 is none.
// If tagged, the upper half of `head` counts the changes made to it.
template <bool kTagged>
class IndexStack {
 public:
  void Push(uint32_t node) {
    uint64_t old = head_.load(kAcquire);
    do {
      next_[node].store(static_cast<uint32_t>(old), kRelaxed);
    } while (!head_.compare_exchange_weak(old, Successor(old, node),
                                          kAcquireRelease, kAcquire));
  }

  uint32_t Pop() {
    uint64_t old = head_.load(kAcquire);
    while (static_cast<uint32_t>(old) != 0) {
      const uint32_t next = next_[static_cast<uint32_t>(old)].load(kRelaxed);
      if (head_.compare_exchange_weak(old, Successor(old, next),
                                      kAcquireRelease, kAcquire)) {
        break;
      }
    }
    return static_cast<uint32_t>(old);
  }

 private:
  static uint64_t Successor(uint64_t old, uint32_t node) {
    return kTagged ? ((old >> 32) + 1) << 32 | node : node;
  }

  fozzy::atomic<uint64_t> head_{1};
  fozzy::atomic<uint32_t> next_[4] = {0, 2, 3, 0};
};

struct StackNode {
  fozzy::atomic<StackNode*> next{nullptr};
};

// Pops a node of the stack at `head`, or returns null.
StackNode* PopNode(fozzy::atomic<StackNode*>& head) {
  StackNode* node = head.load(kAcquire);
  while (node != nullptr) {
    StackNode* const next = node->next.load(kAcquire);
    if (head.compare_exchange_weak(node, next, kAcquireRelease, kAcquire)) {
      break;
    }
  }
  return node;
}

void PushNode(fozzy::atomic<StackNode*>& head, StackNode* node) {
  StackNode* old = head.load(kAcquire);
  do {
    node->next.store(old, kRelaxed);
  } while (!head.compare_exchange_weak(old, node, kAcquireRelease, kAcquire));
}

}  // namespace

// ABA: one task has read that 2 follows 1 and is preempted before its
// compare-exchange; the other pops 1 and 2 and pushes 1 back.  The head is 1
// again, the exchange succeeds, and 2, which is taken, is on the stack.
// Source: IBM System/370 Extended Architecture, Principles of Operation, 1983.
template <bool kMended>
void TreiberStackAba() {
  IndexStack<kMended> stack;
  uint32_t kept[2] = {0, 0};
  const auto pop = [&] { kept[0] = stack.Pop(); };
  const auto pop_two_push_one = [&] {
    const uint32_t first = stack.Pop();
    kept[1] = stack.Pop();
    stack.Push(first);
  };

  RunTasks(pop, pop_two_push_one);

  bool is_owned[4] = {false, false, false, false};
  is_owned[kept[0]] = true;
  FOZZY_ALWAYS(!is_owned[kept[1]], "a node has one owner");
  is_owned[kept[1]] = true;
  const uint32_t rest = stack.Pop();
  FOZZY_ALWAYS(rest != 0 && !is_owned[rest], "a node has one owner");
}
template void TreiberStackAba<false>();
template void TreiberStackAba<true>();

// A popped node is destroyed at once, while another task that has read the head
// is about to look at the node that follows.  That task sleeps while its top is
// covered by another node and uncovered again.
template <bool kMended>
void TreiberStackUseAfterFree() {
  fozzy::atomic<StackNode*> head{fozzy::heap::create<StackNode>()};
  StackNode* retired[3] = {nullptr, nullptr, nullptr};
  const auto pop = [&](int slot) {
    StackNode* node = PopNode(head);
    if (kMended) {
      retired[slot] = node;
    } else if (node != nullptr) {
      fozzy::heap::destroy(node);
    }
  };
  const auto push_and_pop = [&] {
    PushNode(head, fozzy::heap::create<StackNode>());
    pop(1);
    pop(2);
  };

  RunTasks([&] { pop(0); }, push_and_pop);

  for (StackNode* node : retired) {
    if (node != nullptr) fozzy::heap::destroy(node);
  }
}
template void TreiberStackUseAfterFree<false>();
template void TreiberStackUseAfterFree<true>();

namespace {

// A stack of node 1 on node 2 whose head counts its changes modulo `kTags`.
template <uint32_t kTags>
class TaggedStack {
 public:
  void Push(uint32_t node) {
    uint32_t old = head_.load();
    do {
      next_[node].store(old % kNodes);
    } while (!head_.compare_exchange_strong(old, Successor(old, node)));
  }

  // Returns 0 if it is empty.
  uint32_t Pop() {
    uint32_t old = head_.load();
    while (old % kNodes != 0) {
      const uint32_t next = next_[old % kNodes].load();
      if (head_.compare_exchange_strong(old, Successor(old, next))) break;
    }
    return old % kNodes;
  }

 private:
  static constexpr uint32_t kNodes = 4;

  static uint32_t Successor(uint32_t old, uint32_t node) {
    return (old / kNodes + 1) % kTags * kNodes + node;
  }

  fozzy::atomic<uint32_t> head_{1};
  fozzy::atomic<uint32_t> next_[kNodes] = {0, 2, 0, 0};
};

}  // namespace

// The head is tagged, and the tag has two bits.  While one task sleeps in Pop
// the other pops 1 and 2 and pushes 3 and 1: four changes, and the head is what
// it was, with 3 below 1 where 2 has been.
// Source: Michael, "ABA prevention using single-word instructions", 2004, on
// tags that come round.
template <bool kMended>
void AbaTagWraps() {
  TaggedStack<kMended ? 1 << 20 : 4> stack;
  uint32_t popped = 0;
  uint32_t kept = 0;
  const auto pop = [&] { popped = stack.Pop(); };
  const auto replace_second = [&] {
    const uint32_t first = stack.Pop();
    kept = stack.Pop();
    stack.Push(3);
    if (first != 0) stack.Push(first);
  };

  RunTasks(pop, replace_second);

  bool is_taken[4] = {false, false, false, false};
  const auto take = [&](uint32_t node) {
    FOZZY_ALWAYS(node == 0 || !is_taken[node], "a node has one owner");
    is_taken[node] = true;
    return node != 0;
  };
  take(popped);
  take(kept);
  while (take(stack.Pop())) {
  }
}
template void AbaTagWraps<false>();
template void AbaTagWraps<true>();

namespace {

// A stack whose nodes are destroyed when no hazard points to them.
template <bool kRenewsHazard>
class HazardStack {
 public:
  ~HazardStack() {
    for (int i = 0; i < retirements_; ++i) fozzy::heap::destroy(retired_[i]);
    while (StackNode* const node = PopNode(head_)) fozzy::heap::destroy(node);
  }

  void Push() { PushNode(head_, fozzy::heap::create<StackNode>()); }

  // Pops and destroys a node, if there is one.
  void Drop(int self) {
    StackNode* node = Protect(self);
    while (node != nullptr) {
      StackNode* const next = node->next.load();
      if (head_.compare_exchange_strong(node, next)) break;
      if constexpr (kRenewsHazard) node = Protect(self);
    }
    hazards_[self].store(nullptr);
    if (node != nullptr) Retire(self, node);
  }

 private:
  StackNode* Protect(int self) {
    StackNode* node = head_.load();
    for (;;) {
      hazards_[self].store(node);
      StackNode* const again = head_.load();
      if (again == node) return node;
      node = again;
    }
  }

  void Retire(int self, StackNode* node) {
    if (hazards_[1 - self].load() == node) {
      retired_[retirements_.fetch_add(1)] = node;
    } else {
      fozzy::heap::destroy(node);
    }
  }

  fozzy::atomic<StackNode*> head_{nullptr};
  fozzy::atomic<StackNode*> hazards_[2] = {nullptr, nullptr};
  fozzy::atomic<int> retirements_{0};
  StackNode* retired_[2] = {nullptr, nullptr};
};

}  // namespace

// A hazard is published for the head that is found first, and none for the head
// that a failed compare-exchange brings.  While a task sleeps its head is
// popped and kept for its sake; it fails, and sleeps again while the next head
// is popped and destroyed. Source: Michael, "Hazard pointers: safe memory
// reclamation for lock-free objects", 2004.
template <bool kMended>
void HazardNotRenewed() {
  HazardStack<kMended> stack;
  for (int i = 0; i < 2; ++i) stack.Push();
  const auto drop_two = [&] {
    stack.Drop(1);
    stack.Drop(1);
  };

  RunTasks([&] { stack.Drop(0); }, drop_two);
}
template void HazardNotRenewed<false>();
template void HazardNotRenewed<true>();

}  // namespace fozzy::known_bugs

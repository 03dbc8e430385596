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

}  // namespace fozzy::known_bugs

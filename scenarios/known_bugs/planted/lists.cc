// Linked lists that are walked while others change them.
#include "scenarios/known_bugs/planted/bodies.h"
#include "scenarios/known_bugs/planted/tasks.h"

namespace fozzy::known_bugs {
namespace {

struct ListNode {
  explicit ListNode(ListNode* after) : next(after) {}

  fozzy::mutex mutex;
  fozzy::atomic<ListNode*> next;
  fozzy::atomic<bool> is_removed{false};
};

// Destroys `node` and all that follow.
void DestroyAll(ListNode* node) {
  while (node != nullptr) {
    ListNode* const next = node->next;
    fozzy::heap::destroy(node);
    node = next;
  }
}

}  // namespace

// Hand over hand, with a hand free in between: the walker gives back the lock
// of a node before it takes the next one's, and that one is removed,
// accounted for and destroyed in the gap.
// Source: Bayer and Schkolnick, "Concurrency of operations on B-trees", 1977,
// on locks that overlap.
template <bool kMended>
void HandOverHandGap() {
  ListNode* const second = fozzy::heap::create<ListNode>(nullptr);
  ListNode* const first = fozzy::heap::create<ListNode>(second);
  fozzy::atomic<int> bytes{80};
  const auto walk = [&] {
    ListNode* node = first;
    node->mutex.lock();
    for (;;) {
      ListNode* const next = node->next;
      if (next == nullptr) break;
      if constexpr (kMended) next->mutex.lock();
      node->mutex.unlock();
      if constexpr (!kMended) next->mutex.lock();
      node = next;
    }
    node->mutex.unlock();
  };
  const auto remove_second = [&] {
    first->mutex.lock();
    second->mutex.lock();
    first->next = nullptr;
    second->mutex.unlock();
    first->mutex.unlock();
    for (int i = 0; i < 9; ++i) bytes.fetch_sub(8);
    fozzy::heap::destroy(second);
  };

  RunTasks(walk, remove_second);

  fozzy::heap::destroy(first);
}
template void HandOverHandGap<false>();
template void HandOverHandGap<true>();

// An optimistic list: the place is found in an index without locks, locked, and
// used without a second look.  The node before it has been taken off all the
// index and removed meanwhile, and the insertion is lost with it.
// Source: Heller and others, "A lazy concurrent list-based set algorithm",
// 2005, which validates.
template <bool kMended>
void InsertWithoutValidation() {
  ListNode* const second = fozzy::heap::create<ListNode>(nullptr);
  ListNode* const first = fozzy::heap::create<ListNode>(second);
  fozzy::atomic<ListNode*> index[5] = {second, second, second, second, second};
  const auto insert = [&] {
    ListNode* const added = fozzy::heap::create<ListNode>(nullptr);
    for (;;) {
      ListNode* const before = index[0].load();
      const fozzy::lock_guard<fozzy::mutex> lock(before->mutex);
      if (kMended && before->is_removed.load()) continue;
      added->next = before->next.load();
      before->next = added;
      return;
    }
  };
  const auto remove_second = [&] {
    for (fozzy::atomic<ListNode*>& entry : index) entry.store(first);
    const fozzy::lock_guard<fozzy::mutex> outer(first->mutex);
    const fozzy::lock_guard<fozzy::mutex> inner(second->mutex);
    if (first->next.load() != second || second->next.load() != nullptr) return;
    second->is_removed.store(true);
    first->next = nullptr;
  };

  RunTasks(insert, remove_second);

  FOZZY_ALWAYS(first->next != nullptr, "what was inserted is there");
  const bool is_apart = second->is_removed.load();
  DestroyAll(first);
  if (is_apart) fozzy::heap::destroy(second);
}
template void InsertWithoutValidation<false>();
template void InsertWithoutValidation<true>();

}  // namespace fozzy::known_bugs

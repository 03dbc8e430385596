// Branches that are to run, first in first out.
#ifndef FOZZY_KERNELS_REACTIVE_READY_QUEUE_H_
#define FOZZY_KERNELS_REACTIVE_READY_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <utility>

#include "kernels/reactive/branch.h"

namespace fozzy::reactive {

// A ring of pointers rather than a list through the branches: where the next
// one goes is known without looking at the last, so that a processor that runs
// ahead of a short queue does not trip over its own stores.
class ReadyQueue {
 public:
  // Requires `memory` to outlive the queue.
  explicit ReadyQueue(std::pmr::memory_resource* memory) : memory_(memory) {}
  ~ReadyQueue() { Free(items_, capacity_); }
  ReadyQueue(const ReadyQueue&) = delete;
  ReadyQueue& operator=(const ReadyQueue&) = delete;

  bool empty() const { return count() == 0; }
  size_t count() const { return end_ - begin_ - erased_; }

  // Requires `branch` to be in no queue or list.
  void Push(Branch& branch) {
    if (end_ - begin_ == capacity_) [[unlikely]] {
      Grow();
    }
    branch.slot = end_;
    items_[end_++ & (capacity_ - 1)] = &branch;
  }

  // Whether nothing is left, not even those erased.
  bool at_end() const { return begin_ == end_; }
  // Takes the first branch out and returns it; null if it has been erased.
  // Requires !at_end().
  Branch* Next() {
    Branch* const branch = items_[begin_++ & (capacity_ - 1)];
    erased_ -= branch == nullptr ? 1 : 0;
    return branch;
  }

  // Takes out the branch that comes behind `before` others.  Requires
  // before < count().
  Branch& Take(size_t before) {
    uint32_t at = begin_;
    while (items_[at & (capacity_ - 1)] == nullptr || before-- > 0) ++at;
    Branch& branch = *items_[at & (capacity_ - 1)];
    Erase(branch);
    return branch;
  }

  // Takes `branch` out.  Returns false if it is not here.
  bool Erase(const Branch& branch) {
    if (branch.slot - begin_ >= end_ - begin_) return false;
    Branch*& item = items_[branch.slot & (capacity_ - 1)];
    if (item != &branch) return false;
    item = nullptr;
    ++erased_;
    return true;
  }

  // Moves all of `from`, in order, behind what is here.
  void TakeAll(BranchList& from) {
    while (!from.empty()) Push(from.PopFront());
  }
  void TakeAll(ReadyQueue& from) {
    if (at_end()) return Swap(from);
    while (!from.at_end()) {
      if (Branch* const branch = from.Next(); branch != nullptr) Push(*branch);
    }
  }

 private:
  void Grow();
  void Free(Branch** items, uint32_t capacity);
  // Requires at_end().
  void Swap(ReadyQueue& other) {
    std::swap(items_, other.items_);
    std::swap(capacity_, other.capacity_);
    begin_ = std::exchange(other.begin_, 0);
    end_ = std::exchange(other.end_, 0);
    erased_ = std::exchange(other.erased_, 0);
  }

  std::pmr::memory_resource* memory_;
  Branch** items_ = nullptr;  // null: erased
  uint32_t capacity_ = 0;     // a power of two, or 0
  // Places, modulo 2^32; that of a branch is its slot.
  uint32_t begin_ = 0;
  uint32_t end_ = 0;
  uint32_t erased_ = 0;  // between them
};

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_READY_QUEUE_H_

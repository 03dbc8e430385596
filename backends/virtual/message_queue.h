// Messages on their way, and which of them can be delivered now.
#ifndef FOZZY_BACKENDS_VIRTUAL_MESSAGE_QUEUE_H_
#define FOZZY_BACKENDS_VIRTUAL_MESSAGE_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace fozzy {

// Slots in order of arrival, some of them open (deliverable).  Finding the
// k-th open one, opening, closing and adding cost O(log n), so that the cost
// of a delivery does not grow with the number of messages.
//
// Source: Fenwick, "A New Data Structure for Cumulative Frequency Tables",
// 1994; grown by doubling.
class MessageQueue {
 public:
  // Adds a slot and returns its index, counted from 0.
  size_t Add(bool is_open);

  // Takes the last Add back.
  void RemoveLast();

  // Takes all of them back; memory is kept.
  void Clear();

  void SetOpen(size_t slot, bool is_open);
  bool is_open(size_t slot) const { return is_open_[slot]; }

  // The number of open slots.
  size_t open() const { return open_; }
  size_t size() const { return is_open_.size(); }

  // Returns the `rank`-th open slot in order of arrival, from 0.
  // Requires rank < open().
  size_t Find(size_t rank) const;

 private:
  void Grow();
  void Update(size_t slot, bool is_open);

  std::vector<bool> is_open_;
  std::vector<uint32_t> tree_;  // tree_[i]: open slots in (i - lowbit(i), i]
  size_t open_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_VIRTUAL_MESSAGE_QUEUE_H_

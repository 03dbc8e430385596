// Who knows how far which task has come.
//
// A clock of up to 16 tasks is a flat array.  Entries of further tasks hang in
// a tree whose nodes are shared between clocks and copied when written:
// thousands of tasks that synchronise through one object have trees that
// differ in a few nodes only, and joining two skips what they share.
#ifndef FOZZY_SIM_CORE_VECTOR_CLOCK_H_
#define FOZZY_SIM_CORE_VECTOR_CLOCK_H_

#include <cstdint>
#include <cstring>

#include "fozzy/decision.h"
#include "sim/core/arena.h"
#include "sim/core/arena_pool.h"

namespace fozzy {

// A node of the tree: a leaf holds epochs, all others hold nodes.
struct ClockNode {
  static constexpr uint32_t kEpochs = 64;
  static constexpr uint32_t kChildren = 32;

  union {
    uint32_t epochs[kEpochs];
    ClockNode* children[kChildren];
  };
  uint32_t references;  // by clocks and nodes
};

// Where clocks have their nodes.
using ClockPool = ArenaPool<ClockNode>;

// A vector clock: an epoch for every task.  Can be copied byte by byte, but
// then only one of the two may be used on: a clock owns its references.  All
// clocks that are joined have their nodes in one pool.
class VectorClock {
 public:
  // Tasks in the flat part, and in all.
  static constexpr uint32_t kFlat = 16;
  static constexpr uint32_t kTasksMax =
      kFlat + ClockNode::kChildren * ClockNode::kChildren * ClockNode::kEpochs;

  // The epoch of `task`; 0 for tasks not heard of.
  uint32_t Get(TaskId task) const {
    if (task.value < width_) [[likely]]
      return flat_[task.value % kFlat];
    return root_ == nullptr ? 0 : GetFar(task);
  }

  // Requires task < kTasksMax.
  void Set(ClockPool& pool, TaskId task, uint32_t epoch) {
    if (task.value < width_) {
      flat_[task.value % kFlat] = epoch;
      return;
    }
    SetSlowly(pool, task, epoch);
  }

  // Adds 1 to the entry of `task`.  Four entries are written at once, as they
  // are soon read so: reading more than was just written has to wait.
  void Increment(ClockPool& pool, TaskId task) {
    if (task.value >= width_) {
      if (task.value >= kFlat) return Set(pool, task, Get(task) + 1);
      Widen((task.value / kLanes + 1) * kLanes);
    }
    Lanes lanes;
    uint32_t* at = flat_ + task.value / kLanes * kLanes;
    std::memcpy(&lanes, at, sizeof(lanes));
    lanes += kUnits[task.value % kLanes];
    std::memcpy(at, &lanes, sizeof(lanes));
  }

  // Makes every entry at least that of `other`.
  void Join(ClockPool& pool, const VectorClock& other) {
    if (other.width_ > width_) Widen(other.width_);
    for (uint32_t i = 0; i < other.width_; i += kLanes) {
      JoinLanes(flat_ + i, other.flat_ + i);
    }
    if (other.root_ != root_) JoinFar(pool, other);
  }

  // Makes this equal to `other`.
  void Assign(ClockPool& pool, const VectorClock& other) {
    if (root_ != other.root_) AssignFar(pool, other);
    width_ = other.width_;
    for (uint32_t i = 0; i < width_; i += kLanes) {
      std::memcpy(flat_ + i, other.flat_ + i, sizeof(Lanes));
    }
  }

  // Makes all entries 0.
  void Clear(ClockPool& pool) {
    width_ = 0;
    if (root_ != nullptr) ClearFar(pool);
  }

  // As Clear, of a clock whose nodes are gone with its pool.
  void Forget() {
    width_ = 0;
    root_ = nullptr;
  }

  // Whether no entry is above that of `other`.
  bool IsAtMost(const VectorClock& other) const;

  // Whether all entries are 0 for sure; a clock that was written may say no.
  bool IsEmpty() const { return width_ == 0 && root_ == nullptr; }

 private:
  static constexpr uint32_t kLanes = 4;
  using Lanes = uint32_t __attribute__((vector_size(16)));

  static constexpr Lanes kUnits[kLanes] = {
      {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};

  static void JoinLanes(uint32_t* to, const uint32_t* from) {
    Lanes a;
    Lanes b;
    std::memcpy(&a, to, sizeof(a));
    std::memcpy(&b, from, sizeof(b));
    const Lanes is_above = reinterpret_cast<Lanes>(a > b);
    a = (a & is_above) | (b & ~is_above);
    std::memcpy(to, &a, sizeof(a));
  }

  void Widen(uint32_t width) {
    constexpr Lanes kZeros = {};
    for (; width_ < width; width_ += kLanes) {
      std::memcpy(flat_ + width_, &kZeros, sizeof(kZeros));
    }
  }

  uint32_t GetFar(TaskId task) const;
  void SetSlowly(ClockPool& pool, TaskId task, uint32_t epoch);
  void JoinFar(ClockPool& pool, const VectorClock& other);
  void AssignFar(ClockPool& pool, const VectorClock& other);
  void ClearFar(ClockPool& pool);

  // Entries of flat_ that are in use, a multiple of kLanes; others are 0 and
  // not written.
  uint32_t width_ = 0;
  ClockNode* root_ = nullptr;
  alignas(16) uint32_t flat_[kFlat] = {};
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_VECTOR_CLOCK_H_

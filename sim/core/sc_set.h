// A set of sequentially consistent events.
#ifndef FOZZY_SIM_CORE_SC_SET_H_
#define FOZZY_SIM_CORE_SC_SET_H_

#include <cstdint>

namespace fozzy {

// The first events of every task, up to one that is named by its number in its
// task, from 1; 0: none.  All sets of such events that matter are of this form,
// as an event is ordered before the next one of its task.
//
// Events of the chain (see sc_chain.h), of whichever task, are ordered one
// after the other, too: as if they were of one more task.
class ScSet {
 public:
  // Events of tasks from this one on are not told apart.
  static constexpr uint32_t kTasks = 32;

  uint32_t Get(uint32_t task) const { return task < width_ ? last_[task] : 0; }
  uint32_t chain() const { return chain_; }

  // Adds event `number` of `task` and those before it.
  void Add(uint32_t task, uint32_t number) {
    if (number <= Get(task)) return;
    while (width_ <= task) last_[width_++] = 0;
    last_[task] = number;
  }
  void AddChain(uint32_t number) {
    if (chain_ < number) chain_ = number;
  }

  void Join(const ScSet& other) {
    AddChain(other.chain_);
    while (width_ < other.width_) last_[width_++] = 0;
    for (uint32_t i = 0; i < other.width_; ++i) {
      if (last_[i] < other.last_[i]) last_[i] = other.last_[i];
    }
  }

  friend bool operator==(const ScSet& a, const ScSet& b) {
    if (a.chain_ != b.chain_) return false;
    for (uint32_t i = 0; i < a.width_ || i < b.width_; ++i) {
      if (a.Get(i) != b.Get(i)) return false;
    }
    return true;
  }

  // All tasks with events in the set are below this.
  uint32_t width() const { return width_; }
  bool empty() const { return width_ == 0 && chain_ == 0; }
  void Clear() {
    width_ = 0;
    chain_ = 0;
  }

 private:
  uint32_t width_ = 0;
  uint32_t chain_ = 0;
  uint32_t last_[kTasks];  // the first width_ are used
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_SC_SET_H_

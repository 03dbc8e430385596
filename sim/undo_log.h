// Takes back what a part of a scenario did to the world.
#ifndef FOZZY_SIM_UNDO_LOG_H_
#define FOZZY_SIM_UNDO_LOG_H_

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace fozzy {

// Every change to the state of a world is announced here with the way back.
// Outside of scopes nothing is kept, so that the common run pays one test per
// change; inside, the cost of rolling back is that of the changes made, not
// that of the size of the world.
class UndoLog {
 public:
  // Whether changes must be announced.
  bool is_open() const { return depth_ > 0 && !is_rolling_back_; }

  // Whether a scope is open, also while it is rolled back.
  bool is_inside() const { return depth_ > 0; }

  // Keeps `undo`, which puts one change back.  What it captures must live as
  // long as the scope.  Requires is_open().
  void Add(std::function<void()> undo) { undos_.push_back(std::move(undo)); }

  // Opens a scope and returns its mark.
  size_t Open() {
    ++depth_;
    return undos_.size();
  }

  // Ends the innermost scope, opened at `mark`, and puts back all changes
  // made in it, the last one first.
  void RollBack(size_t mark) {
    is_rolling_back_ = true;
    while (undos_.size() > mark) {
      std::function<void()> undo = std::move(undos_.back());
      undos_.pop_back();
      undo();
    }
    is_rolling_back_ = false;
    --depth_;
  }

 private:
  std::vector<std::function<void()>> undos_;
  size_t depth_ = 0;
  bool is_rolling_back_ = false;  // putting back is no change to put back
};

}  // namespace fozzy

#endif  // FOZZY_SIM_UNDO_LOG_H_

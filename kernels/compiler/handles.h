// What lies behind handles: arrays that functions share or pass on, and
// interned strings.  Every call locks the table.
#ifndef FOZZY_KERNELS_COMPILER_HANDLES_H_
#define FOZZY_KERNELS_COMPILER_HANDLES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace fozzy::compiler {

// A value in an array: a number or handle in `first`, or a view of a string in
// both, as those who store it please.
struct Slot {
  int64_t first = 0;
  int64_t second = 0;
};

// Handles are numbers from 0 in the order of creation; those of arrays are
// used again once freed.
class Handles {
 public:
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;
  virtual ~Handles() = default;

  virtual int64_t NewArray(uint32_t length) = 0;
  virtual int64_t CloneArray(int64_t array) = 0;
  virtual void FreeArray(int64_t array) = 0;
  // Return false, and do nothing else, if there is no such element.
  virtual bool Get(int64_t array, int64_t index, Slot& value) = 0;
  virtual bool Set(int64_t array, int64_t index, Slot value) = 0;
  virtual int64_t LengthOf(int64_t array) = 0;
  virtual void CopyArray(int64_t to, int64_t from) = 0;

  // Equal strings have equal handles.
  virtual int64_t Intern(absl::string_view text) = 0;
  // Valid until Reset.
  virtual absl::string_view TextOf(int64_t text) = 0;

  // Frees everything.
  virtual void Reset() = 0;

 protected:
  Handles() = default;
};

// `Mutex` has lock() and unlock().
template <class Mutex>
class HandleTable final : public Handles {
 public:
  HandleTable() = default;

  int64_t NewArray(uint32_t length) override {
    const Guard guard(mutex_);
    return Place(std::vector<Slot>(length));
  }

  int64_t CloneArray(int64_t array) override {
    const Guard guard(mutex_);
    return Place(std::vector<Slot>(At(array)));
  }

  void FreeArray(int64_t array) override {
    const Guard guard(mutex_);
    At(array).clear();
    free_.push_back(array);
  }

  bool Get(int64_t array, int64_t index, Slot& value) override {
    const Guard guard(mutex_);
    const std::vector<Slot>& slots = At(array);
    if (index < 0 || static_cast<size_t>(index) >= slots.size()) return false;
    value = slots[static_cast<size_t>(index)];
    return true;
  }

  bool Set(int64_t array, int64_t index, Slot value) override {
    const Guard guard(mutex_);
    std::vector<Slot>& slots = At(array);
    if (index < 0 || static_cast<size_t>(index) >= slots.size()) return false;
    slots[static_cast<size_t>(index)] = value;
    return true;
  }

  int64_t LengthOf(int64_t array) override {
    const Guard guard(mutex_);
    return static_cast<int64_t>(At(array).size());
  }

  void CopyArray(int64_t to, int64_t from) override {
    const Guard guard(mutex_);
    if (to != from) At(to) = At(from);
  }

  int64_t Intern(absl::string_view text) override {
    const Guard guard(mutex_);
    const auto [place, is_new] = interned_.emplace(
        std::string(text), static_cast<int64_t>(texts_.size()));
    if (is_new) texts_.push_back(&place->first);
    return place->second;
  }

  absl::string_view TextOf(int64_t text) override {
    const Guard guard(mutex_);
    return *texts_[static_cast<size_t>(text)];
  }

  void Reset() override {
    const Guard guard(mutex_);
    arrays_.clear();
    free_.clear();
    texts_.clear();
    interned_.clear();
  }

 private:
  class Guard {
   public:
    explicit Guard(Mutex& mutex) : mutex_(mutex) { mutex_.lock(); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    ~Guard() { mutex_.unlock(); }

   private:
    Mutex& mutex_;
  };

  std::vector<Slot>& At(int64_t array) {
    return arrays_[static_cast<size_t>(array)];
  }

  int64_t Place(std::vector<Slot> slots) {
    if (free_.empty()) {
      arrays_.push_back(std::move(slots));
      return static_cast<int64_t>(arrays_.size()) - 1;
    }
    const int64_t array = free_.back();
    free_.pop_back();
    At(array) = std::move(slots);
    return array;
  }

  Mutex mutex_;
  std::vector<std::vector<Slot>> arrays_;
  std::vector<int64_t> free_;
  std::map<std::string, int64_t> interned_;
  std::vector<const std::string*> texts_;
};

}  // namespace fozzy::compiler

#endif  // FOZZY_KERNELS_COMPILER_HANDLES_H_

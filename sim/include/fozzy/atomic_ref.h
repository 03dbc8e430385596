// Atomic access to plain objects.
#ifndef FOZZY_ATOMIC_REF_H_
#define FOZZY_ATOMIC_REF_H_

#include <memory>
#include <type_traits>

#include "fozzy/atomic.h"
#include "fozzy/hooks.h"

namespace fozzy {
namespace hooks {

// An object is atomic from its first reference to its last; then it holds the
// value that is left.
template <class T>
class RefCell {
 public:
  explicit RefCell(T& object)
      : object_(&object), cell_(ShareCell(&object, ToWord(object))) {}
  RefCell(const RefCell& other) : RefCell(*other.object_) {}
  RefCell& operator=(const RefCell&) = delete;
  ~RefCell() {
    Word last;
    if (cell_ != nullptr && UnshareCell(object_, last)) {
      *object_ = FromWord<T>(last);
    }
  }

  template <class F>
  auto With(const F& f) const {
    if (cell_ != nullptr) return f(*cell_);
    // Outside of runs: whatever is done to the object takes place at its end.
    struct Copy {
      ~Copy() { object = FromWord<T>(cell.value); }
      T& object;
      AtomicCell cell;
    };
    Copy copy{*object_, {{}, ToWord(*object_)}};
    return f(copy.cell);
  }

 private:
  T* const object_;
  AtomicCell* const cell_;
};

}  // namespace hooks

// Like std::atomic_ref<T>.
template <class T>
class atomic_ref : public hooks::AtomicAccess<T, hooks::RefCell<T>> {
  using Access = hooks::AtomicAccess<T, hooks::RefCell<T>>;

 public:
  static constexpr std::size_t required_alignment = alignof(T);

  explicit atomic_ref(T& object) : Access(object) {}
  atomic_ref(const atomic_ref& other) : Access(other.place_) {}
  atomic_ref& operator=(const atomic_ref&) = delete;
  ~atomic_ref() = default;

  T operator=(hooks::Located<T> desired) const {
    this->store(desired.value, std::memory_order_seq_cst, desired.site);
    return desired.value;
  }
};

}  // namespace fozzy

#endif  // FOZZY_ATOMIC_REF_H_

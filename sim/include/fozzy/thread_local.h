// Variables that each task has its own of.
#ifndef FOZZY_THREAD_LOCAL_H_
#define FOZZY_THREAD_LOCAL_H_

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "fozzy/hooks.h"

namespace fozzy {

// What `thread_local T x = value;` is to threads: each task finds an object of
// its own, made when it is first used there and destroyed when the task ends,
// in reverse order.  A real thread_local variable would be shared by all tasks,
// which are one thread.
//
//   thread_local_var<int> depth = 0;
//   ++*depth;
//
// Outside of runs there is one object.  It is to outlive the tasks that use it.
template <class T>
class thread_local_var {
 public:
  thread_local_var() : make_([] { return new T(); }) {}
  template <class U>
  requires(std::is_convertible_v<U, T> &&
           !std::is_same_v<std::remove_cvref_t<U>, thread_local_var>)
      thread_local_var(const U& value)
      : make_([value] { return new T(value); }) {}
  // Made by calling `make`.
  template <class F>
  requires(std::is_invocable_r_v<T, F> &&
           !std::is_convertible_v<F, T>) explicit thread_local_var(F make)
      : make_([make] { return new T(make()); }) {}
  thread_local_var(const thread_local_var&) = delete;
  thread_local_var& operator=(const thread_local_var&) = delete;
  ~thread_local_var() = default;

  T& get() {
    if (!hooks::IsSimulated()) {
      if (outside_ == nullptr) outside_.reset(make_());
      return *outside_;
    }
    void* found = hooks::FindLocal(cell_);
    if (found != nullptr) return *static_cast<T*>(found);
    T* made = make_();
    hooks::KeepLocal(
        cell_, {[](void* local) { delete static_cast<T*>(local); }, made});
    return *made;
  }

  T& operator*() { return get(); }
  T* operator->() { return &get(); }
  operator T&() { return get(); }
  T& operator=(const T& value) { return get() = value; }

 private:
  std::function<T*()> make_;
  std::unique_ptr<T> outside_;
  hooks::LocalCell cell_;
};

}  // namespace fozzy

#endif  // FOZZY_THREAD_LOCAL_H_

// Plain memory that is watched.
#ifndef FOZZY_VAR_H_
#define FOZZY_VAR_H_

#include <utility>

#include "fozzy/atomic.h"
#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {

// A plain variable of type T.  In a run, accesses of several tasks that nothing
// orders are the finding data_race, and reading one that was never written is
// uninitialised_read.  An access is no schedule point.
//
//   var<int> balance = 100;
//   balance = balance + 1;
template <class T>
class var {
 public:
  var() = default;
  var(T value) : value_(std::move(value)) { cell_.is_initialised = true; }
  var(const var& other) : var(other.load()) {}
  ~var() { hooks::End(cell_); }

  // Volatile, so that a number is not taken for a variable to be copied: a
  // temporary cannot be.
  var& operator=(const volatile var& other) {
    store(__builtin_bit_cast(const var*, &other)->load({}), {});
    return *this;
  }
  T operator=(hooks::Located<T> value) {
    store(value.value, value.site);
    return value_;
  }
  operator T() const { return load({}); }

  T load(Site site = Site::Here()) const {
    hooks::Read(cell_, site);
    return value_;
  }
  void store(T value, Site site = Site::Here()) {
    hooks::Write(cell_, site);
    value_ = std::move(value);
  }

  T operator++() { return *this += 1; }
  T operator--() { return *this -= 1; }
  T operator++(int) {
    const T old = load({});
    store(old + 1, {});
    return old;
  }
  T operator--(int) {
    const T old = load({});
    store(old - 1, {});
    return old;
  }
  T operator+=(hooks::Located<T> by) {
    store(static_cast<T>(load(by.site) + by.value), by.site);
    return value_;
  }
  T operator-=(hooks::Located<T> by) {
    store(static_cast<T>(load(by.site) - by.value), by.site);
    return value_;
  }

 private:
  mutable hooks::PlainCell cell_;
  T value_ = T();
};

}  // namespace fozzy

#endif  // FOZZY_VAR_H_

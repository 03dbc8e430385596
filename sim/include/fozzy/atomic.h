// Atomic objects of simulated tasks, under the memory model of C++20.
#ifndef FOZZY_ATOMIC_H_
#define FOZZY_ATOMIC_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include "fozzy/hooks.h"
#include "fozzy/site.h"

namespace fozzy {

using std::memory_order;
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_consume;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;

namespace hooks {

// Padding is no part of a value: where the compiler can clear it, it is 0.
template <class T>
Word ToWord(const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  static_assert(sizeof(T) <= sizeof(Word), "atomic objects of up to 16 bytes");
  Word word;
  std::memcpy(static_cast<void*>(&word), &value, sizeof(T));
#if __has_builtin(__builtin_clear_padding)
  if constexpr (!std::has_unique_object_representations_v<T> &&
                !std::is_floating_point_v<T>) {
    alignas(T) unsigned char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    __builtin_clear_padding(reinterpret_cast<T*>(bytes));
    std::memcpy(static_cast<void*>(&word), bytes, sizeof(T));
  }
#endif
  return word;
}

template <class T>
T FromWord(const Word& word) {
  struct Bytes {
    unsigned char bytes[sizeof(T)];
  };
  Bytes bytes;
  std::memcpy(&bytes, &word, sizeof(T));
  return __builtin_bit_cast(T, bytes);
}

// The failure order that goes with an order for both.
constexpr std::memory_order FailureOrder(std::memory_order order) {
  if (order == std::memory_order_acq_rel) return std::memory_order_acquire;
  if (order == std::memory_order_release) return std::memory_order_relaxed;
  return order;
}

template <class U>
inline constexpr bool IsAtomic = requires(const std::remove_cvref_t<U>& u) {
  u.is_always_lock_free;
};

// A value, and the place where it was written: operators take no defaults.
template <class T>
struct Located {
  T value;
  Site site;

  template <class U>
  requires(std::is_convertible_v<U, T> && !IsAtomic<U>)
      Located(U&& u, Site s = Site::Here())
      : value(static_cast<T>(u)), site(s) {}
};

// Where the value of an atomic<T> is.
class OwnCell {
 public:
  explicit OwnCell(Word value) : cell_{{}, value} { Begin(cell_); }
  OwnCell(const OwnCell&) = delete;
  OwnCell& operator=(const OwnCell&) = delete;
  ~OwnCell() { End(cell_); }

  // Returns f(cell).
  template <class F>
  auto With(const F& f) const {
    return f(cell_);
  }

 private:
  mutable AtomicCell cell_;
};

// What atomic<T> and atomic_ref<T> have in common.  `Place` knows the cell.
template <class T, class Place>
class AtomicAccess {
 public:
  using value_type = T;

  static constexpr bool is_always_lock_free = true;
  bool is_lock_free() const { return true; }

  T load(std::memory_order order = std::memory_order_seq_cst,
         Site site = Site::Here()) const {
    return place_.With(
        [&](AtomicCell& cell) { return FromWord<T>(Load(cell, order, site)); });
  }

  void store(T desired, std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::Here()) const {
    place_.With(
        [&](AtomicCell& cell) { Store(cell, ToWord(desired), order, site); });
  }

  operator T() const { return load(std::memory_order_seq_cst, {}); }

  T exchange(T desired, std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::Here()) const {
    return Updated(
        desired, [](T, T operand) { return operand; }, order, site);
  }

  bool compare_exchange_weak(
      T& expected, T desired,
      std::memory_order order = std::memory_order_seq_cst,
      Site site = Site::Here()) const {
    return Compared(expected, desired, {order, FailureOrder(order), true},
                    site);
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order success,
                             std::memory_order failure,
                             Site site = Site::Here()) const {
    return Compared(expected, desired, {success, failure, true}, site);
  }
  bool compare_exchange_strong(
      T& expected, T desired,
      std::memory_order order = std::memory_order_seq_cst,
      Site site = Site::Here()) const {
    return Compared(expected, desired, {order, FailureOrder(order), false},
                    site);
  }
  bool compare_exchange_strong(T& expected, T desired,
                               std::memory_order success,
                               std::memory_order failure,
                               Site site = Site::Here()) const {
    return Compared(expected, desired, {success, failure, false}, site);
  }

  void wait(T old, std::memory_order order = std::memory_order_seq_cst,
            Site site = Site::Here()) const {
    place_.With(
        [&](AtomicCell& cell) { WaitWhile(cell, ToWord(old), order, site); });
  }
  void notify_one(Site site = Site::Here()) const {
    place_.With([&](AtomicCell& cell) { NotifyOne(cell, site); });
  }
  void notify_all(Site site = Site::Here()) const {
    place_.With([&](AtomicCell& cell) { NotifyAll(cell, site); });
  }

  // Numbers and pointers.  `Step` is what is added: ptrdiff_t for pointers.
  using Step = std::conditional_t<std::is_pointer_v<T>, std::ptrdiff_t, T>;

  T fetch_add(Step step, std::memory_order order = std::memory_order_seq_cst,
              Site site = Site::Here()) const
      requires(std::is_arithmetic_v<T> || std::is_pointer_v<T>) {
    return UpdatedBy<Step>(
        step, [](T old, Step by) { return Add(old, by); }, order, site);
  }
  T fetch_sub(Step step, std::memory_order order = std::memory_order_seq_cst,
              Site site = Site::Here()) const
      requires(std::is_arithmetic_v<T> || std::is_pointer_v<T>) {
    return UpdatedBy<Step>(
        step, [](T old, Step by) { return Subtract(old, by); }, order, site);
  }
  T fetch_and(T bits, std::memory_order order = std::memory_order_seq_cst,
              Site site = Site::Here()) const requires std::is_integral_v<T> {
    return Updated(
        bits, [](T old, T by) { return static_cast<T>(old & by); }, order,
        site);
  }
  T fetch_or(T bits, std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::Here()) const requires std::is_integral_v<T> {
    return Updated(
        bits, [](T old, T by) { return static_cast<T>(old | by); }, order,
        site);
  }
  T fetch_xor(T bits, std::memory_order order = std::memory_order_seq_cst,
              Site site = Site::Here()) const requires std::is_integral_v<T> {
    return Updated(
        bits, [](T old, T by) { return static_cast<T>(old ^ by); }, order,
        site);
  }

  T operator++() const {
    return Add(fetch_add(1, memory_order_seq_cst, {}), 1);
  }
  T operator++(int) const { return fetch_add(1, memory_order_seq_cst, {}); }
  T operator--() const {
    return Subtract(fetch_sub(1, memory_order_seq_cst, {}), 1);
  }
  T operator--(int) const { return fetch_sub(1, memory_order_seq_cst, {}); }
  T operator+=(Located<Step> by) const {
    return Add(fetch_add(by.value, memory_order_seq_cst, by.site), by.value);
  }
  T operator-=(Located<Step> by) const {
    return Subtract(fetch_sub(by.value, memory_order_seq_cst, by.site),
                    by.value);
  }
  T operator&=(Located<T> by) const {
    return static_cast<T>(fetch_and(by.value, memory_order_seq_cst, by.site) &
                          by.value);
  }
  T operator|=(Located<T> by) const {
    return static_cast<T>(fetch_or(by.value, memory_order_seq_cst, by.site) |
                          by.value);
  }
  T operator^=(Located<T> by) const {
    return static_cast<T>(fetch_xor(by.value, memory_order_seq_cst, by.site) ^
                          by.value);
  }

 protected:
  template <class... Args>
  explicit AtomicAccess(Args&&... args) : place_(std::forward<Args>(args)...) {}
  ~AtomicAccess() = default;

  Place place_;

  // What std::atomic does: numbers wrap around.
  static T Add(T old, Step by) {
    if constexpr (std::is_integral_v<T>) {
      using Unsigned = std::make_unsigned_t<T>;
      return static_cast<T>(static_cast<Unsigned>(old) +
                            static_cast<Unsigned>(by));
    } else {
      return old + by;
    }
  }
  static T Subtract(T old, Step by) {
    if constexpr (std::is_integral_v<T>) {
      using Unsigned = std::make_unsigned_t<T>;
      return static_cast<T>(static_cast<Unsigned>(old) -
                            static_cast<Unsigned>(by));
    } else {
      return old - by;
    }
  }

 private:
  template <class Operand, class F>
  T UpdatedBy(Operand operand, F, std::memory_order order, Site site) const {
    const Apply apply = [](Word old, Word by) {
      return ToWord(T(F{}(FromWord<T>(old), FromWord<Operand>(by))));
    };
    return place_.With([&](AtomicCell& cell) {
      return FromWord<T>(Update(cell, apply, ToWord(operand), order, site));
    });
  }
  template <class F>
  T Updated(T operand, F f, std::memory_order order, Site site) const {
    return UpdatedBy<T>(operand, f, order, site);
  }

  bool Compared(T& expected, T desired, CompareOrders orders, Site site) const {
    Word word = ToWord(expected);
    const bool is_done = place_.With([&](AtomicCell& cell) {
      return CompareExchange(cell, word, ToWord(desired), orders, site);
    });
    if (is_done) return true;
    expected = FromWord<T>(word);
    return false;
  }
};

}  // namespace hooks

// Like std::atomic<T>, for types of up to 16 bytes.  Every member is a schedule
// point, and is followed by what the memory model allows.
template <class T>
class atomic : public hooks::AtomicAccess<T, hooks::OwnCell> {
  using Access = hooks::AtomicAccess<T, hooks::OwnCell>;

 public:
  atomic() noexcept(std::is_nothrow_default_constructible_v<T>) : atomic(T()) {}
  atomic(T desired) : Access(hooks::ToWord(desired)) {}
  atomic(const atomic&) = delete;

  // Not viable, so that a number is not taken for an atomic to be copied.
  atomic& operator=(const atomic&) requires(sizeof(T) == 0) = delete;

  T operator=(hooks::Located<T> desired) {
    this->store(desired.value, std::memory_order_seq_cst, desired.site);
    return desired.value;
  }
};

// Like std::atomic_flag.
class atomic_flag {
 public:
  atomic_flag() = default;
  atomic_flag(const atomic_flag&) = delete;
  atomic_flag& operator=(const atomic_flag&) = delete;

  bool test_and_set(std::memory_order order = std::memory_order_seq_cst,
                    Site site = Site::Here()) {
    return flag_.exchange(true, order, site);
  }
  void clear(std::memory_order order = std::memory_order_seq_cst,
             Site site = Site::Here()) {
    flag_.store(false, order, site);
  }
  bool test(std::memory_order order = std::memory_order_seq_cst,
            Site site = Site::Here()) const {
    return flag_.load(order, site);
  }
  void wait(bool old, std::memory_order order = std::memory_order_seq_cst,
            Site site = Site::Here()) const {
    flag_.wait(old, order, site);
  }
  void notify_one(Site site = Site::Here()) { flag_.notify_one(site); }
  void notify_all(Site site = Site::Here()) { flag_.notify_all(site); }

 private:
  atomic<bool> flag_ = false;
};

inline void atomic_thread_fence(std::memory_order order,
                                Site site = Site::Here()) {
  hooks::Fence(order, site);
}

// Orders a task and a signal handler that runs in it: here nothing.
inline void atomic_signal_fence(std::memory_order) {}

}  // namespace fozzy

#endif  // FOZZY_ATOMIC_H_

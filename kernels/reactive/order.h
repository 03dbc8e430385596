// What decides where the runtime leaves an order open.
#ifndef FOZZY_KERNELS_REACTIVE_ORDER_H_
#define FOZZY_KERNELS_REACTIVE_ORDER_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace fozzy::reactive {

// Without one, branches start in the order they are written and run first in,
// first out.  A test passes one to see that nothing observable depends on it.
class Order {
 public:
  Order(const Order&) = delete;
  Order& operator=(const Order&) = delete;

  // Permutes `branches`, which holds 0, 1, ... : the branches of a parallel in
  // the order in which they are to start.
  virtual void Arrange(std::span<uint32_t> branches) {
    static_cast<void>(branches);
  }

  // Returns which of `count` ready branches, at least 2 and in the order they
  // became so, runs next.
  virtual size_t PickReady(size_t count) {
    static_cast<void>(count);
    return 0;
  }

 protected:
  Order() = default;
  ~Order() = default;
};

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_ORDER_H_

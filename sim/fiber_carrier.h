// Tasks as fibers: stacks of one thread that hand control to each other.
#ifndef FOZZY_SIM_FIBER_CARRIER_H_
#define FOZZY_SIM_FIBER_CARRIER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/core/carrier.h"
#include "sim/stack_pool.h"

namespace fozzy {

struct Fiber;

// What __cxa_get_globals returns: the exceptions being handled, innermost
// first, and how many are on their way.
// Source: Itanium C++ ABI, 2.2.2.
struct ExceptionState {
  void* caught = nullptr;
  uint32_t uncaught = 0;
};

// A stack is used by one task after the other; nothing is allocated once there
// are as many as the body needs.  A switch also exchanges what C++ keeps per
// thread: exceptions being handled, uncaught exceptions, and errno.
class FiberCarrier final : public Carrier {
 public:
  explicit FiberCarrier(size_t stack_bytes);
  ~FiberCarrier();

  void Prepare(TaskId task, Entry entry, void* argument) override;
  void Switch(TaskId from, TaskId to) override;
  void Forget() override;

  // Whether `address` is just below one of the stacks.
  bool IsOverflow(const void* address) const { return pool_.IsGuard(address); }

 private:
  Fiber& Of(TaskId task) {
    return task == kMainStack ? *main_ : *fibers_[task.value];
  }
  // Parks `from` and resumes `to`; returns when `from` is resumed.
  void Jump(Fiber& from, Fiber& to);
  // The first function on every stack: carries one task after the other.
  [[noreturn]] static void Carry(Fiber* self);
  static void PrepareStack(Fiber& fiber);

  // Of the thread that made the carrier.
  ExceptionState* const exceptions_;
  int* const error_;

  StackPool pool_;
  std::unique_ptr<Fiber> main_;
  std::vector<std::unique_ptr<Fiber>> all_;
  std::vector<Fiber*> fibers_;  // by task
  std::vector<Fiber*> free_;    // the one that was freed last is used first
};

}  // namespace fozzy

#endif  // FOZZY_SIM_FIBER_CARRIER_H_

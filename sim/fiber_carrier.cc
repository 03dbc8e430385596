#include "sim/fiber_carrier.h"

#include <cxxabi.h>

#include <boost/context/detail/fcontext.hpp>
#include <cerrno>
#include <cstring>

#include "sim/base/check.h"
#include "sim/fiber_sanitizers.h"

namespace fozzy {
namespace {

using boost::context::detail::fcontext_t;
using boost::context::detail::jump_fcontext;
using boost::context::detail::make_fcontext;
using boost::context::detail::transfer_t;

// What __cxa_get_globals returns: the exceptions being handled, innermost
// first, and how many are on their way.
// Source: Itanium C++ ABI, 2.2.2.
struct ExceptionState {
  void* caught = nullptr;
  uint32_t uncaught = 0;
};

ExceptionState& CurrentExceptions() {
  return *reinterpret_cast<ExceptionState*>(abi::__cxa_get_globals());
}

}  // namespace

struct Fiber {
  fcontext_t context = nullptr;
  ExceptionState exceptions;
  int error = 0;
  void (*entry)(void*) = nullptr;
  void* argument = nullptr;
  Fiber* target = nullptr;     // of its latest jump
  std::byte* stack = nullptr;  // lowest byte; null for the main stack
  size_t stack_bytes = 0;
  SanitizedFiber sanitized;
};

namespace {

// The first thing to do on a stack that was just resumed.
void Arrive(Fiber& self, const transfer_t& transfer) {
  auto& from = *static_cast<Fiber*>(transfer.data);
  from.context = transfer.fctx;
  AfterSwitch(self.sanitized, from.sanitized);
}

// Carries one task after the other.
void FiberMain(transfer_t transfer) {
  auto* const from = static_cast<Fiber*>(transfer.data);
  Fiber* const self = from->target;
  Arrive(*self, transfer);
  for (;;) self->entry(self->argument);
}

}  // namespace

FiberCarrier::FiberCarrier(size_t stack_bytes)
    : pool_(stack_bytes), main_(std::make_unique<Fiber>()) {
  StartMain(main_->sanitized);
}

FiberCarrier::~FiberCarrier() = default;

void FiberCarrier::Prepare(TaskId task, void (*entry)(void*), void* argument) {
  if (free_.empty()) {
    all_.push_back(std::make_unique<Fiber>());
    Fiber& fiber = *all_.back();
    fiber.stack = pool_.New();
    fiber.stack_bytes = pool_.stack_bytes();
    fiber.context = make_fcontext(fiber.stack + fiber.stack_bytes,
                                  fiber.stack_bytes, FiberMain);
    StartFiber(fiber.sanitized, fiber.stack, fiber.stack_bytes);
    free_.push_back(&fiber);
  }
  Fiber& fiber = *free_.back();
  free_.pop_back();
  fiber.entry = entry;
  fiber.argument = argument;
  if (task.value >= fibers_.size()) fibers_.resize(task.value + 1);
  fibers_[task.value] = &fiber;
}

void FiberCarrier::Switch(TaskId from, TaskId to) { Jump(Of(from), Of(to)); }

void FiberCarrier::Finish(TaskId from, TaskId to) {
  Fiber& fiber = Of(from);
  free_.push_back(&fiber);
  Jump(fiber, Of(to));
}

void FiberCarrier::Forget() {
  // What is on the stacks may be referred to from elsewhere: they stay mapped
  // and are not used again.
  free_.clear();
  fibers_.clear();
}

void FiberCarrier::Jump(Fiber& from, Fiber& to) {
  ExceptionState& exceptions = CurrentExceptions();
  from.exceptions = exceptions;
  exceptions = to.exceptions;
  from.target = &to;
  from.error = errno;
  errno = to.error;
  BeforeSwitch(from.sanitized, to.sanitized);
  Arrive(from, jump_fcontext(to.context, &from));
}

}  // namespace fozzy

// The switch itself is ours, and Boost.Context's was rejected, for one reason:
// that one loads the control words of both floating-point units every time.
// Loading MXCSR is nearly free when it does not change (3.5 ns a switch), and
// stalls when it does (51 ns); it changes with every task that has computed
// something inexact, since it holds sticky flags beside the controls.  Here the
// flags are left alone and controls are loaded only where they differ.
#include "sim/fiber_carrier.h"

#include <cxxabi.h>

#include <cerrno>
#include <cstdint>

#include "sim/base/check.h"
#include "sim/fiber_sanitizers.h"

#ifndef __x86_64__
#error "fozzy runs on x86-64"
#endif

namespace fozzy {
namespace {

// How to round and what to trap: what a function must leave as it found it.
// Source: System V ABI for AMD64, 3.2.3.
struct FloatControls {
  uint32_t mxcsr = 0;
  uint16_t x87 = 0;

  // In place: a copy would read in one piece what was just written in two,
  // which takes as long as three switches.
  void Save() {
    asm volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(mxcsr), "=m"(x87));
  }

  void Load(const FloatControls& present) const {
    constexpr uint32_t kFlags = 0x3f;
    if ((mxcsr ^ present.mxcsr) & ~kFlags) {
      const uint32_t wanted = (mxcsr & ~kFlags) | (present.mxcsr & kFlags);
      asm volatile("ldmxcsr %0" : : "m"(wanted));
    }
    if (x87 != present.x87) asm volatile("fldcw %0" : : "m"(x87));
  }
};

}  // namespace

struct Fiber {
  void* stack_pointer = nullptr;  // while parked
  ExceptionState exceptions;
  int error = 0;
  FloatControls controls;
  Carrier::Entry entry = nullptr;
  void* argument = nullptr;
  FiberCarrier* carrier = nullptr;
  Fiber* source = nullptr;     // who jumped here
  std::byte* stack = nullptr;  // lowest byte; null for the main stack
  size_t stack_bytes = 0;
  SanitizedFiber sanitized;
};

namespace {

// Parks `from` and resumes `to`; returns when `from` is resumed.  It is no
// function of its own, and ends in a jump, so that the processor's stack of
// return addresses stays right: tasks mostly wait at the same place.
__attribute__((always_inline)) inline void JumpStacks(Fiber* from, Fiber* to) {
  asm volatile(
      "leaq -128(%%rsp), %%rsp\n\t"  // beyond the red zone
      "pushq %%rbp\n\t"
      "leaq 1f(%%rip), %%rax\n\t"
      "pushq %%rax\n\t"
      "movq %%rsp, (%%rsi)\n\t"
      "movq (%%rdi), %%rsp\n\t"
      "popq %%rax\n\t"
      "jmp *%%rax\n"
      "1:\n\t"
      "popq %%rbp\n\t"
      "leaq 128(%%rsp), %%rsp"
      : "+D"(to), "+S"(from)
      :
      : "rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13",
        "r14", "r15", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6",
        "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14",
        "xmm15", "memory", "cc");
}

}  // namespace

FiberCarrier::FiberCarrier(size_t stack_bytes)
    : exceptions_(reinterpret_cast<ExceptionState*>(abi::__cxa_get_globals())),
      error_(&errno),
      pool_(stack_bytes),
      main_(std::make_unique<Fiber>()) {
  StartMain(main_->sanitized);
}

FiberCarrier::~FiberCarrier() {
  for (const std::unique_ptr<Fiber>& fiber : all_) EndFiber(fiber->sanitized);
}

[[gnu::always_inline]] inline void FiberCarrier::Jump(Fiber& from, Fiber& to) {
  from.exceptions = *exceptions_;
  *exceptions_ = to.exceptions;
  from.error = *error_;
  *error_ = to.error;
  from.controls.Save();
  to.controls.Load(from.controls);
  to.source = &from;
  BeforeSwitch(from.sanitized, to.sanitized);
  JumpStacks(&from, &to);
  AfterSwitch(from.sanitized, from.source->sanitized);
}

// Lets the first jump to `fiber` call Carry(fiber) as if from nowhere.
void FiberCarrier::PrepareStack(Fiber& fiber) {
  auto* top = reinterpret_cast<void**>(fiber.stack + fiber.stack_bytes);
  // The address to go on at, above it the one to return to, which debuggers
  // and unwinders know as the end; its place is odd, as after a call.
  *--top = nullptr;
  *--top = reinterpret_cast<void*>(&Carry);
  fiber.stack_pointer = top;
}

void FiberCarrier::Prepare(TaskId task, Entry entry, void* argument) {
  if (free_.empty()) {
    all_.push_back(std::make_unique<Fiber>());
    Fiber& fiber = *all_.back();
    fiber.carrier = this;
    fiber.stack = pool_.New();
    fiber.stack_bytes = pool_.stack_bytes();
    fiber.controls.Save();
    PrepareStack(fiber);
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

void FiberCarrier::Carry(Fiber* self) {
  AfterSwitch(self->sanitized, self->source->sanitized);
  FiberCarrier& carrier = *self->carrier;
  for (;;) {
    const TaskId next = self->entry(self->argument);
    carrier.free_.push_back(self);
    // Here and in no function called from here: who resumes this stack has
    // called other ones, and a processor would expect to return to those.
    carrier.Jump(*self, carrier.Of(next));
  }
}

void FiberCarrier::Forget() {
  // What is on the stacks may be referred to from elsewhere: they stay mapped
  // and are not used again.
  free_.clear();
  fibers_.clear();
}

}  // namespace fozzy

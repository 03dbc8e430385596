// Processes: coroutines that run instant by instant.
//
//   Process Blink(Reactor&, Event<int>& light, int times) {
//     for (int i = 0; i < times; ++i) {
//       co_await Emit(light, i);
//       co_await Pause();
//     }
//   }
//
// The first parameter of every process is its Reactor, which its frame comes
// from.  Arguments taken by reference, and what a lambda captures, must outlive
// the process: a lambda that is a process captures nothing, or is kept where it
// outlives it.
#ifndef FOZZY_KERNELS_REACTIVE_PROCESS_H_
#define FOZZY_KERNELS_REACTIVE_PROCESS_H_

#include <coroutine>
#include <cstddef>
#include <cstring>
#include <utility>

#include "kernels/reactive/branch.h"
#include "kernels/reactive/reactor.h"

namespace fozzy::reactive {

// A process that has not been started; it starts when it is awaited, or handed
// to a statement or to Reactor::Run.  It must not outlive its reactor.
//
// co_await of a process runs it to its end as part of the caller.
class [[nodiscard]] Process {
 public:
  struct promise_type;

  Process(Process&& other) noexcept
      : frame_(std::exchange(other.frame_, nullptr)) {}
  Process& operator=(Process&& other) noexcept {
    std::swap(frame_, other.frame_);
    return *this;
  }
  ~Process();

  // Gives the frame to who runs it.
  Frame& Take() { return *std::exchange(frame_, nullptr); }
  Frame& frame() { return *frame_; }

 private:
  explicit Process(Frame* frame) : frame_(frame) {}

  Frame* frame_;
};

struct Process::promise_type : Frame {
  // Hands the end of a frame to the scheduler, which destroys it.
  struct Ending {
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<promise_type> handle) noexcept {
      handle.promise().branch->scheduler->Returned();
    }
    void await_resume() noexcept {}
  };

  Process get_return_object() { return Process(this); }
  std::suspend_always initial_suspend() noexcept { return {}; }
  Ending final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() {
    branch->scheduler->Fail(FindingKind::kException, Error::kNone, nullptr);
  }

  // Inlined always: g++ 12 takes a template and a delete that is none for a
  // mismatched pair when it sees both.
  template <typename... Rest>
  [[gnu::always_inline]] static void* operator new(size_t size,
                                                   Reactor& reactor,
                                                   const Rest&...) {
    return Allocate(size, reactor);
  }
  // Of lambdas and members: the object comes first.
  template <typename Self, typename... Rest>
  [[gnu::always_inline]] static void* operator new(size_t size, const Self&,
                                                   Reactor& reactor,
                                                   const Rest&...) {
    return Allocate(size, reactor);
  }
  static void operator delete(void* frame, size_t size) {
    FramePool* pool = nullptr;
    std::memcpy(&pool, static_cast<std::byte*>(frame) + size, sizeof(pool));
    pool->Release(frame, size + sizeof(pool));
  }

 private:
  // The pool is noted behind the frame.
  static void* Allocate(size_t size, Reactor& reactor) {
    FramePool* const pool = &reactor.scheduler().pool();
    void* const frame = pool->Allocate(size + sizeof(pool));
    std::memcpy(static_cast<std::byte*>(frame) + size, &pool, sizeof(pool));
    return frame;
  }
};

using FrameHandle = std::coroutine_handle<Process::promise_type>;

inline FrameHandle HandleOf(Frame& frame) {
  return FrameHandle::from_promise(static_cast<Process::promise_type&>(frame));
}

inline Process::~Process() {
  if (frame_ != nullptr) HandleOf(*frame_).destroy();
}

// Returns `process` under a name for findings.  Requires `name` to outlive it.
inline Process Named(const char* name, Process process) {
  process.frame().name = name;
  return process;
}

// What co_await of a process is.
class CallStatement {
 public:
  explicit CallStatement(Process process) : process_(std::move(process)) {}

  bool await_ready() const noexcept { return false; }
  void await_suspend(FrameHandle caller) {
    Frame& frame = caller.promise();
    frame.branch->scheduler->Call(frame, process_.Take());
  }
  void await_resume() const noexcept {}

 private:
  Process process_;
};

inline CallStatement operator co_await(Process&& process) {
  return CallStatement(std::move(process));
}

}  // namespace fozzy::reactive

#endif  // FOZZY_KERNELS_REACTIVE_PROCESS_H_

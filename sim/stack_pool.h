// The memory of simulated stacks.
#ifndef FOZZY_SIM_STACK_POOL_H_
#define FOZZY_SIM_STACK_POOL_H_

#include <cstddef>
#include <vector>

namespace fozzy {

// Maps stacks with a page below each that must not be touched.  Memory is used
// page by page as a stack grows, and is given back when the pool ends.
class StackPool {
 public:
  // `stack_bytes` is rounded up to whole pages, the guard not counted.
  explicit StackPool(size_t stack_bytes);
  ~StackPool();
  StackPool(const StackPool&) = delete;
  StackPool& operator=(const StackPool&) = delete;

  // Returns the lowest usable byte of a new stack of stack_bytes().  It lives
  // as long as the pool.  Ends the program with a message if the system has no
  // memory left for it.
  std::byte* New();

  size_t stack_bytes() const { return stack_bytes_; }

  // Whether `address` is in the guard below one of the stacks.
  bool IsGuard(const void* address) const;

 private:
  struct Slab {
    std::byte* start = nullptr;
    size_t bytes = 0;
  };
  void AddSlab();

  const size_t page_;
  const size_t stack_bytes_;
  std::vector<Slab> slabs_;
  size_t used_ = 0;  // of the last slab, in bytes
};

}  // namespace fozzy

#endif  // FOZZY_SIM_STACK_POOL_H_

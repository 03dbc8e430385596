// A clock that moves when it is told to.
#ifndef KERNELS_ALLOC_TESTING_FAKE_CLOCK_H_
#define KERNELS_ALLOC_TESTING_FAKE_CLOCK_H_

#include <cstdint>

namespace fozzy::alloc {

class FakeClock {
 public:
  uint64_t Now() const { return now_; }
  void Advance(uint64_t nanoseconds) { now_ += nanoseconds; }

 private:
  uint64_t now_ = 1'000'000'000;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_TESTING_FAKE_CLOCK_H_

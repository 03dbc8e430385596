// What the C++ library offers to synchronise with.
#ifndef KERNELS_ALLOC_STD_SYNC_H_
#define KERNELS_ALLOC_STD_SYNC_H_

#include <atomic>
#include <mutex>

namespace fozzy::alloc {

struct StdSync {
  template <class T>
  using atomic = std::atomic<T>;
  template <class T>
  using var = T;
  using mutex = std::mutex;
  template <class Mutex>
  using lock_guard = std::lock_guard<Mutex>;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_STD_SYNC_H_

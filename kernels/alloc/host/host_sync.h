// StdSync with a lock that needs nothing of the C++ library.
#ifndef KERNELS_ALLOC_HOST_HOST_SYNC_H_
#define KERNELS_ALLOC_HOST_HOST_SYNC_H_

#include <pthread.h>

#include "kernels/alloc/std_sync.h"

namespace fozzy::alloc {

class HostMutex {
 public:
  constexpr HostMutex() = default;
  HostMutex(const HostMutex&) = delete;
  HostMutex& operator=(const HostMutex&) = delete;

  void lock() { pthread_mutex_lock(&mutex_); }
  void unlock() { pthread_mutex_unlock(&mutex_); }

 private:
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
};

struct HostSync : StdSync {
  using mutex = HostMutex;
};

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_HOST_HOST_SYNC_H_

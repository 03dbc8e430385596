// The allocator of real programs.
#ifndef KERNELS_ALLOC_HOST_NATIVE_ALLOCATOR_H_
#define KERNELS_ALLOC_HOST_NATIVE_ALLOCATOR_H_

#include "kernels/alloc/allocator.h"
#include "kernels/alloc/host/host_clock.h"
#include "kernels/alloc/host/host_memory.h"
#include "kernels/alloc/host/host_sync.h"

namespace fozzy::alloc {

using NativeAllocator = Allocator<HostSync, HostMemory, HostClock>;

}  // namespace fozzy::alloc

#endif  // KERNELS_ALLOC_HOST_NATIVE_ALLOCATOR_H_

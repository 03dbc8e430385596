// A checksum of 64 bits, for damage and not against malice.
//
// Source: XXH64 of Y. Collet's "xxHash fast digest algorithm", specification
// 0.1.1, with seed 0.
#ifndef KERNELS_CHANNELS_WIRE_XXHASH64_H_
#define KERNELS_CHANNELS_WIRE_XXHASH64_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace fozzy::channels {

uint64_t XxHash64(std::span<const std::byte> bytes);

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_WIRE_XXHASH64_H_

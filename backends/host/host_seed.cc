#include "backends/host/host_seed.h"

#include <errno.h>
#include <sys/random.h>

#include <bit>
#include <cstddef>

#include "sim/base/check.h"

namespace fozzy {
namespace {

template <size_t kSize>
std::array<uint8_t, kSize> Draw() {
  // The kernel gives up to 256 bytes whole once its pool is ready.
  static_assert(kSize <= 256);
  std::array<uint8_t, kSize> bytes = {};
  ssize_t size = -1;
  do {
    size = getrandom(bytes.data(), kSize, 0);
  } while (size < 0 && errno == EINTR);
  FOZZY_CHECK(size == static_cast<ssize_t>(kSize));
  return bytes;
}

}  // namespace

uint64_t DrawSeed() { return std::bit_cast<uint64_t>(Draw<8>()); }

RunIdBytes DrawRunId() { return Draw<16>(); }

}  // namespace fozzy

// The only true randomness: where a run starts that was given no seed.
#ifndef FOZZY_BACKENDS_HOST_HOST_SEED_H_
#define FOZZY_BACKENDS_HOST_HOST_SEED_H_

#include <array>
#include <cstdint>

namespace fozzy {

using RunIdBytes = std::array<uint8_t, 16>;

// Returns a seed, all values alike likely.
uint64_t DrawSeed();

// Returns bytes for the name of a run.  They do not depend on its seed, so that
// two runs of one seed have two names.
RunIdBytes DrawRunId();

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_HOST_SEED_H_

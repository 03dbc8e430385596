// The seeds and numbers that are derived from a seed by a rule.
#ifndef FOZZY_SIM_BASE_SEEDS_H_
#define FOZZY_SIM_BASE_SEEDS_H_

#include <cstdint>
#include <string_view>

namespace fozzy {

// Returns the seed of run `run_index` of a search: `seed` itself for run 0, so
// that a single run is the first run of a search.
uint64_t RunSeed(uint64_t seed, uint64_t run_index);

// Which scenario of a suite.
struct SuitePlace {
  uint64_t files = 0;     // in the suite
  uint64_t ordinal = 0;   // of this one, from 0, in order of path
  std::string_view path;  // as it was found
};

// Returns the seed of one scenario of a suite, by the established rule.
uint64_t SuiteSeed(uint64_t suite_seed, const SuitePlace& place);

// Returns by how many percent, 0 to 30, fragmentation enlarges the allocation
// that is attempt number `attempt`, from 1, and asks for `bytes`; by the
// established rule.
uint64_t FragmentationPercent(uint64_t seed, uint64_t attempt, uint64_t bytes);

}  // namespace fozzy

#endif  // FOZZY_SIM_BASE_SEEDS_H_

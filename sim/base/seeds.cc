#include "sim/base/seeds.h"

#include "sim/base/blake3.h"

namespace fozzy {
namespace {

constexpr uint64_t kFragmentationSteps = 31;

}  // namespace

uint64_t RunSeed(uint64_t seed, uint64_t run_index) {
  if (run_index == 0) return seed;
  return Blake3().Add(seed).Add(run_index).Finish().Number();
}

uint64_t SuiteSeed(uint64_t suite_seed, const SuitePlace& place) {
  return Blake3()
      .Add(suite_seed)
      .Add(place.files)
      .Add(place.ordinal)
      .Add(place.path)
      .Finish()
      .Number();
}

uint64_t FragmentationPercent(uint64_t seed, uint64_t attempt, uint64_t bytes) {
  const Blake3Hash hash = Blake3().Add(seed).Add(attempt).Add(bytes).Finish();
  return hash.bytes[0] % kFragmentationSteps;
}

}  // namespace fozzy

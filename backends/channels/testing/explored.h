// Runs a body under many schedules.
#ifndef BACKENDS_CHANNELS_TESTING_EXPLORED_H_
#define BACKENDS_CHANNELS_TESTING_EXPLORED_H_

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "fozzy/explore.h"

namespace fozzy::channels {

// Returns `usual`, or what CHANNELS_RUNS asks for.
inline uint64_t RunsOf(uint64_t usual) {
  const char* wish = std::getenv("CHANNELS_RUNS");
  return wish != nullptr ? std::strtoull(wish, nullptr, 10) : usual;
}

inline ExploreReport Explored(std::string_view name, void (*body)(),
                              const std::string& strategy, uint64_t runs) {
  ExploreOptions options;
  options.name = name;
  options.runs = runs;
  options.strategy = strategy;
  options.confirms_findings = false;
  return Explore(options, body);
}

}  // namespace fozzy::channels

#endif  // BACKENDS_CHANNELS_TESTING_EXPLORED_H_

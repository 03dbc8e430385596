#include "trace/scenario_digest.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "trace/limits.h"
#include "trace/wire.h"

namespace fozzy {

// Each step of a Digest waits for the one before; four at a time keep the
// multiplier busy, and a scenario of 7 MB costs 1 ms and not 3.
void ScenarioDigester::Add(absl::string_view part) {
  constexpr size_t kLanes = 4;
  Digest lanes[kLanes];
  const char* next = part.data();
  size_t left = part.size();
  for (; left >= 8 * kLanes; left -= 8 * kLanes) {
    for (size_t i = 0; i < kLanes; ++i)
      lanes[i].Mix(LoadLittle64(next + 8 * i));
    next += 8 * kLanes;
  }
  lanes[0].Mix(std::string_view(next, left));
  digest_.Mix(part.size());
  for (const Digest& lane : lanes) {
    digest_.Mix(lane.low());
    digest_.Mix(lane.high());
  }
}

TraceDigest ScenarioDigest(absl::string_view scenario) {
  ScenarioDigester digester;
  while (!scenario.empty()) {
    const size_t size = std::min(scenario.size(), kScenarioPartSize);
    digester.Add(scenario.substr(0, size));
    scenario.remove_prefix(size);
  }
  return digester.digest();
}

}  // namespace fozzy

// What of a run goes into its digest, and how: the identity of a run, computed
// while it happens and again from its trace.
#ifndef FOZZY_SIM_BASE_RUN_DIGEST_H_
#define FOZZY_SIM_BASE_RUN_DIGEST_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "fozzy/decision.h"
#include "sim/base/digest.h"

namespace fozzy {

inline void MixDecision(Digest& digest, const Decision& decision) {
  digest.Mix(static_cast<uint64_t>(decision.kind) |
             uint64_t{decision.task.value} << 32);
  digest.Mix(decision.answer);
}

inline void MixEvent(Digest& digest, const Event& event) {
  digest.Mix(0x100 + static_cast<uint64_t>(event.kind) +
             (uint64_t{event.numbers.size()} << 16) +
             (uint64_t{event.texts.size()} << 40));
  digest.Mix(event.time);
  for (const uint64_t number : event.numbers) digest.Mix(number);
  for (const std::string_view text : event.texts) digest.Mix(text);
}

inline void MixObservation(Digest& digest, const Observation& observation) {
  digest.Mix(0x200 + static_cast<uint64_t>(observation.kind) +
             (uint64_t{observation.numbers.size()} << 16) +
             (uint64_t{observation.texts.size()} << 40));
  for (const uint64_t number : observation.numbers) digest.Mix(number);
  for (const std::string& text : observation.texts) {
    digest.Mix(std::string_view(text));
  }
}

}  // namespace fozzy

#endif  // FOZZY_SIM_BASE_RUN_DIGEST_H_

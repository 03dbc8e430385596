// Tells scenarios apart.
#ifndef FOZZY_TRACE_SCENARIO_DIGEST_H_
#define FOZZY_TRACE_SCENARIO_DIGEST_H_

#include "absl/strings/string_view.h"
#include "fozzy/trace.h"
#include "sim/base/digest.h"

namespace fozzy {

// Adds a scenario part by part, all but the last of kScenarioPartSize bytes.
class ScenarioDigester {
 public:
  void Add(absl::string_view part);
  TraceDigest digest() const { return {digest_.low(), digest_.high()}; }

 private:
  Digest digest_;
};

// Returns the digest of a whole scenario, as its trace has it.
TraceDigest ScenarioDigest(absl::string_view scenario);

}  // namespace fozzy

#endif  // FOZZY_TRACE_SCENARIO_DIGEST_H_

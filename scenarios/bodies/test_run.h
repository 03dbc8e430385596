// A simulated test that runs by itself, without fozzy driving it.
#ifndef FOZZY_SCENARIOS_BODIES_TEST_RUN_H_
#define FOZZY_SCENARIOS_BODIES_TEST_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/bodies/body_registry.h"
#include "scenarios/bodies/test_flags.h"
#include "scenarios/bodies/unmet_properties.h"

namespace fozzy {

// What came of it.
struct TestResult {
  std::string failure;  // why the test fails, for people; empty: it does not
  std::string note;     // what else there is to say, a line
  // Of a search that found nothing: its runs, and what they left unmet.
  uint64_t runs = 0;
  std::vector<UnmetProperty> unmet;
};

// Searches as `flags` say and leaves the trace of what it finds at
// .fozzy/tests/NAME.fozzy; or replays, if they say so and the trace is of this
// test.
TestResult RunTest(const RegisteredBody& body, const TestFlags& flags);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_BODIES_TEST_RUN_H_

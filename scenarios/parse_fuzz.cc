// Any bytes are a scenario, or are refused with a problem that has a place.
// What is JSON is so in its canonical form, too, and that form is its own.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "scenarios/json_value.h"
#include "scenarios/parse.h"
#include "scenarios/testing/example_tables.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

void CheckProblem(const Problem& problem, size_t size) {
  FOZZY_CHECK(problem.offset <= size);
  FOZZY_CHECK(problem.line >= 1);
  FOZZY_CHECK(problem.column >= 1);
  FOZZY_CHECK(problem.column <= size + 1);
  FOZZY_CHECK(!problem.found.empty());
  FOZZY_CHECK(!problem.expected.empty());
}

bool IsError(const Problem& problem) {
  return problem.severity == Problem::Severity::kError;
}

void ReadScenario(const std::string& source) {
  const ParseOutcome outcome =
      ParseScenario("fuzz.json", source, ExampleTables());
  for (const Problem& problem : outcome.problems) {
    CheckProblem(problem, source.size());
  }
  const bool is_refused =
      std::any_of(outcome.problems.begin(), outcome.problems.end(), IsError);
  FOZZY_CHECK(outcome.scenario.has_value() == !is_refused);
  if (is_refused) return;
  for (uint32_t i = 0; i < outcome.scenario->step_count(); ++i) {
    const StepLocation location = outcome.scenario->LocationOf(i);
    FOZZY_CHECK(!location.path.empty());
    FOZZY_CHECK(!location.type.empty());
  }
}

void ReadValues(const std::string& source) {
  if (!IsJson(source)) return;
  const std::string canonical = CanonicalJson(source);
  FOZZY_CHECK(IsJson(canonical));
  FOZZY_CHECK(CanonicalJson(canonical) == canonical);
  FOZZY_CHECK(JsonEqual(source, canonical));
}

}  // namespace
}  // namespace fozzy

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string source(reinterpret_cast<const char*>(data), size);
  fozzy::ReadScenario(source);
  fozzy::ReadValues(source);
  return 0;
}

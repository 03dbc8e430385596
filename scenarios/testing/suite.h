// The scenarios of scenarios/suite, and what is expected of them.
#ifndef FOZZY_SCENARIOS_TESTING_SUITE_H_
#define FOZZY_SCENARIOS_TESTING_SUITE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/scenario.h"

namespace fozzy {

// One file of the suite.
struct SuiteScenario {
  std::string path;  // below the suite: "failing/split-brain.fozzy.json"
  Scenario scenario;
};

// Returns all scenarios of the suite below the folder `suite`, by path.
// Aborts if one cannot be parsed.
std::vector<SuiteScenario> LoadSuite(const std::string& suite);

// What expected.json says of one file; what is absent is not prescribed.
struct SuiteExpectation {
  std::string path;
  uint64_t exit_code = 0;
  std::string status;
  std::string kind;   // of the finding; empty: there is none
  std::string title;  // the same
  std::optional<std::string> message;
  std::optional<uint64_t> virtual_time;
  std::optional<std::vector<uint64_t>> random_numbers;
  std::vector<std::pair<std::string, uint64_t>> memory;  // "peakBytes", 64
};

// Returns the content of expected.json in the folder `suite`, by path.
// Aborts if it is not as the README of the shared conformance files says.
std::vector<SuiteExpectation> LoadExpectations(const std::string& suite);

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_TESTING_SUITE_H_

// What is wrong with a scenario file, told so that one can mend it.
#ifndef FOZZY_SCENARIOS_PROBLEM_H_
#define FOZZY_SCENARIOS_PROBLEM_H_

#include <cstdint>
#include <string>
#include <vector>

namespace fozzy {

// One thing wrong with a file.
struct Problem {
  enum class Severity : uint8_t {
    kError,    // the file is refused, by every command
    kMistake,  // it runs and then fails for certain; `validate` refuses it
    kWarning,  // accepted: an unknown field
  };

  Severity severity = Severity::kError;
  uint64_t offset = 0;   // where, in bytes into the source
  uint32_t line = 0;     // from 1
  uint32_t column = 0;   // from 1, in bytes
  std::string step;      // "steps[3].steps[0] (sleep)"; empty outside of steps
  std::string field;     // "duration"; empty if it is about no field
  std::string found;     // "5, a number"
  std::string expected;  // "a duration such as \"10ms\""
  // Says it in one line without the position: `steps[3] (sleep), field
  // "duration": found ..., expected ...`.
  std::string Message() const;
  // "FILE:LINE:COLUMN: " and the message.
  std::string Text(const std::string& file) const;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_PROBLEM_H_

// Gathers what is wrong with a file while it is read.
#ifndef FOZZY_SCENARIOS_PARSE_LOG_H_
#define FOZZY_SCENARIOS_PARSE_LOG_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "scenarios/json.h"
#include "scenarios/problem.h"

namespace fozzy {

// Problems kept of one file: of the static check, and warnings.
inline constexpr size_t kCheckProblemsMax = 100;
inline constexpr size_t kWarningsMax = 1000;

// Says what `node` is: `"5ms", a string`, `null`, `{"a":1}, an object`, cut
// short if it is long.
std::string DescribeValue(const JsonNode& node, absl::string_view source);

// Says that `text` is there: `"abc"`, cut short if it is long.
std::string QuoteForMessage(absl::string_view text);

// Three kinds of problem, in order of weight: a document that cannot be
// understood (only the first is kept), what the static check finds, warnings.
class ParseLog {
 public:
  bool has_failed() const { return failure_.has_value(); }

  // The document cannot be understood.  Only the first counts.
  void Fail(Problem problem);

  // Like Fail, but it also takes the place of an earlier one.
  void FailAbove(Problem problem);

  // Something is wrong in a document that can be understood.
  void Add(Problem problem);

  // Whether Warn would keep another one; call Warn in any case.
  bool wants_warning() const { return warnings_.size() < kWarningsMax; }
  void Warn(Problem problem);

  // Returns all problems with their positions, the heaviest first, then by
  // position.
  std::vector<Problem> Take(absl::string_view source) &&;

 private:
  std::optional<Problem> failure_;
  std::vector<Problem> checks_;
  std::vector<Problem> warnings_;
  uint64_t warnings_left_out_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_PARSE_LOG_H_

// Numbers and texts as bytes, for what is kept between searches or goes from
// one process to another.
#ifndef FOZZY_SIM_SEARCH_MESSAGE_H_
#define FOZZY_SIM_SEARCH_MESSAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "fozzy/decision.h"
#include "fozzy/finding.h"
#include "sim/search/subject.h"

namespace fozzy {

// Appends to a string: numbers as LEB128, texts after their length.
class MessageWriter {
 public:
  explicit MessageWriter(std::string& out) : out_(out) {}

  void Put(uint64_t number);
  void Put(absl::string_view text);
  void Put(const Finding& finding);
  void Put(const std::vector<uint64_t>& numbers);
  void Put(const std::vector<Decision>& decisions);
  void Put(const RunOutcome& outcome);

 private:
  std::string& out_;
};

// Reads in the same order.  What is read beyond the end, or is damaged, is 0
// or empty, from then on.
class MessageReader {
 public:
  explicit MessageReader(absl::string_view bytes) : bytes_(bytes) {}

  uint64_t Number();
  std::string Text();
  Finding TakeFinding();
  std::vector<uint64_t> Numbers();
  std::vector<Decision> Decisions();
  RunOutcome Outcome();

  bool is_sound() const { return is_sound_; }
  bool is_at_end() const { return bytes_.empty(); }

 private:
  // Returns a count of things of at least `bytes` each that can be there.
  uint64_t Count(uint64_t bytes);

  absl::string_view bytes_;
  bool is_sound_ = true;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_SEARCH_MESSAGE_H_

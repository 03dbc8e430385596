// A JSON text as RapidJSON's reader takes it.
#ifndef FOZZY_SCENARIOS_JSON_STREAM_H_
#define FOZZY_SCENARIOS_JSON_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Looks like a stream that is parsed in place, but leaves its source alone:
// texts without escapes are neither written nor read byte by byte, the others
// are put together aside.  After its end it is all NULs.
class JsonStream {
 public:
  using Ch = char;

  // `source` must outlive it.
  explicit JsonStream(absl::string_view source)
      : begin_(source.data()), at_(begin_), end_(begin_ + source.size()) {}

  // What the reader calls.
  char Peek() const { return at_ == end_ ? '\0' : *at_; }
  char Take() { return at_ == end_ ? '\0' : *at_++; }
  size_t Tell() const { return static_cast<size_t>(at_ - begin_); }
  // At the start of a text, goes to its first byte that is not plain.
  char* PutBegin() {
    if (at_ > begin_ && at_[-1] == '"') SkipPlain();
    return nullptr;
  }
  void Put(char c) { rest_ += c; }
  size_t PutEnd(char* /*begin*/) { return plain_.size() + rest_.size(); }

  // Whether the text read last had no escapes.
  bool is_plain() const { return rest_.size() == 1; }
  // Returns the start of that text, which goes on in rest() if there were.
  absl::string_view plain() const { return plain_; }
  // Returns what follows the plain start, without escapes.
  absl::string_view rest() const { return {rest_.data(), rest_.size() - 1}; }

 private:
  // Whether some byte of `word` is below 0x20, '"' or '\\'.
  // Source: Warren, "Hacker's Delight", 6-1.
  static bool HasSpecial(uint64_t word) {
    constexpr uint64_t kOnes = 0x0101010101010101;
    constexpr uint64_t kHighs = 0x8080808080808080;
    const uint64_t quote = word ^ (kOnes * '"');
    const uint64_t backslash = word ^ (kOnes * '\\');
    const uint64_t special = ((word - kOnes * 0x20) & ~word) |
                             ((quote - kOnes) & ~quote) |
                             ((backslash - kOnes) & ~backslash);
    return (special & kHighs) != 0;
  }

  static bool IsSpecial(char c) {
    return static_cast<uint8_t>(c) < 0x20 || c == '"' || c == '\\';
  }

  void SkipPlain() {
    const char* const start = at_;
    while (end_ - at_ >= 8) {
      uint64_t word = 0;
      std::memcpy(&word, at_, 8);
      if (HasSpecial(word)) break;
      at_ += 8;
    }
    while (at_ != end_ && !IsSpecial(*at_)) ++at_;
    plain_ = {start, static_cast<size_t>(at_ - start)};
    rest_.clear();
  }

  const char* const begin_;
  const char* at_;
  const char* const end_;
  absl::string_view plain_;
  std::string rest_;  // and the NUL the reader ends texts with
};

}  // namespace fozzy

#endif  // FOZZY_SCENARIOS_JSON_STREAM_H_

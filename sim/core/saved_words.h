// What strategies save, as 64-bit words.
#ifndef FOZZY_SIM_CORE_SAVED_WORDS_H_
#define FOZZY_SIM_CORE_SAVED_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace fozzy {

// Writes words, little-endian, and counts those that do not fit as well.
class WordWriter {
 public:
  explicit WordWriter(std::span<std::byte> out) : out_(out) {}

  void Write(uint64_t word) {
    for (uint32_t i = 0; i < 8; ++i, ++size_) {
      if (size_ < out_.size()) {
        out_[size_] = static_cast<std::byte>(word >> (8 * i) & 0xff);
      }
    }
  }

  size_t size() const { return size_; }  // bytes, written or not

 private:
  const std::span<std::byte> out_;
  size_t size_ = 0;
};

// Reads them back.  Whatever is wrong makes it fail for good, and give zeroes.
class WordReader {
 public:
  explicit WordReader(std::span<const std::byte> in) : in_(in) {}

  uint64_t Read() { return ReadUpTo(~uint64_t{0}); }

  // Fails if the word is greater than `most`.
  uint64_t ReadUpTo(uint64_t most) {
    if (in_.size() < 8) has_failed_ = true;
    if (has_failed_) return 0;
    uint64_t word = 0;
    for (uint32_t i = 0; i < 8; ++i) {
      word |= static_cast<uint64_t>(in_[i]) << (8 * i);
    }
    in_ = in_.subspan(8);
    Require(word <= most);
    return has_failed_ ? 0 : word;
  }

  void Require(bool condition) {
    if (!condition) has_failed_ = true;
  }

  bool has_failed() const { return has_failed_; }
  bool is_at_end() const { return in_.empty(); }

 private:
  std::span<const std::byte> in_;
  bool has_failed_ = false;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_SAVED_WORDS_H_

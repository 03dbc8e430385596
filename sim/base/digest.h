// The identity of a run: a rolling digest over fields.
#ifndef FOZZY_SIM_BASE_DIGEST_H_
#define FOZZY_SIM_BASE_DIGEST_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace fozzy {

// 128 bits over a sequence of numbers and texts, never over the memory of
// objects nor over serialized bytes.  Texts are mixed with their length, so
// that "ab","c" and "a","bc" differ.  It tells runs apart; it is no defence
// against someone who wants two runs to look alike.
//
// Source: the multiply-and-fold step of wyhash (Wang Yi, 2019), on two lanes
// with different constants, so that a zero product in one does not lose the
// state of both.
class Digest {
 public:
  void Mix(uint64_t number) {
    low_ = Fold(low_ ^ number ^ kLow, kMultiplierLow ^ high_);
    high_ = Fold(high_ + number + kHigh, kMultiplierHigh) ^ low_;
  }

  void Mix(std::string_view text) {
    Mix(static_cast<uint64_t>(text.size()));
    while (text.size() >= 8) {
      Mix(LoadWord(text.data(), 8));
      text.remove_prefix(8);
    }
    if (!text.empty()) Mix(LoadWord(text.data(), text.size()));
  }

  // Returns the digest whose low() and high() these are.
  static Digest FromLanes(uint64_t low, uint64_t high) {
    Digest digest;
    digest.low_ = low;
    digest.high_ = high;
    return digest;
  }

  uint64_t low() const { return low_; }
  uint64_t high() const { return high_; }

  // Returns 32 hexadecimal digits.  Inline, so that the library itself needs
  // nothing of the C++ runtime.
  std::string Hex() const {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    for (const uint64_t lane : {high_, low_}) {
      for (int shift = 60; shift >= 0; shift -= 4) {
        hex.push_back(kDigits[(lane >> shift) & 15]);
      }
    }
    return hex;
  }

  friend bool operator==(const Digest&, const Digest&) = default;

 private:
  static constexpr uint64_t kLow = 0x9e3779b97f4a7c15;
  static constexpr uint64_t kHigh = 0xc2b2ae3d27d4eb4f;
  static constexpr uint64_t kMultiplierLow = 0xa0761d6478bd642f;
  static constexpr uint64_t kMultiplierHigh = 0xe7037ed1a0b428db;

  static uint64_t Fold(uint64_t a, uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<uint64_t>(product) ^
           static_cast<uint64_t>(product >> 64);
  }

  // Little-endian, as on every machine fozzy runs on.
  static uint64_t LoadWord(const char* bytes, size_t count) {
    uint64_t word = 0;
    std::memcpy(&word, bytes, count);
    return word;
  }

  uint64_t low_ = 0;
  uint64_t high_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_BASE_DIGEST_H_

// Numbers as bytes, for strategies that save what they have searched.
#ifndef FOZZY_SIM_CORE_DPOR_BYTES_H_
#define FOZZY_SIM_CORE_DPOR_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace fozzy {

// Writes numbers, seven bits a byte, the low ones first; the high bit says that
// more follow.  What does not fit is counted and not written.
class ByteWriter {
 public:
  explicit ByteWriter(std::span<std::byte> out) : out_(out) {}

  void Write(uint64_t value) {
    while (value >= 0x80) {
      Put(static_cast<uint8_t>(value | 0x80));
      value >>= 7;
    }
    Put(static_cast<uint8_t>(value));
  }

  // Bytes written, or that would have been had there been room.
  size_t size() const { return size_; }

 private:
  void Put(uint8_t byte) {
    if (size_ < out_.size()) out_[size_] = static_cast<std::byte>(byte);
    ++size_;
  }

  const std::span<std::byte> out_;
  size_t size_ = 0;
};

// Reads them again.  After the first number that is not there, or is larger
// than allowed, all are 0.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  // Returns the next number, which is to be at most `max`.
  uint64_t Read(uint64_t max) {
    uint64_t value = 0;
    for (uint32_t shift = 0; shift < 64; shift += 7) {
      if (at_ == bytes_.size()) break;
      const auto byte = static_cast<uint64_t>(bytes_[at_++]);
      if (shift == 63 && byte > 1) break;
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) != 0) continue;
      if (value > max) break;
      return value;
    }
    is_sound_ = false;
    at_ = bytes_.size();
    return 0;
  }

  // Bytes not yet read: no more numbers than that can follow.
  size_t left() const { return bytes_.size() - at_; }

  // Whether every number was there.
  bool is_sound() const { return is_sound_; }

 private:
  const std::span<const std::byte> bytes_;
  size_t at_ = 0;
  bool is_sound_ = true;
};

}  // namespace fozzy

#endif  // FOZZY_SIM_CORE_DPOR_BYTES_H_

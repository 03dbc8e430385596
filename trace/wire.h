// The wire format of protobuf, by hand: for hot records, and for reading
// without building messages.
//
// Source: https://protobuf.dev/programming-guides/encoding/
#ifndef FOZZY_TRACE_WIRE_H_
#define FOZZY_TRACE_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/strings/string_view.h"

namespace fozzy {

enum class WireType : uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2 };

inline constexpr size_t kVarintSizeMax = 10;

// Returns the tag of a field below 16, which is one byte.
constexpr char WireTag(uint32_t field, WireType type) {
  return static_cast<char>((field << 3) | static_cast<uint32_t>(type));
}

// Returns how many bytes `value` takes.
constexpr size_t VarintSize(uint64_t value) {
  size_t size = 1;
  for (; value >= 128; value >>= 7) ++size;
  return size;
}

// Writes `value` to `out`, which has room, and returns the end.
inline char* PutVarint(char* out, uint64_t value) {
  while (value >= 128) {
    *out++ = static_cast<char>(value | 128);
    value >>= 7;
  }
  *out++ = static_cast<char>(value);
  return out;
}

// Maps small differences modulo 2^64, of either sign, to small numbers.
constexpr uint64_t ZigZag(uint64_t difference) {
  return (difference << 1) ^ (uint64_t{0} - (difference >> 63));
}
constexpr uint64_t UnZigZag(uint64_t coded) {
  return (coded >> 1) ^ (uint64_t{0} - (coded & 1));
}

inline void StoreLittle32(char* out, uint32_t value) {
  std::memcpy(out, &value, sizeof value);
}
inline void StoreLittle64(char* out, uint64_t value) {
  std::memcpy(out, &value, sizeof value);
}
inline uint32_t LoadLittle32(const char* bytes) {
  uint32_t value = 0;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}
inline uint64_t LoadLittle64(const char* bytes) {
  uint64_t value = 0;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

// Reads fields from bytes that may be damaged.  Every Read returns false, and
// must not be followed by another, if the bytes are not what it asks for.
class WireReader {
 public:
  explicit WireReader(absl::string_view bytes)
      : next_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool is_at_end() const { return next_ == end_; }

  bool ReadVarint(uint64_t& value) {
    if (next_ != end_ && (*next_ & 128) == 0) {
      value = static_cast<uint8_t>(*next_++);
      return true;
    }
    return ReadLongVarint(value);
  }

  // Reads a tag; false for the wire types that the format has no use for.
  bool ReadTag(uint64_t& field, WireType& type) {
    uint64_t tag = 0;
    if (!ReadVarint(tag) || (tag & 7) > 2) return false;
    field = tag >> 3;
    type = static_cast<WireType>(tag & 7);
    return true;
  }

  bool ReadBytes(absl::string_view& bytes) {
    uint64_t size = 0;
    if (!ReadVarint(size) || size > left()) return false;
    bytes = absl::string_view(next_, static_cast<size_t>(size));
    next_ += size;
    return true;
  }

  // Skips what follows a tag of `type`.
  bool Skip(WireType type) {
    uint64_t number = 0;
    absl::string_view bytes;
    if (type == WireType::kVarint) return ReadVarint(number);
    if (type == WireType::kBytes) return ReadBytes(bytes);
    if (left() < 8) return false;
    next_ += 8;
    return true;
  }

 private:
  size_t left() const { return static_cast<size_t>(end_ - next_); }

  bool ReadLongVarint(uint64_t& value) {
    value = 0;
    for (uint32_t shift = 0; shift < 64 && next_ != end_; shift += 7) {
      const uint64_t bits = static_cast<uint8_t>(*next_++);
      if (shift == 63 && bits > 1) return false;
      value |= (bits & 127) << shift;
      if (bits < 128) return true;
    }
    return false;
  }

  const char* next_;
  const char* end_;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_WIRE_H_

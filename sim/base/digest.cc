#include "sim/base/digest.h"

namespace fozzy {

std::string Digest::Hex() const {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const uint64_t lane : {high_, low_}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      hex.push_back(kDigits[(lane >> shift) & 15]);
    }
  }
  return hex;
}

}  // namespace fozzy

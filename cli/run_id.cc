#include "cli/run_id.h"

#include <algorithm>
#include <cstddef>

namespace fozzy {
namespace {

constexpr size_t kRunIdSize = 36;

constexpr char kDigits[] = "0123456789abcdef";

bool IsRunIdChar(char c) {
  return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

}  // namespace

std::string RunIdText(const std::array<uint8_t, 16>& random) {
  std::array<uint8_t, 16> bytes = random;
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0f) | 0x40);  // version 4
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3f) | 0x80);  // variant
  std::string text;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    text.push_back(kDigits[bytes[i] >> 4]);
    text.push_back(kDigits[bytes[i] & 0x0f]);
  }
  return text;
}

bool IsRunIdPrefix(absl::string_view text) {
  return !text.empty() && text.size() <= kRunIdSize &&
         std::all_of(text.begin(), text.end(), IsRunIdChar);
}

}  // namespace fozzy

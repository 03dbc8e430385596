#include "scenarios/json_number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "sim/base/check.h"

namespace fozzy {
namespace {

// Tells the two ways apart in which number `text` can be out of range: whether
// it is near zero, not far from it.
bool IsTiny(absl::string_view text) {
  const size_t e = std::min(text.find_first_of("eE"), text.size());
  const absl::string_view digits = text.substr(0, e);
  const size_t point = std::min(digits.find('.'), digits.size());
  const size_t first = digits.find_first_of("123456789");
  if (first == absl::string_view::npos) return true;
  int64_t exponent = 0;
  absl::string_view written = text.substr(std::min(e + 1, text.size()));
  if (!written.empty() && written[0] == '+') written.remove_prefix(1);
  const char* const end = written.data() + written.size();
  if (std::from_chars(written.data(), end, exponent).ec ==
      std::errc::result_out_of_range) {
    return written[0] == '-';
  }
  return exponent < static_cast<int64_t>(first) - static_cast<int64_t>(point);
}

// A decimal number 0.d1d2d3... x 10^exponent.
struct Decimal {
  std::string digits;
  int exponent = 0;
};

// Returns the shortest decimal that reads as `number`, which is above 0.
Decimal ShortestDecimal(double number) {
  char text[32];
  const auto [end, error] = std::to_chars(
      std::begin(text), std::end(text), number, std::chars_format::scientific);
  FOZZY_CHECK(error == std::errc());
  const absl::string_view written(text, static_cast<size_t>(end - text));
  const size_t e = written.find('e');
  Decimal decimal;
  decimal.digits = std::string(1, written[0]);
  if (e > 1) decimal.digits += std::string(written.substr(2, e - 2));
  const bool has_plus = written[e + 1] == '+';
  std::from_chars(text + e + (has_plus ? 2 : 1), end, decimal.exponent);
  ++decimal.exponent;
  return decimal;
}

}  // namespace

std::optional<JsonInteger> ReadJsonInteger(absl::string_view text) {
  JsonInteger integer;
  integer.is_negative = !text.empty() && text[0] == '-';
  if (integer.is_negative) text.remove_prefix(1);
  if (text.empty() || (integer.is_negative && text == "0")) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const uint64_t digit = static_cast<uint64_t>(c - '0');
    constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();
    if (integer.magnitude > (kMax - digit) / 10) return std::nullopt;
    integer.magnitude = integer.magnitude * 10 + digit;
  }
  return integer;
}

std::optional<double> ReadJsonDouble(absl::string_view text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (rest != end) return std::nullopt;
  if (error == std::errc()) return number;
  if (error != std::errc::result_out_of_range || !IsTiny(text)) {
    return std::nullopt;
  }
  return text[0] == '-' ? -0.0 : 0.0;
}

void AppendJsonDouble(double number, std::string& output) {
  if (std::signbit(number)) output += '-';
  if (number == 0) {
    output += "0.0";
    return;
  }
  const Decimal decimal = ShortestDecimal(std::abs(number));
  const absl::string_view digits = decimal.digits;
  const int size = static_cast<int>(digits.size());
  const int point = decimal.exponent;  // where it is, counted from the left
  // Between 1e-5 and 1e16 there is no exponent.
  if (point > 16 || point < -4) {
    absl::StrAppend(&output, digits.substr(0, 1), size > 1 ? "." : "",
                    digits.substr(1), "e", point - 1);
  } else if (point <= 0) {
    absl::StrAppend(&output, "0.",
                    std::string(static_cast<size_t>(-point), '0'), digits);
  } else if (point >= size) {
    absl::StrAppend(&output, digits,
                    std::string(static_cast<size_t>(point - size), '0'), ".0");
  } else {
    const size_t whole = static_cast<size_t>(point);
    absl::StrAppend(&output, digits.substr(0, whole), ".",
                    digits.substr(whole));
  }
}

}  // namespace fozzy

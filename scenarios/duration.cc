#include "scenarios/duration.h"

#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace fozzy {
namespace {

// All of Unicode's White_Space.
constexpr absl::string_view kSpaces[] = {
    "\t",           "\n",           "\v",
    "\f",           "\r",           " ",
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80",
    "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82",
    "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85",
    "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88",
    "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F",
    "\xE3\x80\x80",
};

bool StripOneSpace(absl::string_view& text) {
  for (const absl::string_view space : kSpaces) {
    if (absl::ConsumePrefix(&text, space)) return true;
    if (absl::ConsumeSuffix(&text, space)) return true;
  }
  return false;
}

struct Unit {
  absl::string_view name;
  uint64_t millis;
};

// "ms" before "s", which is its end, too.
constexpr Unit kUnits[] = {
    {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}};

// Removes the unit from the end of `text`; returns its milliseconds, or 0.
uint64_t ConsumeUnit(absl::string_view& text) {
  for (const Unit& unit : kUnits) {
    if (absl::ConsumeSuffix(&text, unit.name)) return unit.millis;
  }
  return 0;
}

absl::Status BadDuration(absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("found \"", text, "\", expected ", kDurationExpected));
}

}  // namespace

absl::StatusOr<Millis> ParseDuration(absl::string_view text) {
  absl::string_view rest = text;
  while (!rest.empty() && StripOneSpace(rest)) {
  }
  const uint64_t unit = ConsumeUnit(rest);
  if (unit == 0) return BadDuration(text);
  uint64_t number = 0;
  const char* const end = rest.data() + rest.size();
  const auto [stop, error] = std::from_chars(rest.data(), end, number);
  if (error == std::errc::result_out_of_range && stop == end) {
    return absl::InvalidArgumentError(
        absl::StrCat("found \"", text, "\", expected a number of at most ",
                     std::numeric_limits<uint64_t>::max(), " before the unit"));
  }
  if (error != std::errc() || stop != end) return BadDuration(text);
  const bool is_too_long = number > std::numeric_limits<Millis>::max() / unit;
  return is_too_long ? std::numeric_limits<Millis>::max() : number * unit;
}

}  // namespace fozzy

#include "cli/time_text.h"

#include <cstring>
#include <ctime>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace fozzy {
namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr uint64_t kMicros = 1'000;
constexpr uint64_t kMillis = 1'000'000;
constexpr uint64_t kSeconds = 1'000'000'000;

}  // namespace

std::string TimestampText(int64_t unix_ns) {
  int64_t nanos = unix_ns % kSecond;
  if (nanos < 0) nanos += kSecond;
  const std::time_t seconds = (unix_ns - nanos) / kSecond;
  std::tm date = {};
  gmtime_r(&seconds, &date);
  return absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d.%09dZ",
                         date.tm_year + 1900, date.tm_mon + 1, date.tm_mday,
                         date.tm_hour, date.tm_min, date.tm_sec, nanos);
}

std::optional<int64_t> ReadTimestamp(const std::string& text) {
  std::tm date = {};
  const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &date);
  uint32_t nanos = 0;
  // ".495830229Z"
  if (rest == nullptr || std::strlen(rest) != 11 || *rest != '.' ||
      !absl::SimpleAtoi(absl::string_view(rest + 1, 9), &nanos)) {
    return std::nullopt;
  }
  const int64_t unix_ns = int64_t{timegm(&date)} * kSecond + nanos;
  if (TimestampText(unix_ns) != text) return std::nullopt;
  return unix_ns;
}

std::string DurationText(uint64_t ns) {
  if (ns == 0) return "0 ms";
  if (ns < kMillis) return absl::StrCat((ns + kMicros - 1) / kMicros, " us");
  if (ns < 10 * kSeconds) return absl::StrCat(ns / kMillis, " ms");
  const uint64_t seconds = ns / kSeconds;
  if (seconds >= 120) {
    return absl::StrCat(seconds / 60, " min ", seconds % 60, " s");
  }
  const uint64_t tenths = ns % kSeconds / (kSeconds / 10);
  return tenths == 0 ? absl::StrCat(seconds, " s")
                     : absl::StrCat(seconds, ".", tenths, " s");
}

std::string SecondsText(uint64_t ns) {
  return absl::StrFormat("%d.%06d", ns / kSeconds, ns % kSeconds / kMicros);
}

std::string MicrosText(uint64_t ns) {
  return absl::StrFormat("%d.%03d", ns / kMicros, ns % kMicros);
}

std::optional<uint64_t> ReadMicros(std::string_view text) {
  const size_t point = text.find('.');
  uint64_t micros = 0;
  uint64_t nanos = 0;
  if (point == std::string_view::npos ||
      !absl::SimpleAtoi(absl::string_view(text.data(), point), &micros) ||
      !absl::SimpleAtoi(
          absl::string_view(text.data() + point + 1, text.size() - point - 1),
          &nanos)) {
    return std::nullopt;
  }
  const uint64_t ns = micros * kMicros + nanos;
  if (MicrosText(ns) != text) return std::nullopt;
  return ns;
}

}  // namespace fozzy

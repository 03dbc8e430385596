// Times and durations as text.
#ifndef FOZZY_CLI_TIME_TEXT_H_
#define FOZZY_CLI_TIME_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fozzy {

// Returns "2026-11-21T06:26:13.495830229Z" for nanoseconds since 1970.
// Source: RFC 3339.
std::string TimestampText(int64_t unix_ns);

// Returns what TimestampText was given; nothing for any other text.
std::optional<int64_t> ReadTimestamp(const std::string& text);

// Returns a duration for people: "0 ms", "59 us", "12 ms", "10.5 s",
// "3 min 20 s".
std::string DurationText(uint64_t ns);

// Returns seconds, "0.000059".
std::string SecondsText(uint64_t ns);

// Returns microseconds, "1.034".
std::string MicrosText(uint64_t ns);

// Returns what MicrosText was given; nothing for any other text.
std::optional<uint64_t> ReadMicros(std::string_view text);

}  // namespace fozzy

#endif  // FOZZY_CLI_TIME_TEXT_H_

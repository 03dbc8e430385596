// The bounds of the .fozzy format, kept by the writer and checked by the
// reader before it allocates.
#ifndef FOZZY_TRACE_LIMITS_H_
#define FOZZY_TRACE_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace fozzy {

// Records are spilled when they fill this many bytes before compression.
inline constexpr size_t kChunkSize = size_t{64} << 10;
// One record with the names it brings: what one process printed, say.
inline constexpr size_t kRecordSizeMax = size_t{32} << 20;
inline constexpr size_t kChunkSizeMax = kChunkSize + kRecordSizeMax;
inline constexpr size_t kScenarioPartSize = size_t{1} << 20;
inline constexpr uint64_t kScenarioSizeMax = uint64_t{4} << 30;
inline constexpr size_t kHeaderSizeMax = size_t{1} << 20;
inline constexpr size_t kFooterSizeMax = size_t{4} << 20;
// Top-level fields of a header or footer: bounds the memory of the parsed
// message, which can be 30 times that of an empty field.
inline constexpr size_t kMessageFieldsMax = 100'000;

inline constexpr size_t kAnswersMax = 8192;  // per chunk
inline constexpr size_t kNamesMax = 4096;    // per chunk
inline constexpr size_t kEventNumbersMax = 64;
inline constexpr size_t kEventTextsMax = 64;
inline constexpr size_t kObservationItemsMax = size_t{1} << 18;
inline constexpr uint64_t kRunLengthMax = 4096;
inline constexpr size_t kIndexEntriesMax = 1024;

// Deflate cannot do better: 258 bytes from two bits.
inline constexpr uint64_t kInflateRatioMax = 1032;

}  // namespace fozzy

#endif  // FOZZY_TRACE_LIMITS_H_

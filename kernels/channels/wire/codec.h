// Compression of single messages.
#ifndef KERNELS_CHANNELS_WIRE_CODEC_H_
#define KERNELS_CHANNELS_WIRE_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "absl/status/status.h"

namespace fozzy::channels {

// The numbers are part of frames.
enum class Codec : uint8_t { kNone = 0, kLz4 = 1, kZstd = 2, kSnappy = 3 };
inline constexpr uint8_t kCodecs = 4;

// Returns "none", "lz4" and so on.
const char* CodecName(Codec codec);

// Whether this build has it.
bool HasCodec(Codec codec);

// Appends `bytes`, compressed, to `out`.  `level` is that of the codec, of
// which lz4 and snappy have one only; 0 is its usual one.
//
// Errors: UNIMPLEMENTED if this build does not have the codec, or for kNone;
// RESOURCE_EXHAUSTED if there are too many bytes for it.
absl::Status Compress(Codec codec, int level, std::span<const std::byte> bytes,
                      std::string& out);

// Fills `out` with what `bytes` are compressed from, which has exactly that
// size.
//
// Errors: UNIMPLEMENTED as above; DATA_LOSS if they are damaged, or the size is
// another, or 0.  Writes to nothing but `out`.
absl::Status Decompress(Codec codec, std::span<const std::byte> bytes,
                        std::span<std::byte> out);

}  // namespace fozzy::channels

#endif  // KERNELS_CHANNELS_WIRE_CODEC_H_

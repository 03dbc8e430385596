#include "kernels/channels/wire/codec.h"

#include <climits>

#include "absl/strings/str_cat.h"

#if FOZZY_HAS_LZ4
#include <lz4.h>
#endif
#if FOZZY_HAS_SNAPPY
#include <snappy-c.h>
#endif
#if FOZZY_HAS_ZSTD
#include <zstd.h>
#endif

namespace fozzy::channels {
namespace {

// Each of these returns the size of what it wrote to `out`, of which `size` is
// there, or 0.
struct Space {
  char* out;
  size_t size;
};

[[maybe_unused]] const char* Chars(std::span<const std::byte> bytes) {
  return reinterpret_cast<const char*>(bytes.data());
}

#if FOZZY_HAS_LZ4
size_t Lz4Bound(size_t size) {
  return static_cast<size_t>(LZ4_compressBound(static_cast<int>(size)));
}
size_t Lz4Compress(std::span<const std::byte> bytes, Space space) {
  return static_cast<size_t>(LZ4_compress_default(
      Chars(bytes), space.out, static_cast<int>(bytes.size()),
      static_cast<int>(space.size)));
}
size_t Lz4Decompress(std::span<const std::byte> bytes, Space space) {
  const int size = LZ4_decompress_safe(Chars(bytes), space.out,
                                       static_cast<int>(bytes.size()),
                                       static_cast<int>(space.size));
  return size < 0 ? 0 : static_cast<size_t>(size);
}
#endif

#if FOZZY_HAS_SNAPPY
size_t SnappyCompress(std::span<const std::byte> bytes, Space space) {
  size_t size = space.size;
  return snappy_compress(Chars(bytes), bytes.size(), space.out, &size) ==
                 SNAPPY_OK
             ? size
             : 0;
}
size_t SnappyDecompress(std::span<const std::byte> bytes, Space space) {
  size_t size = space.size;
  return snappy_uncompress(Chars(bytes), bytes.size(), space.out, &size) ==
                 SNAPPY_OK
             ? size
             : 0;
}
#endif

#if FOZZY_HAS_ZSTD
size_t ZstdCompress(std::span<const std::byte> bytes, int level, Space space) {
  const size_t size =
      ZSTD_compress(space.out, space.size, bytes.data(), bytes.size(), level);
  return ZSTD_isError(size) != 0 ? 0 : size;
}
size_t ZstdDecompress(std::span<const std::byte> bytes, Space space) {
  const size_t size =
      ZSTD_decompress(space.out, space.size, bytes.data(), bytes.size());
  return ZSTD_isError(size) != 0 ? 0 : size;
}
#endif

size_t Bound(Codec codec, size_t size) {
#if FOZZY_HAS_LZ4
  if (codec == Codec::kLz4) return Lz4Bound(size);
#endif
#if FOZZY_HAS_SNAPPY
  if (codec == Codec::kSnappy) return snappy_max_compressed_length(size);
#endif
#if FOZZY_HAS_ZSTD
  if (codec == Codec::kZstd) return ZSTD_compressBound(size);
#endif
  return size;
}

size_t CompressTo(Codec codec, [[maybe_unused]] int level,
                  [[maybe_unused]] std::span<const std::byte> bytes,
                  [[maybe_unused]] Space space) {
#if FOZZY_HAS_LZ4
  if (codec == Codec::kLz4) return Lz4Compress(bytes, space);
#endif
#if FOZZY_HAS_SNAPPY
  if (codec == Codec::kSnappy) return SnappyCompress(bytes, space);
#endif
#if FOZZY_HAS_ZSTD
  if (codec == Codec::kZstd) return ZstdCompress(bytes, level, space);
#endif
  static_cast<void>(codec);
  return 0;
}

size_t DecompressTo(Codec codec,
                    [[maybe_unused]] std::span<const std::byte> bytes,
                    [[maybe_unused]] Space space) {
#if FOZZY_HAS_LZ4
  if (codec == Codec::kLz4) return Lz4Decompress(bytes, space);
#endif
#if FOZZY_HAS_SNAPPY
  if (codec == Codec::kSnappy) return SnappyDecompress(bytes, space);
#endif
#if FOZZY_HAS_ZSTD
  if (codec == Codec::kZstd) return ZstdDecompress(bytes, space);
#endif
  static_cast<void>(codec);
  return 0;
}

absl::Status Missing(Codec codec) {
  return absl::UnimplementedError(
      absl::StrCat("this build has no codec ", CodecName(codec)));
}

}  // namespace

const char* CodecName(Codec codec) {
  switch (codec) {
    case Codec::kNone:
      return "none";
    case Codec::kLz4:
      return "lz4";
    case Codec::kZstd:
      return "zstd";
    case Codec::kSnappy:
      return "snappy";
  }
  return "unknown";
}

bool HasCodec(Codec codec) {
  switch (codec) {
    case Codec::kNone:
      return true;
    case Codec::kLz4:
      return FOZZY_HAS_LZ4;
    case Codec::kZstd:
      return FOZZY_HAS_ZSTD;
    case Codec::kSnappy:
      return FOZZY_HAS_SNAPPY;
  }
  return false;
}

absl::Status Compress(Codec codec, int level, std::span<const std::byte> bytes,
                      std::string& out) {
  if (codec == Codec::kNone || !HasCodec(codec)) return Missing(codec);
  // lz4 counts with int and has more to write than it is given.
  if (bytes.size() > size_t{INT_MAX} / 2) {
    return absl::ResourceExhaustedError(
        absl::StrCat("message of ", bytes.size(), " bytes is too large for ",
                     CodecName(codec)));
  }
  const size_t start = out.size();
  out.resize(start + Bound(codec, bytes.size()));
  const size_t size =
      CompressTo(codec, level, bytes, {out.data() + start, out.size() - start});
  out.resize(start + size);
  if (size == 0) {
    return absl::InternalError(
        absl::StrCat(CodecName(codec), " does not compress the message"));
  }
  return absl::OkStatus();
}

absl::Status Decompress(Codec codec, std::span<const std::byte> bytes,
                        std::span<std::byte> out) {
  if (codec == Codec::kNone || !HasCodec(codec)) return Missing(codec);
  char* const start = reinterpret_cast<char*>(out.data());
  if (bytes.empty() || out.empty() || bytes.size() > INT_MAX ||
      out.size() > INT_MAX ||
      DecompressTo(codec, bytes, {start, out.size()}) != out.size()) {
    return absl::DataLossError(
        absl::StrCat("message of ", bytes.size(), " bytes is not one of ",
                     out.size(), " compressed by ", CodecName(codec)));
  }
  return absl::OkStatus();
}

}  // namespace fozzy::channels

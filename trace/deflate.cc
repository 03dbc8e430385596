#include "trace/deflate.h"

#define ZLIB_CONST
#include <zlib.h>

#include "sim/base/check.h"
#include "trace/limits.h"

namespace fozzy {
namespace {

constexpr int kRawDeflate = -MAX_WBITS;
constexpr int kMemoryLevel = 8;

const Bytef* BytesOf(absl::string_view bytes) {
  return reinterpret_cast<const Bytef*>(bytes.data());
}

}  // namespace

struct Deflater::State {
  State() {
    FOZZY_CHECK(deflateInit2(&stream, kLevel, Z_DEFLATED, kRawDeflate,
                             kMemoryLevel, kStrategy) == Z_OK);
  }
  ~State() { deflateEnd(&stream); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  static constexpr int kLevel = 1;
  static constexpr int kStrategy = Z_DEFAULT_STRATEGY;
  z_stream stream = {};
};

Deflater::Deflater() = default;
Deflater::~Deflater() = default;

absl::string_view Deflater::Deflate(absl::string_view bytes) {
  if (state_ == nullptr) {
    state_ = std::make_unique<State>();
  } else {
    FOZZY_CHECK(deflateReset(&state_->stream) == Z_OK);
  }
  z_stream& stream = state_->stream;
  const size_t bound = deflateBound(&stream, bytes.size());
  if (out_.size() < bound) out_.resize(bound);
  stream.next_in = BytesOf(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out_.data());
  stream.avail_out = static_cast<uInt>(out_.size());
  FOZZY_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  return absl::string_view(out_.data(), stream.total_out);
}

struct Inflater::State {
  State() { FOZZY_CHECK(inflateInit2(&stream, kRawDeflate) == Z_OK); }
  ~State() { inflateEnd(&stream); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  z_stream stream = {};
};

Inflater::Inflater() = default;
Inflater::~Inflater() = default;

bool Inflater::Inflate(absl::string_view bytes, char* out, size_t size) {
  if (state_ == nullptr) {
    state_ = std::make_unique<State>();
  } else {
    FOZZY_CHECK(inflateReset(&state_->stream) == Z_OK);
  }
  z_stream& stream = state_->stream;
  stream.next_in = BytesOf(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out);
  stream.avail_out = static_cast<uInt>(size);
  return inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0 &&
         stream.avail_out == 0;
}

}  // namespace fozzy

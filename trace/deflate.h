// Compression of chunks; the only user of zlib.
#ifndef FOZZY_TRACE_DEFLATE_H_
#define FOZZY_TRACE_DEFLATE_H_

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace fozzy {

// Compresses one buffer after another, each by itself.  Its 256 KiB of state
// are allocated by the first.
class Deflater {
 public:
  Deflater();
  ~Deflater();
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  // Returns raw deflate (RFC 1951) of `bytes`, valid until the next call.
  absl::string_view Deflate(absl::string_view bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::string out_;
};

// The way back.
class Inflater {
 public:
  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Fills `out`, as large as the result must be, from raw deflate `bytes`.
  // Returns false if they are damaged or come to another size.
  bool Inflate(absl::string_view bytes, char* out, size_t size);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_DEFLATE_H_

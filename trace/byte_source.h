// A file, or bytes in memory, to be read at any place.
#ifndef FOZZY_TRACE_BYTE_SOURCE_H_
#define FOZZY_TRACE_BYTE_SOURCE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace fozzy {

// Movable; closes its file at the end.
class ByteSource {
 public:
  // Errors: INVALID_ARGUMENT if `path` is no regular file; otherwise what the
  // system says (NOT_FOUND, PERMISSION_DENIED, ...), with the path.
  static absl::StatusOr<ByteSource> Open(const std::string& path);

  // `bytes` is not copied and outlives the source.
  static ByteSource Of(absl::string_view bytes);

  ByteSource(ByteSource&& other) noexcept;
  ByteSource& operator=(ByteSource&&) = delete;
  ~ByteSource();

  uint64_t size() const { return size_; }

  // Fills `out` with `count` bytes from `offset` on.  Requires them to lie
  // within size().  Errors: DATA_LOSS if the file has shrunk, or what the
  // system says.
  absl::Status Read(uint64_t offset, char* out, size_t count) const;

 private:
  ByteSource() = default;

  std::string path_;
  int descriptor_ = -1;  // -1: in memory
  absl::string_view bytes_;
  uint64_t size_ = 0;
};

}  // namespace fozzy

#endif  // FOZZY_TRACE_BYTE_SOURCE_H_

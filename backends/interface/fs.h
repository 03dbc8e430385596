// Files as a step sees them, wherever they lie.
#ifndef FOZZY_BACKENDS_INTERFACE_FS_H_
#define FOZZY_BACKENDS_INTERFACE_FS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace fozzy {

// How an operation ended.
struct FsResult {
  enum class End : uint8_t {
    kDone = 0,
    kMissing,  // no such file, or no snapshot of that name
    kRefused,  // the path leaves the root, is empty, holds a NUL byte or names
               // a directory; on the host also: is absolute; `reason` says
               // which
    kFailed,   // the disk said no: `reason` is the name of the error, "EIO"
  };

  End end = End::kDone;
  std::string data;  // what was read; any bytes
  std::string reason;
  uint64_t files = 0;  // in a snapshot, or put back by it
};

// A tree of files below a root.  Paths are relative to the root, separated by
// '/', and normalised: "d/./e/../f" is "d/f".  ".." may not climb out of the
// root.  Parents of written files are created.
class Fs {
 public:
  virtual ~Fs() = default;

  // Makes `data` the whole content of `path`: all of it or nothing.
  virtual FsResult Write(std::string_view path, std::string_view data) = 0;

  // Returns the whole content of `path`.
  virtual FsResult Read(std::string_view path) = 0;

  // Keeps all files (host: those this run wrote or read) as `name`, in place
  // of an older snapshot of that name.
  virtual FsResult Snapshot(std::string_view name) = 0;

  // Makes the files those of snapshot `name`, which is kept.
  virtual FsResult Restore(std::string_view name) = 0;
};

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_INTERFACE_FS_H_

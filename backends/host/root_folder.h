// Opens files below a folder, and nothing outside of it.
#ifndef FOZZY_BACKENDS_HOST_ROOT_FOLDER_H_
#define FOZZY_BACKENDS_HOST_ROOT_FOLDER_H_

#include <string>
#include <string_view>
#include <vector>

#include "backends/host/fd.h"

namespace fozzy {

// An open descriptor, or an errno value.
struct Opened {
  Fd fd;
  int error = 0;
};

// A folder that cannot be left.  The kernel resolves each path in one go with
// openat2 and RESOLVE_BENEATH, so that no symbolic link leads out, not even one
// put in place at the same time.  Absolute links count as leading out.
//
// Without openat2 (kernels before 5.6, some containers) paths are walked name
// by name, and no symbolic link is followed at all.
//
// Paths are normalised by the caller (relative_path.h).
// Errors: EXDEV: a link leads out.  ELOOP: too many links; without openat2: any
// link.  Else what open gives.
class RootFolder {
 public:
  RootFolder() = default;

  // Opens folder `path`, which need not be normalised.  Returns 0 or the errno
  // value.  With `walks` openat2 is not even tried.
  int Open(const std::string& path, bool walks);

  // Opens `path` with `flags`.
  Opened OpenBeneath(std::string_view path, int flags) const;

  // Opens the folder of the file `path`, the root itself if `path` is one name.
  Opened OpenParent(std::string_view path) const;

  // As OpenParent, but creates the folders that are missing and adds their
  // paths to `created`, outermost first, also if it fails half-way.
  Opened CreateParent(std::string_view path,
                      std::vector<std::string>& created) const;

  // Removes the empty folder `path`.  Returns 0 or the errno value.
  int RemoveFolder(std::string_view path) const;

 private:
  Opened Walk(std::string_view path, int flags) const;

  Fd root_;
  bool walks_ = false;
};

// Splits a normalised path.  ParentOf("f") is empty.
std::string_view ParentOf(std::string_view path);
std::string_view NameOf(std::string_view path);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_ROOT_FOLDER_H_

// Paths below a root, as text.
#ifndef FOZZY_BACKENDS_HOST_RELATIVE_PATH_H_
#define FOZZY_BACKENDS_HOST_RELATIVE_PATH_H_

#include <string>
#include <string_view>

namespace fozzy {

// A normalised path, or why there is none.
struct RelativePath {
  // "a/b/c": names separated by one '/' each, none of them "." or "..".
  std::string path;
  // Not empty if the path names no file below a root: it is empty or absolute,
  // climbs out of the root, names the root or a folder ("d/"), or holds a NUL
  // byte.
  std::string reason;
};

// Normalises `path` as text, without a look at the disk: "d/./e/../f" is "d/f".
RelativePath NormalisePath(std::string_view path);

}  // namespace fozzy

#endif  // FOZZY_BACKENDS_HOST_RELATIVE_PATH_H_

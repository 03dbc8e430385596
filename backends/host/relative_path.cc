#include "backends/host/relative_path.h"

#include <cstddef>
#include <vector>

#include "backends/host/host_text.h"

namespace fozzy {
namespace {

RelativePath Refuse(std::string_view path, std::string_view why) {
  RelativePath refused;
  refused.reason = Quoted(path);
  refused.reason += why;
  return refused;
}

std::string Join(const std::vector<std::string_view>& names) {
  std::string joined;
  for (const std::string_view name : names) {
    if (!joined.empty()) joined += '/';
    joined += name;
  }
  return joined;
}

// Whether `path` ends in a way only a folder can be named.
bool NamesFolder(std::string_view path) {
  const size_t slash = path.rfind('/');
  const std::string_view last =
      slash == path.npos ? path : path.substr(slash + 1);
  return last.empty() || last == "." || last == "..";
}

}  // namespace

RelativePath NormalisePath(std::string_view path) {
  if (path.empty()) return Refuse(path, " is an empty path");
  if (path.front() == '/') return Refuse(path, " is an absolute path");
  if (path.find('\0') != path.npos) return Refuse(path, " holds a NUL byte");
  std::vector<std::string_view> names;
  for (std::string_view rest = path; !rest.empty();) {
    const size_t slash = rest.find('/');
    const std::string_view name = rest.substr(0, slash);
    rest.remove_prefix(slash == rest.npos ? rest.size() : slash + 1);
    if (name.empty() || name == ".") continue;
    if (name != "..") {
      names.push_back(name);
    } else if (names.empty()) {
      return Refuse(path, " leaves the root");
    } else {
      names.pop_back();
    }
  }
  if (NamesFolder(path)) return Refuse(path, " names a directory");
  return {.path = Join(names), .reason = ""};
}

}  // namespace fozzy

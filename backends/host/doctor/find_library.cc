#include "backends/host/doctor/find_library.h"

#include <dlfcn.h>

namespace fozzy {

std::optional<std::string> FindLibrary(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL) != nullptr) return name;
  }
  return std::nullopt;
}

}  // namespace fozzy

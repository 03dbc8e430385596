#include "kernels/compiler/host/native_module.h"

#include <dlfcn.h>
#include <unistd.h>

#include <vector>

#include "absl/strings/str_cat.h"

namespace fozzy::compiler {
namespace {

// Returns the folder of the running program.
std::string ProgramFolder() {
  std::string path(4096, '\0');
  const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
  if (size <= 0) return ".";
  path.resize(static_cast<size_t>(size));
  return path.substr(0, path.find_last_of('/'));
}

}  // namespace

CompileNative LoadNativeModule(const std::string& path, std::string& error) {
  const std::string folder = ProgramFolder();
  std::vector<std::string> places = {path};
  if (path.empty()) {
    places = {absl::StrCat(folder, "/", kNativeModuleFile),
              absl::StrCat(folder, "/../lib/fozzy/", kNativeModuleFile),
              kNativeModuleFile};
  }
  for (const std::string& place : places) {
    void* const library =
        dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == nullptr) continue;
    const auto found =
        reinterpret_cast<CompileNative>(dlsym(library, kCompileNativeName));
    if (found != nullptr) return found;
  }
  error = absl::StrCat("there is no module ", kNativeModuleFile,
                       " here: fozzy was built without LLVM, or it was not "
                       "installed with it; use the backend vm");
  return nullptr;
}

}  // namespace fozzy::compiler
